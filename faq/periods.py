"""The periods that a city reports on: a month, or a fiscal year from April to March."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Self

from nlp.japan import JAPAN

A_DAY: Final = timedelta(days=1)
_MONTH: Final = re.compile(r"2\d{3}-\d{2}", re.ASCII)
_YEAR: Final = re.compile(r"2\d{3}", re.ASCII)
_APRIL: Final = 4


@dataclass(frozen=True, slots=True)
class Period:
    """Days in Japan, both included."""

    first: date
    last: date

    @classmethod
    def month_of(cls, day: date) -> Self:
        """The month that a day is in."""
        return cls(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))

    @classmethod
    def year_of(cls, day: date) -> Self:
        """The fiscal year that a day is in."""
        began = day.year if day.month >= _APRIL else day.year - 1
        return cls(date(began, _APRIL, 1), date(began + 1, _APRIL, 1) - A_DAY)

    @property
    def is_year(self) -> bool:
        return self == Period.year_of(self.first)

    @property
    def begins(self) -> datetime:
        """The moment of its first midnight."""
        return datetime.combine(self.first, time(), JAPAN)

    @property
    def ends(self) -> datetime:
        """The moment at which it is over."""
        return datetime.combine(self.last + A_DAY, time(), JAPAN)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def named(self) -> str:
        """2026-11 for a month, 2026 for the fiscal year that begins in 2026."""
        return f"{self.first:%Y}" if self.is_year else f"{self.first:%Y-%m}"

    def before(self) -> "Period":
        """The month before a month, the year before a year."""
        return self._like(self.first - A_DAY)

    def after(self) -> "Period":
        """The one that follows."""
        return self._like(self.last + A_DAY)

    def months(self) -> "tuple[Period, ...]":
        """Its months, in order."""
        found = [Period.month_of(self.first)]
        while found[-1].last < self.last:
            found.append(found[-1].after())
        return tuple(found)

    def weeks(self) -> "tuple[Period, ...]":
        """Its weeks from Monday to Sunday; the first and the last may be cut short."""
        found, day = [], self.first
        while day <= self.last:
            last = min(day + timedelta(days=6 - day.weekday()), self.last)
            found.append(Period(day, last))
            day = last + A_DAY
        return tuple(found)

    def _like(self, day: date) -> "Period":
        return Period.year_of(day) if self.is_year else Period.month_of(day)


def read_month(text: str) -> Period | None:
    """The month that is written 2026-11; None where it is no month of this millennium."""
    try:
        return Period.month_of(date.fromisoformat(f"{text}-01")) if _MONTH.fullmatch(text) else None
    except ValueError:
        return None


def read_year(text: str) -> Period | None:
    """The fiscal year that is written by the year in which it begins, 2026; None where it is none."""
    return Period.year_of(date(int(text), _APRIL, 1)) if _YEAR.fullmatch(text) else None
