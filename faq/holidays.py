"""Japan's holidays, and the days on which local governments are closed besides."""

from datetime import date
from functools import lru_cache

import jpholiday

KNOWN_YEARS = range(1949, 2151)
"""Those of which the holidays are known (国民の祝日に関する法律, 1948); the library reckons the equinoxes."""


@lru_cache(maxsize=1 << 14)
def national_holiday(day: date) -> str:
    """The name of the national holiday, those in lieu (振替休日) and between (国民の休日) included; or empty."""
    return (jpholiday.is_holiday_name(day) or "") if day.year in KNOWN_YEARS else ""


def is_year_end(day: date) -> bool:
    """From December 29 to January 3, when local governments are closed (地方自治法 4条の2 and the ordinances)."""
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
