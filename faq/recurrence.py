"""Days that come again, from an RFC 5545 RRULE without DTSTART: FREQ=MONTHLY;BYDAY=1TH,3TH."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache
from itertools import chain

from dateutil.rrule import rrulestr


def days(recurrence: str, valid_from: date | None, first: date, last: date) -> Iterator[date]:
    """The days of the rule from the first to the last, in order.

    Every other week, or ten times, is counted from `valid_from`. Raises ValueError for a rule that cannot be read, or
    that would have to be counted and is not valid from a day.
    """
    years = range(first.year, last.year + 1)
    found = chain.from_iterable(_of_year(recurrence, valid_from, year) for year in years)
    return (day for day in found if first <= day <= last)


@lru_cache(maxsize=1024)
def _of_year(recurrence: str, valid_from: date | None, year: int) -> tuple[date, ...]:
    first = _counted_from(recurrence, valid_from) or date(year, 1, 1)
    rule = rrulestr(recurrence, dtstart=datetime.combine(first, time(0)))
    begins, ends = datetime(year, 1, 1), datetime(year, 12, 31)  # noqa: DTZ001 - days have no zone
    return tuple(moment.date() for moment in rule.between(begins, ends, inc=True))


def _counted_from(recurrence: str, valid_from: date | None) -> date | None:
    """The day from which the rule is counted; None where its days follow from the rule alone."""
    parts = recurrence.removeprefix("RRULE:").split(";")
    names = {part.partition("=")[0] for part in parts}
    if not names & {"INTERVAL", "COUNT"} and (names & {"BYDAY", "BYMONTHDAY"} or "FREQ=DAILY" in parts):
        return None
    if valid_from is None:
        raise ValueError(f"counts from a first day, and there is none: {recurrence}")
    return valid_from
