"""The nouns of counters: the sections of an office, what can be done at which, and when they are open."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import NewType

from faq.models import EntryId, OfficeId, Provenance

SectionId = NewType("SectionId", str)
ProcedureId = NewType("ProcedureId", str)
HoursId = NewType("HoursId", str)
ClosureId = NewType("ClosureId", str)


class Service(StrEnum):
    """How a section takes people."""

    COUNTER = "窓口"
    TELEPHONE = "電話"


@dataclass(frozen=True, slots=True)
class Counter:
    """Where hours are asked for: an office, or a section of it, in person or by telephone."""

    office: OfficeId
    section: SectionId | None = None
    service: Service = Service.COUNTER


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an office that residents deal with: 区民課."""

    id: SectionId
    office: OfficeId
    name: str
    kana: str
    aliases: tuple[str, ...]
    handles: tuple[str, ...]
    """What it deals with, in the words of residents: 住民票, 介護保険."""
    floor: str
    """Where in the building; empty where nobody confirmed it."""
    telephone: str
    link: str
    provenance: Provenance
    valid_from: date | None = None
    valid_to: date | None = None
    """The last day."""
    successor: SectionId | None = None
    """Who does its work after the last day."""
    former: tuple[str, ...] = ()
    """What it, or the section whose work it took over, was called before."""

    def holds_on(self, day: date) -> bool:
        """Whether it is there on that day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Whether its last day is past."""
        return self.valid_to is not None and self.valid_to < day


@dataclass(frozen=True, slots=True)
class Procedure:
    """Something residents come for, and at which offices it can be done; nobody confirmed the others."""

    id: ProcedureId
    name: str
    aliases: tuple[str, ...]
    section: str
    """The name of the section that does it: 区民課."""
    done_at: tuple[str, ...]
    """Kinds of office (区役所), or ids of single ones."""
    not_at: tuple[str, ...]
    """The same; the id of an office counts before its kind."""
    why_not: str
    """Why those do not do it, as a sentence to residents."""
    condition: str
    """Who may go where, as a sentence to residents: only at the office of one's own ward."""
    faq: EntryId | None
    """The entry that says what to bring."""
    provenance: Provenance


class Span(StrEnum):
    """Whether hours are the usual ones or those of a season, which stand in their place."""

    USUAL = "通常"
    SEASON = "期間限定"


@dataclass(frozen=True, slots=True)
class Hours:
    """When an office, or one section of it, takes people, from one day until another."""

    id: HoursId
    office: OfficeId
    section: SectionId | None
    """None: all sections that have no hours of their own."""
    service: Service
    weekly: str
    """OpenStreetMap syntax in Japan's time; empty where it is only known that the usual ones do not hold."""
    last_admission: int
    """Minutes before closing from which on nobody is let in any more."""
    valid_from: date | None
    valid_to: date | None
    """The last day."""
    span: Span
    note: str
    """A sentence to residents, or empty."""
    provenance: Provenance


class Unusual(StrEnum):
    """What is different on single days."""

    CLOSED = "休み"
    OPEN = "臨時開庁"


@dataclass(frozen=True, slots=True)
class Closure:
    """Days, or hours of them, on which a counter is closed, or open though it usually is not.

    The narrower counts: a section's before its office's, an office's before the whole city's.
    """

    id: ClosureId
    office: OfficeId | None
    """None: every office of the city."""
    section: SectionId | None
    service: Service | None
    """None: counter and telephone."""
    kind: Unusual
    first: date
    last: date
    opens: time | None
    """From and until when on each of the days; None for the whole day (closed days only)."""
    closes: time | None
    reason: str
    provenance: Provenance
