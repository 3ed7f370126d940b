"""What a city says while a disaster lasts: where shelters are open, which offices are closed, where there is water."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Generic, NewType, TypeVar, cast

from faq.models import OfficeId, Place, ShelterId
from nlp.language import Language

DisasterId = NewType("DisasterId", int)
MeasureId = NewType("MeasureId", int)


class ShelterState(StrEnum):
    """Whether a shelter takes people; the first is shown first."""

    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class OpenShelter:
    """A designated shelter, and whether it takes people."""

    shelter: ShelterId
    state: ShelterState
    words: str = ""
    """What else is to be known: that pets may come, which entrance; or empty."""


@dataclass(frozen=True, slots=True)
class ClosedOffice:
    """An office that is closed from one moment until another. Raises ValueError where it ends before it begins."""

    office: OfficeId
    begins_at: datetime
    ends_at: datetime
    words: str = ""
    """Why, or where to go instead; or empty."""

    def __post_init__(self) -> None:
        if self.ends_at <= self.begins_at:
            raise ValueError("an office that opens before it closes")


@dataclass(frozen=True, slots=True)
class OpenCounter:
    """A counter that takes people all the same."""

    name: str
    office: OfficeId | None = None
    """Whose address and telephone hold for it, where it is at an office of the city."""
    words: str = ""
    """What it does, and when."""


@dataclass(frozen=True, slots=True)
class WaterPoint:
    """Where drinking water is given out."""

    name: str
    ward: str = ""
    words: str = ""
    """From when until when, and what to bring."""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class WasteNote:
    """How waste is collected, and where rubble goes."""

    words: str


@dataclass(frozen=True, slots=True)
class Message:
    """What else is to be said to everybody; in Japanese, and in whatever other language it was written."""

    words: Mapping[Language, str]

    def in_(self, language: Language) -> str:
        """In that language, or else in Japanese."""
        return self.words.get(language) or self.words[Language.JAPANESE]


What = OpenShelter | ClosedOffice | OpenCounter | WaterPoint | WasteNote | Message
W = TypeVar("W", OpenShelter, ClosedOffice, OpenCounter, WaterPoint, WasteNote, Message)
W_co = TypeVar("W_co", bound=What, covariant=True)


@dataclass(frozen=True, slots=True)
class Measure(Generic[W_co]):
    """One thing that is said while the disaster lasts, who says so, and until when it may be said."""

    id: MeasureId
    what: W_co
    source: str
    source_url: str
    """Or empty, where it was told by telephone or on the spot."""
    as_of: datetime
    expires_at: datetime

    def holds(self, now: datetime) -> bool:
        """Whether it may still be said; of an office that has opened again there is nothing to say."""
        is_over = isinstance(self.what, ClosedOffice) and now >= self.what.ends_at
        return now < self.expires_at and not is_over


@dataclass(frozen=True, slots=True)
class DisasterNow:
    """A disaster that is on, with what may be said of it."""

    id: DisasterId
    what: str
    """In a short word of staff: 地震, 大雨."""
    since: datetime
    until: datetime
    measures: tuple[Measure[What], ...]

    def at(self, now: datetime) -> "DisasterNow | None":
        """Without what has expired; None once it is over. The same one where nothing has."""
        if now >= self.until:
            return None
        still = tuple(each for each in self.measures if each.holds(now))
        return self if len(still) == len(self.measures) else replace(self, measures=still)

    def of(self, kind: type[W]) -> tuple[Measure[W], ...]:
        """What is said of one kind, in the order in which it was written."""
        return tuple(cast("Measure[W]", each) for each in self.measures if isinstance(each.what, kind))

    def closing(self, office: OfficeId) -> Measure[ClosedOffice] | None:
        """That the office is closed, or will be."""
        return next((each for each in self.of(ClosedOffice) if each.what.office == office), None)
