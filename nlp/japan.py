"""Japan's time."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

JAPAN: Final = ZoneInfo("Asia/Tokyo")


def today(now: datetime) -> date:
    """The day that it is in Japan; `now` is aware, in any zone."""
    return now.astimezone(JAPAN).date()
