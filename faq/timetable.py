"""When the counters of a city are open: hours, seasons, closures and extra openings put together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from faq.counters import Closure, Counter, Hours, HoursId, SectionId, Service, Span, Unusual
from faq.hours import ClosedOn, Day, OpenOn, State, UnknownOn, openings, state_at
from faq.models import Office, OfficeId
from faq.reasons import Reason, Why, why_closed
from faq.spans import DAY, WHOLE_DAY, joined, without
from faq.spans import Span as Minutes
from faq.weekly import NOBODY_KNOWS, Reading, read

_Where = tuple[OfficeId | None, SectionId | None]


class Timetable:
    """The hours of every counter of a city. Immutable."""

    def __init__(
        self,
        hours: Mapping[tuple[OfficeId, SectionId | None, Service], tuple[Hours, ...]],
        closures: Mapping[_Where, tuple[Closure, ...]],
    ) -> None:
        self._hours = hours
        self._closures = closures

    @classmethod
    def of(
        cls, offices: Iterable[Office], hours: Iterable[Hours], closures: Iterable[Closure]
    ) -> "Timetable":
        """An office's own hours (営業時間_OSM) serve its counters for which there is no row of hours at all."""
        by_counter = defaultdict(list)
        for row in hours:
            by_counter[row.office, row.section, row.service].append(row)
        for office in offices:
            key = (office.id, None, Service.COUNTER)
            if key not in by_counter:
                by_counter[key].append(_own_hours(office))
        by_place = defaultdict(list)
        for closure in closures:
            by_place[closure.office, closure.section].append(closure)
        return cls(
            {key: tuple(sorted(rows, key=_rank, reverse=True)) for key, rows in by_counter.items()},
            {key: tuple(sorted(rows, key=_widest_first)) for key, rows in by_place.items()},
        )

    def on(self, counter: Counter, day: date) -> Day:
        """Open from when until when, closed and why, or unknown. Raises ValueError for hours it cannot read."""
        return self._of(counter, day, day).on(day)

    def days(self, counter: Counter, first: date, last: date) -> tuple[Day, ...]:
        """The same for each day from the first to the last."""
        days = self._of(counter, first, last)
        return tuple(days.on(first + timedelta(days=past)) for past in range((last - first).days + 1))

    def at(self, counter: Counter, moment: datetime) -> State:
        """Open until when, closed and why and until when, or unknown. The moment is aware, in any zone."""
        return state_at(self._of(counter, moment.date(), None), moment)

    def _of(self, counter: Counter, first: date, last: date | None) -> "_CounterDays":
        """What decides for the counter; closures long over or far ahead are left out."""
        sections = (counter.section, None) if counter.section is not None else (None,)
        places: tuple[_Where, ...] = ((None, None), *((counter.office, each) for each in reversed(sections)))
        return _CounterDays(
            tuple(self._hours.get((counter.office, each, counter.service), ()) for each in sections),
            tuple(
                closure
                for place in places
                for closure in self._closures.get(place, ())
                if closure.service in (None, counter.service)
                and closure.last >= first - 3 * _A_DAY
                and (last is None or closure.first <= last + _A_DAY)
            ),
        )


@dataclass(frozen=True, slots=True)
class _CounterDays:
    """The days of one counter."""

    hours: tuple[tuple[Hours, ...], ...]
    """The section's, then the office's; in each, the row that comes first counts."""
    closures: tuple[Closure, ...]
    """The widest first, and of those for one place the extra openings first: what comes later counts."""

    def on(self, day: date) -> Day:
        row = self._row(day)
        reading, unusual = self._decide(day)
        span, note = (row.span, row.note) if row else (Span.USUAL, "")
        known = row.provenance if row else None
        provenance = unusual[-1].provenance if unusual else known
        if provenance is None or (reading.unknown and not reading.open):
            return UnknownOn(day, span, note, unusual, known)
        if reading.open:
            complete = not reading.unknown
            return OpenOn(day, openings(self, day), complete, span, note, unusual, provenance)
        return ClosedOn(day, self.why(day, 0), span, note, provenance)

    def reading(self, day: date) -> Reading:
        return self._decide(day)[0]

    def last_admission(self, day: date) -> int:
        row = self._row(day)
        return row.last_admission if row else 0

    def why(self, day: date, minute: int) -> Why:
        reading, unusual = self._decide(day)
        for closure in reversed(unusual):
            whole = closure.opens is None or not reading.open
            if closure.kind is Unusual.CLOSED and (whole or _covers(_minutes(closure), minute)):
                return Why(Reason.CLOSURE, closure.reason)
        row = self._row(day)
        return why_closed(row.weekly, day) if row and not reading.open else Why(Reason.HOURS)

    def _row(self, day: date) -> Hours | None:
        for rows in self.hours:
            for row in rows:
                if (row.valid_from or day) <= day <= (row.valid_to or day):
                    return row
        return None

    def _decide(self, day: date) -> tuple[Reading, tuple[Closure, ...]]:
        """What is open and what unknown, and the closures and extra openings that make it so."""
        row = self._row(day)
        reading = read(row.weekly, day) if row else NOBODY_KNOWS
        unusual = []
        for closure in self.closures:
            changed = _changed(reading, closure, day)
            if changed != reading:
                reading = changed
                unusual.append(closure)
        return reading, tuple(unusual)


def _changed(reading: Reading, closure: Closure, day: date) -> Reading:
    """The day with the closure or extra opening.

    A closure for the whole day takes away what begins on the day, past midnight too; one by the hour takes away those
    hours, whichever day's span they are in.
    """
    if closure.kind is Unusual.OPEN:
        if not closure.first <= day <= closure.last:
            return reading
        minutes = _minutes(closure)
        return Reading(joined((*reading.open, minutes)), without(reading.unknown, minutes))
    if closure.opens is None:
        return Reading(()) if closure.first <= day <= closure.last else reading
    for past in (-1, 0, 1):
        if closure.first <= day + past * _A_DAY <= closure.last:
            begins, ends = _minutes(closure)
            cut = (begins + past * DAY, ends + past * DAY)
            reading = Reading(without(reading.open, cut), without(reading.unknown, cut))
    return reading


_A_DAY = timedelta(days=1)


def _minutes(closure: Closure) -> Minutes:
    if closure.opens is None or closure.closes is None:
        return WHOLE_DAY[0]
    begins, ends = _of_day(closure.opens), _of_day(closure.closes)
    return (begins, ends if ends > begins else ends + DAY)


def _of_day(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _covers(span: Minutes, minute: int) -> bool:
    return span[0] <= minute < span[1]


def _rank(row: Hours) -> tuple[bool, date, str]:
    return (row.span is Span.SEASON, row.valid_from or date.min, row.id)


def _widest_first(closure: Closure) -> tuple[bool, date, str]:
    return (closure.kind is Unusual.CLOSED, closure.first, closure.id)


def _own_hours(office: Office) -> Hours:
    return Hours(
        id=HoursId(""),
        office=office.id,
        section=None,
        service=Service.COUNTER,
        weekly=office.hours,
        last_admission=0,
        valid_from=None,
        valid_to=None,
        span=Span.USUAL,
        note=office.hours_note,
        provenance=office.provenance,
    )
