"""National holidays of Japan, those in lieu (振替休日) and between (国民の休日) included."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache


@lru_cache(maxsize=16)
def holidays_of(year: int) -> Mapping[date, str]:
    """The year's holidays with their names, as the law stands (国民の祝日に関する法律); empty before 1948."""
    import jpholiday  # not needed to start, and it takes 20 ms

    return dict(jpholiday.year_holidays(year)) if 1948 <= year <= LAST_YEAR else {}


LAST_YEAR = 2099
"""The equinoxes are announced a year ahead; the formula for them is good until here."""


def is_holiday(day: date) -> bool:
    return day in holidays_of(day.year)


def is_day_off(day: date) -> bool:
    """Saturday, Sunday or a national holiday."""
    return day.weekday() >= SATURDAY or is_holiday(day)


SATURDAY = 5


def next_named(name: str, today: date) -> date | None:
    """The next holiday of that name, today included."""
    days = {**holidays_of(today.year), **holidays_of(today.year + 1)}
    return next((day for day, called in days.items() if called == name and day >= today), None)


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
