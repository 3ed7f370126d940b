"""An entry as an answer: text, section in charge, source and day, link, and whether it helped."""

from faq.models import FaqEntry, Kind, SearchResult, Status, Tone
from faq.translations import Translation
from handlers import disaster_closed, feedback, foreign_desk, names, voice_menu, words
from handlers.city import City
from handlers.turn import ACT, Card, Choice, Fact, Part, Plain, Press, Reply, ReplyOutcome, Turn
from nlp.language import Language
from store.conversations import Conversation
from store.queries import QueryId


def answer(turn: Turn, entry: FaqEntry, query: QueryId, found: SearchResult | None = None) -> Reply:
    """The reply that gives the entry, in its tone."""
    parts: tuple[Part, ...] = (card(turn.city, entry),)
    if entry.tone is Tone.SOLEMN:
        parts = (Plain(turn.city.say("answer.condolence")), *parts)
    if closed := disaster_closed.of_entry(turn.city, entry):
        parts = (Plain(closed), *parts)
    if entry.tone is not Tone.NORMAL or turn.city.disaster is not None:
        return Reply(parts, _onward(turn, entry), Conversation(), ReplyOutcome.ANSWER, found)
    survey = Plain(turn.city.say("answer.did_it_help"))
    choices = (*_survey(turn, query), *_onward(turn, entry))
    conversation = Conversation(feedback.TOPIC, {"query": str(query), "entry": entry.id})
    return Reply((*parts, survey), choices, conversation, ReplyOutcome.ANSWER, found)


def card(city: City, entry: FaqEntry) -> Card:
    """The entry in the resident's language where staff approved that, else in Japanese with who speaks the language.

    A signpost says that it only names the counter.
    """
    title, answered, is_theirs = _worded(city, entry)
    said = [] if is_theirs else [city.say("foreign.japanese_only")]
    said.append(answered)
    if entry.kind is Kind.SIGNPOST:
        said.append(city.say("answer.signpost"))
    if not is_theirs:
        said.append(foreign_desk.said(city))
    body = "\n\n".join(said)
    facts = [Fact(city.say("fact.section"), names.several(city, entry.section))]
    if entry.telephone:
        facts.append(words.telephone_fact(city, entry.telephone))
    if entry.link:
        facts.append(Fact(city.say("fact.link"), city.say("fact.open_page"), entry.link))
    return Card(title, body, tuple(facts), words.source_line(city, entry.provenance))


def _worded(city: City, entry: FaqEntry) -> tuple[str, str, bool]:
    """Title, answer, and whether the resident reads it: in their own language, else in plain Japanese."""
    own = _approved(city, entry, city.language)
    if own is not None or city.language.is_japanese:
        return (own.question, own.answer, True) if own else (entry.question, entry.answer, True)
    plain = _approved(city, entry, Language.EASY)
    draft = city.foreign.translation(entry.id, city.language)
    title = draft.question if draft else entry.question
    return title, plain.answer if plain else entry.answer, False


def _approved(city: City, entry: FaqEntry, language: Language) -> Translation | None:
    found = city.foreign.translation(entry.id, language)
    return found if found and found.provenance.status is Status.CONFIRMED else None


def _survey(turn: Turn, query: QueryId) -> tuple[Choice, Choice]:
    helped, did_not_help = feedback.ask(turn, query)
    yes, no = turn.city.say("button.helped"), turn.city.say("button.did_not_help")
    return Choice(yes, Press(ACT + helped, yes)), Choice(no, Press(ACT + did_not_help, no))


def _onward(turn: Turn, entry: FaqEntry) -> tuple[Choice, ...]:
    heard = (voice_menu.offer(turn),) if entry.id in turn.city.profile.voices.entries else ()
    onward = (*heard, words.to_a_person(turn.city), words.to_the_menu(turn.city))
    if entry.telephone and entry.tone is not Tone.NORMAL:
        return (words.call(turn.city, entry.telephone), *onward)
    return onward
