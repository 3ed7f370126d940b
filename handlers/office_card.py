"""All that is known of an office or of a section of it, as one card."""

from dataclasses import dataclass
from datetime import datetime

from faq.counters import Counter, Section, Service
from faq.hours import Day, Unknown
from faq.models import Office
from handlers import opening, words
from handlers.city import City
from handlers.turn import Card, Fact, Turn
from store.conversations import Conversation

TOPIC = "office"
"""The conversation about an office; slots `office`, `section`."""


@dataclass(frozen=True, slots=True)
class One:
    """An office, or a section of it."""

    office: Office
    section: Section | None

    @property
    def counter(self) -> Counter:
        return Counter(self.office.id, self.section.id if self.section else None)

    @property
    def name(self) -> str:
        return f"{self.office.name} {self.section.name}" if self.section else self.office.name


def about(one: One) -> Conversation:
    """The conversation in which 土曜は？ is about this office."""
    return Conversation(TOPIC, {"office": one.office.id, "section": one.section.id if one.section else ""})


def card(turn: Turn, one: One, body: str = "") -> Card:
    """All that is known of an office or section, with what was asked first; what nobody confirmed says so."""
    city, whens = turn.city, turn.heard.when.whens
    said = [body] if body else []
    if whens:
        said += [opening.on_days(city, one.counter, when, turn.now) for when in whens]
    elif not body and one.section is None:
        said.append(one.office.description)
    elif not body and one.section and one.section.handles:
        said.append(city.say("office.handles", handles="・".join(one.section.handles)))
    day = opening.first_day(city, one.counter, whens[0] if whens else None, turn.now)
    facts = _facts(city, one, turn.now)
    if day.note:
        facts.append(Fact(city.say("fact.hours"), day.note))
    return Card(one.name, "\n".join(said), tuple(facts), _sources(city, one, day))


def _facts(city: City, one: One, now: datetime) -> list[Fact]:
    office, section = one.office, one.section
    facts: list[Fact] = []
    if section and section.telephone:
        facts.append(words.telephone_fact(city, section.telephone))
    elif office.telephone:
        facts.append(_telephone(city, office))
    facts.append(_address(city, one))
    facts.append(Fact(city.say("fact.now"), opening.state(city, city.timetable.at(one.counter, now), now)))
    by_telephone = city.timetable.at(Counter(office.id, one.counter.section, Service.TELEPHONE), now)
    if not isinstance(by_telephone, Unknown):
        facts.append(Fact(city.say("fact.telephone_now"), opening.state(city, by_telephone, now)))
    link = (section.link if section else "") or office.link
    if link:
        facts.append(Fact(city.say("fact.link"), city.say("fact.open_page"), link))
    return facts


def _address(city: City, one: One) -> Fact:
    office = one.office
    if not office.address:
        return Fact(city.say("fact.address"), city.say("office.unknown_address"))
    floor = f" {one.section.floor}" if one.section and one.section.floor else ""
    url = words.map_link(office.address, office.place)
    return Fact(city.say("fact.address"), office.address + floor, url)


def _telephone(city: City, office: Office) -> Fact:
    whose = city.say("office.telephone_of", section=office.telephone_of) if office.telephone_of else ""
    return Fact(city.say("fact.telephone"), f"{office.telephone}{whose}", words.tel(office.telephone))


def _sources(city: City, one: One, day: Day) -> str:
    """Of the office or section, and of the hours where they come from elsewhere."""
    own = one.section.provenance if one.section else one.office.provenance
    lines = [words.source_line(city, own)]
    if day.provenance and day.provenance != own:
        lines.append(city.say("source.of_hours", source=words.source_line(city, day.provenance)))
    return "\n".join(lines)
