"""The ways to be heard when something at the city went wrong: which is for what, until when, and who takes it.

No advice on law: which way fits somebody's own matter is for those who take it to say, or for a person to talk over.
"""

from typing import Final

from faq.ways import Way
from handlers import foreign_desk, names, voice_draft, words
from handlers.city import City
from handlers.numbered import number
from handlers.turn import Card, Choice, Fact, Part, Plain, Press, Reply, Turn
from nlp import covering
from nlp.compact import compact
from store.conversations import Conversation

SHOW: Final = "ways"
ONE: Final = "ways:"
TOPIC: Final = "ways"
"""The conversation after the ways were shown: a number means one."""
_COMPLAINT: Final = ("words.complaints", "words.complaints_how", "words.complaints_about", "words.polite")
_ANGER: Final = ("words.anger", "words.complaints", "words.complaints_about", "words.polite")


def matches(turn: Turn) -> bool:
    if turn.pressed:
        return turn.pressed == SHOW or turn.pressed.startswith(ONE)
    if not turn.city.ways or not turn.text:
        return False
    return _numbered(turn) is not None or _asks_how(turn) or _compares(turn) or _is_angry(turn)


def handle(turn: Turn) -> Reply:
    chosen = _pressed(turn) if turn.pressed else _numbered(turn)
    if chosen is not None:
        return _one(turn.city, chosen, _talk(turn))
    first = (Plain(turn.city.say("way.sorry")),) if turn.text and _is_angry(turn) else ()
    return _all(turn.city, first, _talk(turn))


# What is asked for --------------------------------------------------------------------------------


def _pressed(turn: Turn) -> Way | None:
    wanted = turn.pressed.removeprefix(ONE)
    return next((each for each in turn.city.ways if each.id == wanted), None)


def _numbered(turn: Turn) -> Way | None:
    """The one of a number, after they were shown."""
    if turn.conversation.topic != TOPIC:
        return None
    typed = number(turn)
    return turn.city.ways[typed - 1] if typed and typed <= len(turn.city.ways) else None


def _asks_how(turn: Turn) -> bool:
    """Whether the words ask where a complaint goes, and nothing else; who asks for somebody is passed on to them."""
    return (
        turn.mentions("words.complaints")
        and turn.mentions("words.complaints_how")
        and _covers(turn, _COMPLAINT)
    )


def _compares(turn: Turn) -> bool:
    """Whether several of the ways are named, and how they differ is asked."""
    if not turn.mentions("words.ways_differ"):
        return False
    named = [each for each in turn.city.ways if any(name in turn.plain for name in _called(each))]
    return len(named) > 1


def _is_angry(turn: Turn) -> bool:
    """Whether the words say that the city makes them angry, and nothing else that could be answered."""
    about = turn.mentions("words.complaints_about") or turn.mentions("words.complaints")
    return about and turn.mentions("words.anger") and _covers(turn, _ANGER)


def _covers(turn: Turn, groups: tuple[str, ...]) -> bool:
    return covering.covers(turn.meant_plain, (turn.city.wording.words(group) for group in groups))


def _called(way: Way) -> tuple[str, ...]:
    return tuple(map(compact, (way.name, *way.aliases)))


# What is shown ------------------------------------------------------------------------------------


def _talk(turn: Turn) -> Conversation:
    """A number means a way from now on; but what somebody is writing to the city waits for them."""
    is_writing = voice_draft.of_conversation(turn.conversation) is not None
    return voice_draft.paused(turn.conversation) if is_writing else Conversation(TOPIC, {})


def _all(city: City, first: tuple[Part, ...], talk: Conversation) -> Reply:
    """What somebody may want, each a button; numbers may be typed."""
    choices = tuple(_choice(city, number, each) for number, each in enumerate(city.ways, start=1))
    card = Card(
        city.say("way.title"), city.say("way.body", person=city.say("button.person")), choices=choices
    )
    onward = (words.to_voices(city), words.to_a_person(city), words.to_the_menu(city))
    return Reply((*first, card), onward, talk)


def _choice(city: City, number: int, way: Way) -> Choice:
    label = city.say("way.numbered", number=number, need=way.need)
    return Choice(label, Press(ONE + way.id, way.need))


def _one(city: City, way: Way, talk: Conversation) -> Reply:
    entry = city.knowledge.entry(way.entry) if way.entry else None
    more = (words.saying(city, city.say("way.more"), entry.question),) if entry else ()
    if way.entry in city.profile.voices.entries:
        more = (words.to_voices(city), *more)
    card = Card(
        names.shown(city, way.name), _body(city, way), _facts(city, way), _source(city, way), choices=more
    )
    call = (words.call(city, way.telephone),) if way.telephone else ()
    again = words.press(city, "way.again", SHOW)
    onward = (*call, again, words.to_a_person(city), words.to_the_menu(city))
    return Reply((card,), onward, talk)


def _body(city: City, way: Way) -> str:
    """What is done there, and that this is no advice; to whom it is foreign, that it is in Japanese."""
    advice = city.say("way.advice")
    if city.language.is_japanese:
        return f"{way.about}\n\n{advice}"
    said = (city.say("foreign.japanese_only"), way.about, advice, foreign_desk.said(city))
    return "\n\n".join(said)


def _facts(city: City, way: Way) -> tuple[Fact, ...]:
    said = [
        Fact(city.say(f"way.{key}"), value)
        for key, value in (("whom", way.whom), ("limits", way.limits), ("how", way.how))
        if value
    ]
    if way.telephone:
        said.append(words.telephone_fact(city, way.telephone))
    if way.link:
        said.append(Fact(city.say("fact.link"), city.say("fact.open_page"), way.link))
    return tuple(said)


def _source(city: City, way: Way) -> str:
    return words.source_line(city, way.provenance)
