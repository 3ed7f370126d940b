"""What a resident sees before anything is sent: what it is about, which ward, who reads it, how they are answered."""

from dataclasses import replace

from faq import routing
from handlers import case_subject, names, words
from handlers.case_draft import Draft, Step, topic
from handlers.case_promise import say_promise, say_start, section_name
from handlers.case_verbs import Step as Verb
from handlers.case_verbs import to_step, to_ward
from handlers.turn import Card, Choice, Fact, Plain, Reply, ReplyOutcome, Turn
from nlp.compact import compact
from nlp.japan import today
from nlp.latin import spaced


def onward(turn: Turn) -> tuple[Choice, ...]:
    """The ways out that every step has: the telephone, and to leave it."""
    city = turn.city
    call = words.call(city, city.profile.call_centre.telephone)
    return (call, words.press(city, "booking.stop", "stop"))


def _asked(turn: Turn, draft: Draft, *parts: Card | Plain, choices: tuple[Choice, ...] = ()) -> Reply:
    return Reply(parts, (*choices, *onward(turn)), draft.as_conversation(), ReplyOutcome.ASK)


def about(turn: Turn, draft: Draft) -> Reply:
    """「転入届に必要なもの」についてですね; the words are asked for where nothing was talked of."""
    if not draft.subject:
        return write(turn, draft)
    city = turn.city
    buttons = (
        to_step(city, "case.as_is", Verb.AS_IS, draft.once),
        to_step(city, "case.more", Verb.MORE, draft.once),
        to_step(city, "case.other", Verb.OTHER, draft.once),
    )
    title = city.say("case.about.title", subject=case_subject.shown(city, draft.subject, draft.entry))
    return _asked(
        turn, replace(draft, step=Step.ABOUT), Card(title, city.say("case.about.body"), choices=buttons)
    )


def write(turn: Turn, draft: Draft, key: str = "case.write") -> Reply:
    """Asks for the words."""
    city = turn.city
    said = city.say(key, example=city.say("case.example"))
    return _asked(turn, replace(draft, step=Step.WRITE), Plain(said))


def consent(turn: Turn, draft: Draft) -> Reply:
    """Who will read what, from when on, and by when they answer; to choose how is to send. The ward comes first where
    the section can be told only by it.
    """
    city, asked = turn.city, topic(turn, draft)
    if not draft.ward_asked and routing.needs_ward(city.switchboard, asked, today(turn.now)):
        return _ward(turn, draft)
    handed = routing.hand_over(city.switchboard, asked, turn.now)
    if handed is None:
        return Reply((Plain(city.say("case.nobody")),), (*onward(turn), words.to_the_menu(city)))
    section = section_name(city, handed.section)
    facts = (
        Fact(city.say("case.section"), section),
        Fact(city.say("case.promise"), say_promise(city, handed.promised_at, turn.now)),
    )
    buttons = (
        to_step(city, "case.send_line", Verb.SEND_LINE, draft.once),
        to_step(city, "case.send_telephone", Verb.SEND_TELEPHONE, draft.once),
        to_step(city, "case.more", Verb.MORE, draft.once),
        to_step(city, "case.other", Verb.OTHER, draft.once),
    )
    body = city.say("case.consent.body", words=draft.words, section=section)
    card = Card(
        city.say("case.consent.title"), body, facts, say_start(city, handed.section, turn.now), buttons
    )
    how = Plain(city.say("case.how_to_send"))
    return _asked(turn, replace(draft, step=Step.CONSENT), *_urgent(turn, draft), card, how)


def _ward(turn: Turn, draft: Draft) -> Reply:
    city = turn.city
    unknown = city.say("case.ward.unknown")
    wards = tuple(to_ward(ward, names.short(city, ward), draft.once) for ward in city.profile.wards)
    card = Card(
        city.say("case.ward.title"),
        city.say("case.ward.body"),
        choices=(*wards, to_ward("", unknown, draft.once)),
    )
    return _asked(turn, replace(draft, step=Step.WARD), card)


def _urgent(turn: Turn, draft: Draft) -> tuple[Plain, ...]:
    return (Plain(turn.city.say("person.urgent")),) if is_urgent(turn, draft) else ()


def is_urgent(turn: Turn, draft: Draft) -> bool:
    """Whether the words say that it cannot wait."""
    return turn.city.wording.mentions("words.urgent", compact(draft.words), spaced(draft.words))
