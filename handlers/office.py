"""An office's or section's telephone, address and hours, where little else is asked."""

from dataclasses import dataclass
from typing import assert_never

from faq.counters import Counter, Section
from faq.models import Office, OfficeId
from handlers import opening, unclear, words
from handlers.city import City
from handlers.heard import nothing_else
from handlers.office_card import TOPIC, One, about, card
from handlers.turn import Card, Choice, Plain, Reply, ReplyOutcome, Say, Turn
from store.conversations import Conversation


@dataclass(frozen=True, slots=True)
class Anywhere:
    """The counters of the city, of one kind or all, when nobody said which."""

    offices: tuple[Office, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Which:
    """A section that several offices have."""

    sections: tuple[Section, ...]


Meant = One | Anywhere | Which


def matches(turn: Turn) -> bool:
    return _meant(turn) is not None


def handle(turn: Turn) -> Reply:
    meant = _meant(turn)
    assert meant is not None
    doubtful = turn.heard.when.unclear
    match meant:
        case Which():
            return _which(turn, meant)
        case One() if doubtful:
            return unclear.ask_back(turn.city, meant.name, doubtful[0], about(meant))
        case Anywhere() if doubtful:
            return unclear.ask_back(turn.city, meant.kinds[0], doubtful[0], Conversation())
        case One():
            return _one(turn, meant)
        case Anywhere():
            return _anywhere(turn, meant)
        case other:
            assert_never(other)


def _meant(turn: Turn) -> Meant | None:
    """Whose matters are asked about, where nothing but their own are: 電話番号は, どこですか, 土曜は."""
    heard = turn.heard
    if not turn.text or heard.procedure or heard.programmes:
        return None
    if not nothing_else(turn.city, heard, "words.office", "words.hours", "words.where"):
        return None
    if heard.office:
        return One(heard.office, heard.section)
    if heard.section:
        office = turn.city.directory.office(heard.section.office)
        return One(office, heard.section) if office else None
    if heard.sections:
        return Which(heard.sections)
    return _unnamed(turn)


def _unnamed(turn: Turn) -> One | Anywhere | None:
    """An office talked about before; else all counters, where hours are asked for."""
    heard = turn.heard
    days = [when for when in heard.when.whens if not opening.is_now(when, turn.now)]
    asks_hours = bool(days or heard.when.unclear) or turn.mentions("words.hours")
    talked = _talked_about(turn)
    if talked and not heard.kind and not heard.ward and (asks_hours or turn.mentions("words.its_own")):
        return talked
    if heard.ward and not heard.kind:
        of_ward = next((office for office in turn.city.directory.counters if office.ward == heard.ward), None)
        return One(of_ward, None) if of_ward else None
    if not asks_hours:
        return None
    kinds = (heard.kind.name,) if heard.kind else turn.city.profile.counter_kinds
    offices = tuple(office for office in turn.city.directory.counters if office.kind in kinds)
    return Anywhere(offices, kinds) if offices else None


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


def _anywhere(turn: Turn, counters: Anywhere) -> Reply:
    """The hours of all counters where they are the same; else a question which is meant."""
    city, whens = turn.city, turn.heard.when.whens
    said = {_hours(turn, office) for office in counters.offices}
    choices = tuple(Choice(ward, Say(_office_of(city, ward))) for ward in city.profile.wards)
    onward = (words.to_a_person(city), words.to_the_menu(city))
    if len(said) > 1:
        return Reply((Plain(city.say("office.which")),), (*choices, *onward), outcome=ReplyOutcome.ASK)
    first = Counter(counters.offices[0].id)
    day = opening.first_day(city, first, whens[0] if whens else None, turn.now)
    body = "\n".join(filter(None, (said.pop(), city.say("office.anywhere"))))
    source = words.source_line(city, day.provenance) if day.provenance else ""
    title = city.say("office.and").join(counters.kinds)
    return Reply((Card(title, body, footnote=source, choices=choices),), onward)


def _office_of(city: City, ward: str) -> str:
    return next((office.name for office in city.directory.counters if office.ward == ward), ward)


def _hours(turn: Turn, office: Office) -> str:
    """What is said of an office's hours on the days asked about, or now."""
    city, counter, whens = turn.city, Counter(office.id), turn.heard.when.whens
    if not whens:
        return opening.state(city, city.timetable.at(counter, turn.now), turn.now)
    return "\n".join(opening.on_days(city, counter, when, turn.now) for when in whens)


def _which(turn: Turn, which: Which) -> Reply:
    """The same section at several offices: which one is meant."""
    city = turn.city
    choices = []
    for section in which.sections:
        office = city.directory.office(section.office)
        if office:
            choices.append(Choice(office.name, Say(f"{office.name} {turn.text}")))
    card = Card(which.sections[0].name, city.say("office.which_section"), choices=tuple(choices))
    onward = (words.to_a_person(city), words.to_the_menu(city))
    return Reply((card,), onward, outcome=ReplyOutcome.ASK)
