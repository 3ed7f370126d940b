"""Whether a place is open: on a day, at a moment, until when and from when next, in Japan's time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from faq.counters import Closure, Span
from faq.models import Provenance
from faq.reasons import Reason, Why, why_closed
from faq.weekly import Reading, read
from nlp.japan import JAPAN

AHEAD = 400
"""Days that are looked at for the next opening: more than a year."""


@dataclass(frozen=True, slots=True)
class Open:
    """Open now; `until` is None where it never closes."""

    until: datetime | None
    last_admission: datetime | None = None
    """None where people are let in until it closes; may be past."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Closed now; `opens` is None where no opening is known."""

    opens: datetime | None
    why: Why
    unknown_from: date | None = None
    """The first day before `opens` on which it may be open too, as nobody confirmed the hours."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody has confirmed the hours."""


State = Open | Closed | Unknown


@dataclass(frozen=True, slots=True)
class Opening:
    """From when until when it is open."""

    opens: datetime
    closes: datetime
    last_admission: datetime | None = None
    """None where people are let in until it closes."""


@dataclass(frozen=True, slots=True)
class OpenOn:
    """Open on a day."""

    day: date
    openings: tuple[Opening, ...]
    """Those that begin on the day; the last may end on the next."""
    complete: bool
    """False where it may be open at other times of the day too, as nobody confirmed the hours."""
    span: Span
    note: str
    unusual: tuple[Closure, ...]
    """What makes the day differ from the hours: extra openings, and hours in which it is closed."""
    provenance: Provenance
    """Of the row that decided: the last of `unusual`, or the hours."""


@dataclass(frozen=True, slots=True)
class ClosedOn:
    """Closed all day."""

    day: date
    why: Why
    span: Span
    note: str
    provenance: Provenance
    """Of the row that decided: the closure, or the hours."""


@dataclass(frozen=True, slots=True)
class UnknownOn:
    """Nobody confirmed the hours of the day."""

    day: date
    span: Span
    note: str
    unusual: tuple[Closure, ...]
    """Hours in which it is known to be closed."""
    provenance: Provenance | None
    """Of the row that says so; None where there is no row for the day."""


Day = OpenOn | ClosedOn | UnknownOn


class Days(Protocol):
    """What decides on each day."""

    def reading(self, day: date) -> Reading:
        """The spans that begin on the day."""

    def why(self, day: date, minute: int, /) -> Why:
        """Why it is closed at that minute of the day."""

    def last_admission(self, day: date, /) -> int:
        """Minutes before closing."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """Days on which nothing but weekly hours decides."""

    weekly: str

    def reading(self, day: date) -> Reading:
        return read(self.weekly, day)

    def why(self, day: date, _minute: int) -> Why:
        return Why(Reason.HOURS) if self.reading(day).open else why_closed(self.weekly, day)

    def last_admission(self, _day: date) -> int:
        return 0


def state(weekly: str, now: datetime) -> State:
    """The state at `now` by weekly hours alone. Raises ValueError for hours it cannot read."""
    return state_at(Weekly(weekly), now)


def state_at(days: Days, moment: datetime) -> State:
    """Open until when, or closed and why and until when. The moment is aware, in any zone."""
    local = moment.astimezone(JAPAN)
    today = local.date()
    if _is_unknown(days, local):
        return Unknown()
    coming = (run for run in _runs(days, today - timedelta(days=1)) if run.ends is None or run.ends > local)
    run = next(coming, None)
    if run is not None and run.opens <= local:
        return Open(run.ends, run.last_admission)
    opens = run.opens if run is not None else None
    why = days.why(today, local.hour * 60 + local.minute)
    return Closed(opens, why, _first_unknown(days, local, opens))


def openings(days: Days, day: date) -> tuple[Opening, ...]:
    """Those that begin on the day."""
    before = days.last_admission(day)
    return tuple(
        Opening(begins, ends, _last_admission(begins, ends, before))
        for begins, ends in _moments(days.reading(day).open, day)
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """Open without a break; `ends` is None where it goes on as far as is looked."""

    opens: datetime
    ends: datetime | None
    last_admission: datetime | None


def _runs(days: Days, first: date) -> Iterator[_Run]:
    """The runs from the first day on, those that meet or overlap as one."""
    run: Opening | None = None
    for past in range(AHEAD + 1):
        for opening in openings(days, first + timedelta(days=past)):
            if run is None:
                run = opening
            elif opening.opens > run.closes:
                yield _Run(run.opens, run.closes, run.last_admission)
                run = opening
            elif opening.closes > run.closes:
                run = Opening(run.opens, opening.closes, opening.last_admission)
    if run is not None:
        goes_on = run.closes.date() > first + timedelta(days=AHEAD)
        yield _Run(run.opens, None, None) if goes_on else _Run(run.opens, run.closes, run.last_admission)


def _is_unknown(days: Days, local: datetime) -> bool:
    """Whether the moment is in no opening, and may be in one that nobody confirmed."""
    around = [(day, days.reading(day)) for day in (local.date() - timedelta(days=1), local.date())]
    open_ = (span for day, reading in around for span in _moments(reading.open, day))
    unknown = (span for day, reading in around for span in _moments(reading.unknown, day))
    return any(begins <= local < ends for begins, ends in unknown) and not any(
        begins <= local < ends for begins, ends in open_
    )


def _first_unknown(days: Days, local: datetime, opens: datetime | None) -> date | None:
    """The first day with unknown hours after `local` and before `opens`."""
    for past in range(AHEAD):
        day = local.date() + timedelta(days=past)
        if opens is not None and day > opens.date():
            return None
        for begins, ends in _moments(days.reading(day).unknown, day):
            if ends > local and (opens is None or begins < opens):
                return day
    return None


def _moments(spans: tuple[tuple[int, int], ...], day: date) -> Iterator[tuple[datetime, datetime]]:
    midnight = datetime.combine(day, time(0), JAPAN)
    for begins, ends in spans:
        yield midnight + timedelta(minutes=begins), midnight + timedelta(minutes=ends)


def _last_admission(opens: datetime, closes: datetime, minutes: int) -> datetime | None:
    return max(opens, closes - timedelta(minutes=minutes)) if minutes else None
