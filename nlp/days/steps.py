"""Steps through the calendar."""

import calendar
from datetime import date, timedelta

from nlp.when import DayKind, Kinds


def add_months(day: date, months: int) -> date:
    """The same day that many months on, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def monday_of(day: date) -> date:
    return day - timedelta(day.weekday())


def kinds_between(first: DayKind, last: DayKind) -> Kinds:
    """月〜金, and 土〜月 over the end of the week."""
    return tuple(sorted(DayKind((first + step) % 7) for step in range((last - first) % 7 + 1)))
