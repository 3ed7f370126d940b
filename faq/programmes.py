"""The nouns of programmes: consultations that the city holds, and the days on which it does."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import NewType

from faq.models import OfficeId, Provenance

ProgrammeId = NewType("ProgrammeId", str)


@dataclass(frozen=True, slots=True)
class Programme:
    """A consultation that is held again and again: 法律相談."""

    id: ProgrammeId
    name: str
    aliases: tuple[str, ...]
    """Other names, and what it is about in the words of residents: 弁護士, 遺言."""
    held_by: str
    """Who gives advice: 弁護士."""
    office: OfficeId | None
    place: str
    """Where, in words, as far as that is known."""
    ward: str
    frequency: str
    """How often, in the city's words: 月・水・金, 月3回."""
    recurrence: str
    """RFC 5545 RRULE without DTSTART; empty where only a frequency is known: then no date is made up."""
    starts: time | None
    ends: time | None
    on_holidays: bool
    """Whether it is held on national holidays and at the year's end too."""
    valid_from: date | None
    valid_to: date | None
    """The last day."""
    booking: str
    """How to come, as a sentence to residents."""
    telephone: str
    description: str
    link: str
    provenance: Provenance


class Held(StrEnum):
    """What staff entered for a day."""

    ON = "実施"
    CANCELLED = "中止"


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """A day that staff entered: one more date, one that is cancelled, or one at other hours or another place."""

    programme: ProgrammeId
    day: date
    held: Held
    starts: time | None
    """None: as the programme says."""
    ends: time | None
    place: str
    """Empty: as the programme says."""
    note: str
    """A sentence to residents, or empty."""
    provenance: Provenance
