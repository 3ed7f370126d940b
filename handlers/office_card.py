"""All that is known of an office or of a section of it, as one card."""

from dataclasses import dataclass
from datetime import datetime

from faq.counters import Counter, Section, Service
from faq.hours import Day, Unknown
from faq.models import Office, Provenance
from handlers import disaster_closed, names, open_days, opening, words
from handlers.city import City
from handlers.turn import Card, Fact, Turn
from nlp.compact import compact
from store.conversations import Conversation

TOPIC = "office"
"""The conversation about an office; slots `office`, `section`."""
MOST_HANDLED = 8
"""Things a section deals with that are named: a card is read on a telephone."""


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
        if self.section is None or self.section.name in self.office.name:
            return self.office.name
        return f"{self.office.name} {self.section.name}"


def about(one: One) -> Conversation:
    """The conversation in which 土曜は？ is about this office."""
    return Conversation(TOPIC, {"office": one.office.id, "section": one.section.id if one.section else ""})


def card(turn: Turn, one: One, body: str = "", procedure: Provenance | None = None) -> Card:
    """All that is known of an office or section, with what was asked first; what nobody confirmed says so."""
    city, whens = turn.city, turn.heard.when.whens
    said = [disaster_closed.of_office(city, one.office)]
    said += [open_days.on_days(city, one.counter, when, turn.now) for when in whens]
    if not whens and turn.mentions("words.hours"):
        said.append(open_days.next_day(city, one.counter, turn.now))
    if renamed := _renamed(turn, one):
        said.append(renamed)
    if body or not whens:
        said.append(body or _what_it_does(city, one))
    day = open_days.first_day(city, one.counter, whens[0] if whens else None, turn.now)
    now = _state(city, one, turn.now)
    # Who hears of the day asked about in just these words need not read them twice.
    facts = [*_ways(city, one), *(fact for fact in now if fact.value not in said)]
    if day.note:
        facts.append(Fact(city.say("fact.hours"), day.note))
    if link := (one.section.link if one.section else "") or one.office.link:
        facts.append(Fact(city.say("fact.link"), city.say("fact.open_page"), link))
    return Card(
        names.counter(city, one.office, one.section),
        "\n".join(filter(None, said)),
        tuple(facts),
        sources(city, one, day, procedure),
    )


def _renamed(turn: Turn, one: One) -> str:
    """That a section which is called by an old name has another now."""
    plain, section = turn.plain, one.section
    if section is None or compact(section.name) in plain:
        return ""
    old = next((name for name in section.former if compact(name) in plain), "")
    return turn.city.say("office.renamed", old=old, new=names.section(turn.city, section)) if old else ""


def _what_it_does(city: City, one: One) -> str:
    if one.section is None:
        return one.office.description
    handles = city.listed(one.section.handles[:MOST_HANDLED], "names")
    return city.say("office.handles", handles=handles) if handles else ""


def _ways(city: City, one: One) -> list[Fact]:
    """Telephone and address."""
    office, section = one.office, one.section
    facts: list[Fact] = []
    if section and section.telephone:
        facts.append(words.telephone_fact(city, section.telephone))
    elif office.telephone:
        facts.append(_telephone(city, office))
    if office.address or office.kind in city.profile.counter_kinds:
        facts.append(_address(city, one))
    return facts


def _state(city: City, one: One, now: datetime) -> list[Fact]:
    """Open now or not; by telephone too, where that is known and not the same."""
    said = opening.state(city, city.timetable.at(one.counter, now), now)
    facts = [Fact(city.say("fact.now"), said)]
    by_telephone = city.timetable.at(Counter(one.office.id, one.counter.section, Service.TELEPHONE), now)
    telephone = opening.state(city, by_telephone, now)
    if not isinstance(by_telephone, Unknown) and telephone != said:
        facts.append(Fact(city.say("fact.telephone_now"), telephone))
    return facts


def _address(city: City, one: One) -> Fact:
    office = one.office
    if not office.address:
        return Fact(city.say("fact.address"), city.say("office.unknown_address"))
    floor = one.section.floor if one.section else ""
    where = city.say("office.address_floor", address=office.address, floor=floor) if floor else office.address
    return Fact(city.say("fact.address"), where, words.map_link(office.address, office.place))


def _telephone(city: City, office: Office) -> Fact:
    said = office.telephone
    if office.telephone_of:
        said = city.say("office.telephone_of", telephone=said, section=names.short(city, office.telephone_of))
    return Fact(city.say("fact.telephone"), said, words.tel(office.telephone))


def sources(city: City, one: One, day: Day, procedure: Provenance | None) -> str:
    """Of the office or section, of its hours, and of what says that it does the procedure."""
    named = [
        ("source.name", one.section.provenance if one.section else one.office.provenance),
        ("source.of_hours", day.provenance),
        ("source.of_procedure", procedure),
    ]
    return words.sources(city, *((key, each) for key, each in named if each))
