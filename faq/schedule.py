"""On which days a city's programmes are held: recurrences, holidays, and what staff entered for single days."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from faq import recurrence
from faq.holidays import is_year_end
from faq.models import Provenance
from faq.programmes import Held, Programme, ProgrammeDay, ProgrammeId
from nlp.holidays import holiday_name

_AHEAD = timedelta(days=400)
"""How far is looked for the next dates: more than a year."""
_SOON = timedelta(days=60)
"""How far is looked first, as most are held each week or month."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day on which a programme is held."""

    programme: ProgrammeId
    day: date
    starts: time | None
    """In Japan's time; None where nobody confirmed it."""
    ends: time | None
    place: str
    note: str
    provenance: Provenance
    """Of what staff entered for the day, or else the programme's."""


@dataclass(frozen=True, slots=True)
class Dates:
    """When a programme with known days is held, in order; none outside its validity but those that staff entered."""

    programme: Programme
    occasions: tuple[Occasion, ...]
    cancelled: tuple[ProgrammeDay, ...]
    """The days on which staff entered that it is not held."""


@dataclass(frozen=True, slots=True)
class FrequencyOnly:
    """A programme of which it is known how often it is held, and not when, but for what staff entered."""

    programme: Programme
    occasions: tuple[Occasion, ...]
    cancelled: tuple[ProgrammeDay, ...]


def closed_day(day: date) -> bool:
    """National holidays and the year's end."""
    return bool(holiday_name(day)) or is_year_end(day)


class Schedule:
    """The programmes of a city and their days. Immutable."""

    def __init__(
        self,
        programmes: Iterable[Programme],
        days: dict[ProgrammeId, tuple[ProgrammeDay, ...]],
        closed: Callable[[date], bool],
    ) -> None:
        self.programmes = tuple(programmes)
        self._by_id = {programme.id: programme for programme in self.programmes}
        self._days = days
        self._closed = closed

    @classmethod
    def of(
        cls,
        programmes: Iterable[Programme],
        days: Iterable[ProgrammeDay],
        closed: Callable[[date], bool] = closed_day,
    ) -> "Schedule":
        """`closed` says on which days a programme is left out that is not held `on_holidays`."""
        by_programme = defaultdict(list)
        for day in days:
            by_programme[day.programme].append(day)
        return cls(
            programmes, {key: tuple(sorted(rows, key=_order)) for key, rows in by_programme.items()}, closed
        )

    def between(self, programme_id: ProgrammeId, first: date, last: date) -> Dates | FrequencyOnly:
        """What is held from the first day to the last. Raises KeyError for an unknown programme, ValueError for a
        recurrence that cannot be read."""
        programme = self._by_id[programme_id]
        entered = [row for row in self._days.get(programme_id, ()) if first <= row.day <= last]
        cancelled = tuple(row for row in entered if row.held is Held.CANCELLED)
        found = sorted(self._occasions(programme, entered, first, last), key=_when)
        occasions = tuple(each for each in found if not any(_cancels(row, each) for row in cancelled))
        known = Dates if programme.recurrence else FrequencyOnly
        return known(programme, occasions, cancelled)

    def next_dates(self, programme_id: ProgrammeId, from_day: date, most: int) -> Dates | FrequencyOnly:
        """The first dates from that day on, `most` at most, and what is cancelled until the last of them.

        Looks a year and a month ahead.
        """
        found = self.between(programme_id, from_day, _after(from_day, _SOON))
        if len(found.occasions) < most:
            found = self.between(programme_id, from_day, _after(from_day, _AHEAD))
        occasions = found.occasions[:most]
        until = occasions[-1].day if len(occasions) == most else date.max
        cancelled = tuple(row for row in found.cancelled if row.day <= until)
        return type(found)(found.programme, occasions, cancelled)

    def _occasions(
        self, programme: Programme, entered: list[ProgrammeDay], first: date, last: date
    ) -> Iterator[Occasion]:
        """Those of the recurrence, but for days on which staff entered others in their place, and those."""
        in_place = {row.day for row in entered if row.held is Held.ON}
        for day in self._recurring(programme, first, last):
            if day not in in_place:
                yield _usual(programme, day)
        for row in entered:
            if row.held is Held.ON:
                yield _entered(programme, row)

    def _recurring(self, programme: Programme, first: date, last: date) -> Iterator[date]:
        if not programme.recurrence:
            return
        first = max(first, programme.valid_from or first)
        last = min(last, programme.valid_to or last)
        for day in recurrence.days(programme.recurrence, programme.valid_from, first, last):
            if programme.on_holidays or not self._closed(day):
                yield day


def _after(day: date, ahead: timedelta) -> date:
    return day + min(ahead, date.max - day)


def _usual(programme: Programme, day: date) -> Occasion:
    return Occasion(
        programme.id, day, programme.starts, programme.ends, programme.place, "", programme.provenance
    )


def _entered(programme: Programme, row: ProgrammeDay) -> Occasion:
    return Occasion(
        programme=programme.id,
        day=row.day,
        starts=row.starts or programme.starts,
        ends=row.ends or programme.ends,
        place=row.place or programme.place,
        note=row.note,
        provenance=row.provenance,
    )


def _cancels(row: ProgrammeDay, occasion: Occasion) -> bool:
    """Whether the row cancels it: all of a day, or what is at the row's time and place where it gives them."""
    return (
        row.day == occasion.day
        and row.starts in (None, occasion.starts)
        and row.place in ("", occasion.place)
    )


def _when(occasion: Occasion) -> tuple[date, time, str]:
    return (occasion.day, occasion.starts or time.min, occasion.place)


def _order(row: ProgrammeDay) -> tuple[date, time, str]:
    return (row.day, row.starts or time.min, row.place)
