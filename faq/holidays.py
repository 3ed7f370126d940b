"""Japan's holidays, and the days on which local governments are closed besides."""

from datetime import date
from functools import lru_cache


def national_holiday(day: date) -> str:
    """The name of the national holiday, those in lieu (振替休日) and between (国民の休日) included; or empty."""
    return _of_year(day.year).get(day, "")


def is_year_end(day: date) -> bool:
    """From December 29 to January 3, when local governments are closed (地方自治法 4条の2 and the ordinances)."""
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)


@lru_cache(maxsize=64)
def _of_year(year: int) -> dict[date, str]:
    # Imported here, since jpholiday makes its own tables when it is imported.
    import jpholiday

    return dict(jpholiday.year_holidays(year))
