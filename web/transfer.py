"""To whom a call may be handed on: the sections of the city, the likeliest for what is shown first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from faq.counters import Counter, Section, SectionId
from faq.models import FaqEntry, Office
from faq.programmes import Programme
from faq.routing import in_charge, of_office
from nlp.folding import fold
from web.counters import tone_of
from web.known import Known
from web.opening import say_state
from web.suggested import Thing


@dataclass(frozen=True, slots=True)
class Target:
    """A section, as an operator chooses it."""

    id: SectionId
    name: str
    """With its office: 東区役所 区民課."""
    telephone: str
    sought: str
    """All that it is found by, in hiragana: names, readings, and what it deals with."""
    read: str
    """How the name is read, in hiragana: ひがしくやくしょくみんか."""


@dataclass(frozen=True, slots=True)
class TargetNow:
    """Whether a section is open now."""

    id: SectionId
    said: str
    """Until when it is open, or when it opens next."""
    tone: str


def targets_now(known: Known, now: datetime) -> tuple[TargetNow, ...]:
    """All sections: a desk stays open for hours, so it is asked for when a call is handed on."""
    found = []
    for section in known.sections:
        state = known.timetable.at(Counter(section.office, section.id), now)
        found.append(TargetNow(section.id, say_state(state, now), tone_of(state)))
    return tuple(found)


def targets(known: Known, first: Iterable[SectionId] = ()) -> tuple[Target, ...]:
    """All sections in the order of the city's data, after those that come first."""
    places = {section: place for place, section in enumerate(first)}
    ordered = sorted(_sections(known), key=lambda section: places.get(section.id, len(places)))
    return tuple(_target(known, section) for section in ordered)


def _sections(known: Known) -> tuple[Section, ...]:
    """In the order of their offices."""
    places = {office.id: place for place, office in enumerate(known.directory.offices)}
    return tuple(sorted(known.sections, key=lambda section: places.get(section.office, len(places))))


def likely(known: Known, thing: Thing, words: str) -> tuple[SectionId, ...]:
    """The sections that deal with a thing; those of the office or ward that the caller named before the others."""
    named = known.directory.named(words)

    def is_named(section: Section) -> bool:
        office = known.directory.office(section.office)
        if office is None:
            return False
        return (named is not None and named.office == office) or bool(office.ward and office.ward in words)

    return tuple(each.id for each in sorted(_of(known, thing), key=is_named, reverse=True))


def _of(known: Known, thing: Thing) -> tuple[Section, ...]:
    match thing:
        case FaqEntry():
            return in_charge(known.directory, _sections(known), thing)
        case Office():
            return of_office(known.sections, thing.id)
        case Programme():
            there = of_office(known.sections, thing.office)
            return tuple(sorted(there, key=lambda section: not _deals_with(section, thing)))


def _deals_with(section: Section, programme: Programme) -> bool:
    """Whether the programme is held there, or the section says that it deals with it."""
    called = any(alias in handled for alias in programme.aliases for handled in section.handles)
    return called or section.name in programme.place


def _target(known: Known, section: Section) -> Target:
    office = known.directory.office(section.office)
    of_office = (office.name, office.kana, *office.aliases) if office else ()
    sought = (*of_office, section.name, section.kana, *section.aliases, *section.handles)
    return Target(
        section.id,
        f"{office.name} {section.name}" if office else section.name,
        section.telephone or (office.telephone if office else ""),
        " ".join(map(fold, sought)),
        fold(f"{office.kana}{section.kana}" if office else section.kana),
    )
