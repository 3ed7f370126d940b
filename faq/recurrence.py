"""Days that come again, from an RFC 5545 RRULE without DTSTART: FREQ=MONTHLY;BYDAY=1TH,3TH."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache
from itertools import chain

from dateutil.rrule import rrulestr

_FORMS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d?",
    "COUNT": r"[1-9]\d{0,3}",
    "UNTIL": r"\d{8}",
    "WKST": r"MO|SU",
    "BYDAY": r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*",
    "BYMONTHDAY": r"-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01]))*",
    "BYMONTH": r"([1-9]|1[0-2])(,([1-9]|1[0-2]))*",
    "BYSETPOS": r"-?[1-9]\d?(,-?[1-9]\d?)*",
}
"""The parts that a rule may have."""


@lru_cache(maxsize=1024)
def check(recurrence: str, valid_from: date | None) -> None:
    """Raises ValueError for a rule that cannot be read, has no days, or lacks the day from which it counts."""
    parts = _parts(recurrence)
    for name, value in parts.items():
        if name not in _FORMS or not re.fullmatch(_FORMS[name], value):
            raise ValueError(f"not a rule of days, {name}={value}: {recurrence}")
    if "FREQ" not in parts:
        raise ValueError(f"lacks FREQ: {recurrence}")
    if parts["FREQ"] in ("DAILY", "WEEKLY") and _of_months(parts):
        raise ValueError(f"numbers the days of a month, and is neither MONTHLY nor YEARLY: {recurrence}")
    if valid_from is None and _counts(parts):
        raise ValueError(f"counts from a first day, and there is none: {recurrence}")
    # The first possible day may be a leap day; where no day ever comes, this looks as far as dates go.
    if next(_all_days(recurrence, valid_from or date(2000, 1, 1)), None) is None:
        raise ValueError(f"has no day: {recurrence}")


def days(recurrence: str, valid_from: date | None, first: date, last: date) -> Iterator[date]:
    """The days of the rule from the first to the last, in order. Raises ValueError as `check` does."""
    years = range(first.year, last.year + 1)
    found = chain.from_iterable(_of_year(recurrence, valid_from, year) for year in years)
    return (day for day in found if first <= day <= last)


@lru_cache(maxsize=1024)
def _of_year(recurrence: str, valid_from: date | None, year: int) -> tuple[date, ...]:
    check(recurrence, valid_from)
    first = valid_from if valid_from and _counts(_parts(recurrence)) else date(year, 1, 1)
    found = []
    for day in _all_days(recurrence, first):
        if day.year > year:
            break
        if day.year == year:
            found.append(day)
    return tuple(found)


def _all_days(recurrence: str, first: date) -> Iterator[date]:
    return (moment.date() for moment in rrulestr(recurrence, dtstart=datetime.combine(first, time(0))))


def _parts(recurrence: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in recurrence.removeprefix("RRULE:").split(";"))
    return {name: value for name, _, value in pairs}


def _of_months(parts: dict[str, str]) -> bool:
    numbered = any(character.isdigit() for character in parts.get("BYDAY", ""))
    return numbered or "BYMONTHDAY" in parts or "BYSETPOS" in parts


def _counts(parts: dict[str, str]) -> bool:
    """Whether the days depend on the first: every other week, ten times, or the weekday of the first."""
    if {"INTERVAL", "COUNT"} & parts.keys():
        return True
    return parts["FREQ"] != "DAILY" and not {"BYDAY", "BYMONTHDAY"} & parts.keys()
