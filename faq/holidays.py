"""The days on which local governments are closed besides weekends and national holidays."""

from datetime import date

from nlp.holidays import FIRST_YEAR, LAST_YEAR

KNOWN_YEARS = range(FIRST_YEAR + 1, LAST_YEAR + 1)
"""Those of which all national holidays are known; the law is of July of the first."""


def is_year_end(day: date) -> bool:
    """From December 29 to January 3, when local governments are closed (地方自治法 4条の2 and the ordinances)."""
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
