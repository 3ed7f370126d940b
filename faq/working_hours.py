"""The clock that runs in business hours: by when something is done that takes so many hours of them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from faq.hours import Closed, Open

WorkingAt = Callable[[datetime], Open | Closed]
"""Whether somebody works at a moment. It never says "unknown": who makes it decides what such times count as."""

FURTHEST: Final = timedelta(days=60)
"""Who is promised something later than that is promised nothing."""


def due(at: WorkingAt, opened: datetime, within: timedelta) -> datetime | None:
    """When `within` of working time has passed since `opened`, in UTC; None where that takes more than sixty days.

    What is opened outside of the hours begins with the next of them. The times of `opened` and of `at` are aware, in
    any zone.
    """
    moment, left, last = opened.astimezone(UTC), within, opened + FURTHEST
    while moment <= last:
        match at(moment):
            case Open(until=until):
                ends = until.astimezone(UTC) if until else last + left
                if moment + left <= ends:
                    return moment + left if moment + left <= last else None
                left -= ends - moment
                moment = ends
            case Closed(opens=opens) if opens is not None:
                moment = opens.astimezone(UTC)
            case _:
                return None
    return None
