"""National holidays of Japan, those in lieu (振替休日) and between (国民の休日) included."""

from datetime import date, timedelta
from functools import lru_cache

import jpholiday

FIRST_YEAR, LAST_YEAR = 1948, 2099
"""国民の祝日に関する法律 is of 1948; the formula for the equinoxes, announced a year ahead, is good until 2099."""
SATURDAY = 5


@lru_cache(maxsize=1 << 14)
def holiday_name(day: date) -> str:
    """The name of the national holiday on that day, or empty. A tenth of a millisecond, the first time."""
    return (jpholiday.is_holiday_name(day) or "") if FIRST_YEAR <= day.year <= LAST_YEAR else ""


def is_holiday(day: date) -> bool:
    return holiday_name(day) != ""


def is_day_off(day: date) -> bool:
    """Saturday, Sunday or a national holiday."""
    return day.weekday() >= SATURDAY or is_holiday(day)


def next_run(today: date, least: int = 3) -> tuple[date, date] | None:
    """First and last of the next `least` or more days off in a row that are not over; looks half a year ahead."""
    first = today
    while first > date.min and is_day_off(first) and is_day_off(first - timedelta(1)):
        first -= timedelta(1)
    for start in (first + timedelta(ahead) for ahead in range(190)):
        last = run_until(start)
        if last is not None and (last - start).days + 1 >= least:
            return start, last
    return None


def run_until(first: date) -> date | None:
    """The last of the days off that begin with `first`, or nothing where it is none."""
    if not is_day_off(first):
        return None
    last = first
    while is_day_off(last + timedelta(1)):
        last += timedelta(1)
    return last


def workday_after(day: date) -> date:
    """The first day after it that is no day off."""
    day += timedelta(1)
    while is_day_off(day):
        day += timedelta(1)
    return day
