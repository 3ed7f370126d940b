"""What single words say about days, before they are put together: 来月, 12月, 3日, 第3, 木曜."""

from dataclasses import dataclass
from datetime import date

from nlp.when import Kinds


@dataclass(frozen=True, slots=True)
class Year:
    year: int


@dataclass(frozen=True, slots=True)
class Month:
    """Of the year said, or the next such month."""

    month: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """Known days; it may have begun already."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Season:
    """Days of every year, as (month, day)."""

    first: tuple[int, int]
    last: tuple[int, int]
    stretches: bool = False
    """Whether days off that follow belong to it."""
    after: bool = False
    """The first workday after it is meant (お盆明け)."""


@dataclass(frozen=True, slots=True)
class Named:
    """A national holiday by its name in the law, and the month that the law gives it."""

    name: str
    month: int


@dataclass(frozen=True, slots=True)
class PartOfMonth:
    """Days of a month; what is beyond its last day is cut off."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    day: int


@dataclass(frozen=True, slots=True)
class Day:
    day: date


@dataclass(frozen=True, slots=True)
class Nth:
    """Which such weekdays of the month; -1 for the last."""

    nths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Next:
    """次の before a weekday; 今度の and この where `nearest`."""

    nearest: bool


@dataclass(frozen=True, slots=True)
class Weekdays:
    kinds: Kinds


@dataclass(frozen=True, slots=True)
class Impossible:
    """Written as a day, and no calendar has it."""


@dataclass(frozen=True, slots=True)
class Past:
    """A word for what is over: 昨日, 先月."""


Piece = (
    Year
    | Month
    | Period
    | Season
    | Named
    | PartOfMonth
    | DayOfMonth
    | Day
    | Nth
    | Next
    | Weekdays
    | Impossible
    | Past
)


@dataclass(frozen=True, slots=True)
class Word:
    """Pieces that are written as one word, and where it stands."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
