"""Why a counter is closed."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from faq.holidays import is_year_end
from faq.weekly import read, without_holidays
from nlp.holidays import holiday_name


class Reason(StrEnum):
    """What keeps it closed."""

    HOURS = "hours"
    """It is open on the day, but not at that time."""
    DAY_OFF = "day_off"
    """Its hours leave the day out."""
    HOLIDAY = "holiday"
    YEAR_END = "year_end"
    CLOSURE = "closure"
    """Staff entered that it is closed."""


@dataclass(frozen=True, slots=True)
class Why:
    """The reason, with the name of the holiday or what staff wrote; else without words."""

    reason: Reason
    words: str = ""


def why_closed(weekly: str, day: date) -> Why:
    """Why the hours leave out a day on which they open at no time."""
    if is_year_end(day) and _closed_over_year_end(weekly, day):
        return Why(Reason.YEAR_END)
    if without_holidays(weekly, day).open and (name := holiday_name(day)):
        return Why(Reason.HOLIDAY, name)
    return Why(Reason.DAY_OFF)


def _closed_over_year_end(weekly: str, day: date) -> bool:
    """Whether it is closed from some day of this year's end to another, of which one would usually be open.

    So a Saturday between is closed for the year's end as well, and a Sunday before it is not.
    """
    return any(_usually_open(weekly, each) for step in (-1, 1) for each in _closed_run(weekly, day, step))


def _closed_run(weekly: str, day: date, step: int) -> list[date]:
    run = []
    while is_year_end(day) and not read(weekly, day).open:
        run.append(day)
        day += timedelta(days=step)
    return run


def _usually_open(weekly: str, day: date) -> bool:
    """Whether the same weekday two weeks before, were it no holiday, is open."""
    return bool(without_holidays(weekly, day - timedelta(days=14)).open)
