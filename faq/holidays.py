"""Japan's holidays, and the days on which local governments are closed besides."""

from datetime import date

from nlp.holidays import holidays_of


def national_holiday(day: date) -> str:
    """The name of the national holiday, those in lieu (振替休日) and between (国民の休日) included; or empty."""
    return holidays_of(day.year).get(day, "")


def is_year_end(day: date) -> bool:
    """From December 29 to January 3, when local governments are closed (地方自治法 4条の2 and the ordinances)."""
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
