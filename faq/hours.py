"""Whether a place is open at a moment, from hours in the OpenStreetMap syntax."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from opening_hours import OpeningHours

JAPAN = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class Open:
    """Open now; `until` is None where it never closes."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class Closed:
    """Closed now; `opens` is None where no opening is known."""

    opens: datetime | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody has confirmed the hours."""


State = Open | Closed | Unknown


def state(hours: str, now: datetime) -> State:
    """Open until when, or closed until when, in Japan's time. Raises ValueError for hours it cannot read."""
    if not hours:
        return Unknown()
    local = now.astimezone(JAPAN)
    opening = _parse(hours, local.year)
    change = opening.next_change(local)
    return Open(change) if opening.is_open(local) else Closed(change)


@lru_cache(maxsize=512)
def _parse(hours: str, year: int) -> "OpeningHours":
    from opening_hours import OpeningHours

    try:
        return OpeningHours(hours.replace("PH", _holidays(year)), timezone=JAPAN)
    except Exception as error:  # the library raises its own class, which is not exported
        raise ValueError(f"not opening hours: {hours}") from error


@lru_cache(maxsize=8)
def _holidays(year: int) -> str:
    """The national holidays of this year and the next, one by one.

    The library's own Japanese holidays lack those in lieu (振替休日) and between (国民の休日).
    """
    import jpholiday

    days = [day for each in (year, year + 1) for day, _ in jpholiday.year_holidays(each)]
    return ",".join(f"{day:%Y} {MONTHS[day.month - 1]} {day:%d}" for day in days)


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""As the syntax has them, whatever the locale."""
