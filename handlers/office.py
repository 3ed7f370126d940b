"""An office's or section's telephone, address and hours, where little else is asked."""

from dataclasses import dataclass
from typing import assert_never

from faq.counters import Section
from faq.models import OfficeId
from handlers import names, open_days, procedure_talk, several, unclear, words
from handlers.heard import nothing_else
from handlers.office_card import TOPIC, One, about, card
from handlers.several import Several
from handlers.turn import Card, Plain, Reply, ReplyOutcome, Turn
from store.conversations import IDLE, Conversation


@dataclass(frozen=True, slots=True)
class Which:
    """A section that several offices have."""

    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class NoneThere:
    """A ward has no office of that kind; what it has instead."""

    ward: str
    kinds: tuple[str, ...]
    instead: One


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A day, after talk of something else: nobody can tell what is meant."""


Meant = One | Several | Which | NoneThere | Unsaid


def matches(turn: Turn) -> bool:
    return _meant(turn) is not None


def handle(turn: Turn) -> Reply:
    meant = _meant(turn)
    assert meant is not None
    doubtful = turn.heard.when.unclear
    match meant:
        case Which():
            return _which(turn, meant)
        case Unsaid():
            return _ask_what(turn)
        case NoneThere():
            return _none_there(turn, meant)
        case One() if doubtful:
            return unclear.ask_back(
                turn.city, names.counter(turn.city, meant.office, meant.section), doubtful[0], about(meant)
            )
        case Several() if doubtful:
            return unclear.ask_back(
                turn.city, names.short(turn.city, meant.kinds[0]), doubtful[0], Conversation()
            )
        case One():
            return _one(turn, meant)
        case Several():
            return several.answer(turn, meant)
        case other:
            assert_never(other)


def _meant(turn: Turn) -> Meant | None:
    """Whose matters are asked about, where nothing but their own are: 電話番号は, どこですか, 土曜は."""
    heard = turn.heard
    if not turn.text or heard.procedure or heard.programmes:
        return None
    if not nothing_else(turn.city, heard, "words.office", "words.hours", "words.where", "words.listing"):
        return None
    if heard.office:
        return One(heard.office, heard.section)
    if heard.section:
        office = turn.city.directory.office(heard.section.office)
        return One(office, heard.section) if office else None
    if heard.sections:
        return Which(heard.sections)
    return _unnamed(turn)


def _unnamed(turn: Turn) -> Meant | None:
    """An office talked about before; else the counters of a ward or a kind, or all, where hours are asked for."""
    heard = turn.heard
    asks_hours = _asks_hours(turn)
    talked = _talked_about(turn)
    if talked and not heard.kinds and not heard.ward and (asks_hours or turn.mentions("words.its_own")):
        return talked
    if heard.kinds:
        return _of_kinds(turn, asks_hours=asks_hours)
    if heard.ward:
        return _of_ward(turn)
    changed = turn.conversation.topic not in (IDLE.topic, TOPIC, procedure_talk.TOPIC)
    if changed and (asks_hours or turn.mentions("words.its_own")):
        return Unsaid()
    if not asks_hours:
        return None
    kinds = turn.city.profile.counter_kinds
    counters = turn.city.directory.counters
    return Several(counters, kinds, "", asks_hours=True) if counters else None


def _asks_hours(turn: Turn) -> bool:
    """A day, a time, or words for hours; いま alone is none."""
    when = turn.heard.when
    days = [each for each in when.whens if not open_days.is_now(each, turn.now)]
    return bool(days or when.unclear) or turn.mentions("words.hours")


def _of_kinds(turn: Turn, *, asks_hours: bool) -> Meant | None:
    heard = turn.heard
    offices = turn.city.directory.of_kinds(heard.kinds, heard.ward)
    if len(offices) == 1:
        return One(offices[0], None)
    if offices:
        kinds = tuple(dict.fromkeys(office.kind for office in offices))
        return Several(offices, kinds, heard.ward, asks_hours)
    instead = _of_ward(turn) if heard.ward else None
    return NoneThere(heard.ward, heard.kinds, instead) if instead else None


def _of_ward(turn: Turn) -> One | None:
    ward = turn.heard.ward
    office = next((each for each in turn.city.directory.counters if each.ward == ward), None)
    return One(office, None) if office else None


def _talked_about(turn: Turn) -> One | None:
    if turn.conversation.topic != TOPIC:
        return None
    slots = turn.conversation.slots
    office = turn.city.directory.office(OfficeId(slots["office"]))
    section = next((each for each in turn.city.sections if each.id == slots["section"]), None)
    return One(office, section) if office else None


def _one(turn: Turn, one: One) -> Reply:
    choices = (words.to_a_person(turn.city), words.to_the_menu(turn.city))
    return Reply((card(turn, one),), choices, about(one))


def _none_there(turn: Turn, none: NoneThere) -> Reply:
    city = turn.city
    kinds = several.kinds_shown(city, none.kinds)
    said = Plain(city.say("office.none_in_ward", ward=names.shown(city, none.ward), kinds=kinds))
    choices = (words.to_a_person(city), words.to_the_menu(city))
    return Reply((said, card(turn, none.instead)), choices, about(none.instead))


def _ask_what(turn: Turn) -> Reply:
    """Which kind of office the day is asked of; the words are said again with it."""
    city = turn.city
    kinds = tuple(
        words.saying(city, names.short(city, kind), f"{kind} {turn.meant}")
        for kind in city.profile.counter_kinds
    )
    onward = (words.to_a_person(city), words.to_the_menu(city))
    counters = city.directory.counters
    example = names.short_office(city, counters[0]) if counters else city.profile.name
    said = Plain(city.say("office.what_is_meant", example=example))
    return Reply((said,), (*kinds, *onward), turn.conversation, ReplyOutcome.ASK)


def _which(turn: Turn, which: Which) -> Reply:
    """The same section at several offices: which one is meant."""
    city = turn.city
    choices = []
    for section in which.sections:
        office = city.directory.office(section.office)
        if office:
            choices.append(
                words.saying(city, names.short_office(city, office), f"{office.name} {turn.meant}")
            )
    card = Card(
        names.section(city, which.sections[0]), city.say("office.which_section"), choices=tuple(choices)
    )
    onward = (words.to_a_person(city), words.to_the_menu(city))
    return Reply((card,), onward, outcome=ReplyOutcome.ASK)
