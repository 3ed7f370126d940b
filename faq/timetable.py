"""When the counters of a city are open: hours, seasons, closures and extra openings put together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from faq.closures import changed, closes_all, keeps_closed
from faq.counters import Closure, Counter, Hours, HoursId, SectionId, Service, Span, Unusual
from faq.hours import Closed, ClosedOn, Day, Open, OpenOn, State, Unknown, UnknownOn, openings, state_at
from faq.models import Office, OfficeId, Provenance
from faq.reasons import Reason, Why, why_closed
from faq.spans import begun
from faq.usual_days import UsualDays
from faq.weekly import NOBODY_KNOWS, Reading, read

_Where = tuple[OfficeId | None, SectionId | None]

_A_DAY = timedelta(days=1)
_AROUND = 3 * _A_DAY
"""How far a closure may be from a day and still matter: the spans and closures before and after, and time zones."""


class Timetable:
    """The hours of every counter of a city. Immutable."""

    def __init__(
        self,
        hours: Mapping[tuple[OfficeId, SectionId | None, Service], tuple[Hours, ...]],
        closures: Mapping[_Where, tuple[Closure, ...]],
        passing: tuple[Closure, ...] = (),
    ) -> None:
        self._hours = hours
        self._closures = closures
        self._passing = passing

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

    def but_for(self, passing: tuple[Closure, ...]) -> "Timetable":
        """The same city with these closures of offices, which count before all others, in place of such as it had."""
        return self if passing == self._passing else Timetable(self._hours, self._closures, passing)

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

    def working_at(self, counter: Counter, moment: datetime, usual: str) -> Open | Closed:
        """The same, where times that nobody confirmed count as the usual weekly hours."""
        found = state_at(UsualDays(self._of(counter, moment.date(), None), usual), moment)
        assert not isinstance(found, Unknown)
        return found

    def _of(self, counter: Counter, first: date, last: date | None) -> "_CounterDays":
        """What decides for the counter; closures long over or far ahead are left out."""
        sections = (counter.section, None) if counter.section is not None else (None,)
        places: tuple[_Where, ...] = ((None, None), *((counter.office, each) for each in reversed(sections)))
        return _CounterDays(
            tuple(self._hours.get((counter.office, each, counter.service), ()) for each in sections),
            tuple(
                closure
                for closure in (
                    *(each for place in places for each in self._closures.get(place, ())),
                    *(each for each in self._passing if each.office == counter.office),
                )
                if closure.service in (None, counter.service)
                and first - closure.last <= _AROUND
                and (last is None or closure.first - last <= _AROUND)
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
        reading, unusual = self.reading(day), self._decide(day)[1]
        span, note = (row.span, row.note) if row else (Span.USUAL, "")
        if reading.open:
            complete = not reading.unknown
            return OpenOn(day, openings(self, day), complete, span, note, unusual, self._provenance(day))
        if reading.unknown:
            return UnknownOn(day, span, note, unusual, row.provenance if row else None)
        return ClosedOn(day, self.why(day, 0), span, note, self._provenance(day))

    def reading(self, day: date) -> Reading:
        own = self._decide(day)[0]
        if not self.closures:
            return own
        # A closure by the hour may leave a piece of the night before.
        before = self._decide(day - _A_DAY)[0]
        return Reading(begun(own.open, before.open), begun(own.unknown, before.unknown))

    def last_admission(self, day: date) -> int:
        row = self._row(day)
        return row.last_admission if row else 0

    def why(self, day: date, minute: int) -> Why:
        reading, unusual = self.reading(day), self._decide(day)[1]
        _, from_before = self._decide(day - _A_DAY)
        for closure in reversed((*from_before, *unusual)):
            of_the_day = closure in unusual and not reading.open and closure.kind is Unusual.CLOSED
            if of_the_day or keeps_closed(closure, day, minute):
                return Why(Reason.CLOSURE, closure.reason)
        row = self._row(day)
        return why_closed(row.weekly, day) if row and not reading.open else Why(Reason.HOURS)

    def _provenance(self, day: date) -> Provenance:
        """Of the last row that decided on a day that is known; of the day before where only its night goes on."""
        row, unusual = self._row(day), self._decide(day)[1]
        if unusual:
            return unusual[-1].provenance
        return row.provenance if row else self._provenance(day - _A_DAY)

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
            after = changed(reading, closure, day)
            # A closure of many days is the reason on its weekends too, though it changes nothing on them.
            if after != reading or closes_all(closure, day):
                reading = after
                unusual.append(closure)
        return reading, tuple(unusual)


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
