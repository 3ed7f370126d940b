"""Weekly hours in the OpenStreetMap syntax, read day by day in Japan's time.

https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification. Two things are done here and not by the library:

- `PH` is put in words for each day, since the library's Japanese holidays lack those in lieu and between.
- Spans past midnight are cut in two, since the library drops the part after midnight where a rule holds for that day.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from opening_hours import OpeningHours, State, validate

from faq.holidays import KNOWN_YEARS
from faq.spans import DAY, WHOLE_DAY, Spans, joined, without
from nlp.holidays import holiday_name

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_HOLIDAY = re.compile(r"\bPH\b(?: ([+-]\d{1,3}) days?)?")
_RANGE = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")
_UNTOLD = re.compile(r"\bSH\b|sunrise|sunset|dawn|dusk|easter|\d\+|:\d\d/")
"""What the city has no calendar for, or what names no time of closing."""
_NEVER = (DAY - 1, DAY)
"""Stands for a span that does not go past midnight where only those that do are read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The spans that begin on a day; the minutes in neither are closed."""

    open: Spans
    unknown: Spans = ()


NOBODY_KNOWS = Reading((), WHOLE_DAY)


@lru_cache(maxsize=1024)
def check(weekly: str) -> None:
    """Raises ValueError for hours that cannot be read, or that do not say when it closes."""
    if _UNTOLD.search(weekly):
        raise ValueError(f"not opening hours with times: {weekly}")
    for hour, minute, until, past in _RANGE.findall(weekly):
        if max(int(hour) * 60 + int(minute), int(until) * 60 + int(past)) > DAY:
            raise ValueError(f"not opening hours, later than 24:00: {weekly}")
    _parse(weekly)
    _parse(_HOLIDAY.sub("Mo", weekly))


@lru_cache(maxsize=1 << 16)
def read(weekly: str, day: date) -> Reading:
    """The spans that begin on the day. Raises ValueError for hours it cannot read."""
    if not weekly or day.year not in KNOWN_YEARS:
        return NOBODY_KNOWS
    check(weekly)
    return _read(_spelt(weekly, day), day)


def without_holidays(weekly: str, day: date) -> Reading:
    """The same, were the day no national holiday."""
    return _read(weekly, day) if weekly and day.year in KNOWN_YEARS else NOBODY_KNOWS


def _spelt(weekly: str, day: date) -> str:
    """The hours with `PH` as the weekday of this day where it is a holiday, and as no day otherwise."""

    def spell(found: re.Match[str]) -> str:
        held_on = day - timedelta(days=int(found[1] or 0))
        # The library knows of no holidays where it is told no country, so that a PH left standing is never true.
        return _WEEKDAYS[day.weekday()] if holiday_name(held_on) else "PH"

    return _HOLIDAY.sub(spell, weekly)


def _read(text: str, day: date) -> Reading:
    found = _intervals(_RANGE.sub(_until_midnight, text), day)
    if any(_past_midnight(each) for each in _RANGE.finditer(text)):
        later = _intervals(_RANGE.sub(_after_midnight, text), day)
        found = Reading(_extended(found.open, later.open), _extended(found.unknown, later.unknown))
    return found


def _past_midnight(found: re.Match[str]) -> bool:
    hour, minute, until, past = map(int, found.groups())
    return (until, past) <= (hour, minute)


def _until_midnight(found: re.Match[str]) -> str:
    return f"{found[1]}:{found[2]}-24:00" if _past_midnight(found) else found[0]


def _after_midnight(found: re.Match[str]) -> str:
    crosses = _past_midnight(found) and (int(found[3]), int(found[4])) > (0, 0)
    return f"00:00-{found[3]}:{found[4]}" if crosses else "23:59-24:00"


def _extended(spans: Spans, later: Spans) -> Spans:
    morning = [(begins + DAY, ends + DAY) for begins, ends in without(later, _NEVER) if ends < _NEVER[0]]
    return joined((*spans, *morning))


def _intervals(text: str, day: date) -> Reading:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - Japan's own, as the library reads the text
    open_, unknown = [], []
    for begins, ends, state, _ in _parse(text).intervals(midnight, midnight + timedelta(days=1)):
        span = (_minutes(begins - midnight), _minutes(ends - midnight))
        if state == State.OPEN:
            open_.append(span)
        elif state == State.UNKNOWN:
            unknown.append(span)
    return Reading(joined(open_), joined(unknown))


def _minutes(time: timedelta) -> int:
    return time.days * DAY + time.seconds // 60


@lru_cache(maxsize=2048)
def _parse(text: str) -> OpeningHours:
    if not validate(text):
        raise ValueError(f"not opening hours: {text}")
    return OpeningHours(text)
