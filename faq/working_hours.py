"""The clock that runs in business hours: by when something is done that takes so many hours of them."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from faq.hours import Closed, Open
from nlp.japan import JAPAN

WorkingAt = Callable[[datetime], Open | Closed]
"""Whether somebody works at a moment. It never says "unknown": who makes it decides what such times count as."""

FURTHEST: Final = timedelta(days=60)
"""Who is promised something later than that is promised nothing."""
NOON: Final = time(12)
EVENING: Final = time(17, 30)


class PartOfDay(StrEnum):
    """By which a resident is promised an answer: without minutes, as nobody keeps them to the minute."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


def part_of_day(promised_at: datetime) -> PartOfDay:
    """The part of the day in Japan whose end is never earlier than what was promised."""
    at = promised_at.astimezone(JAPAN).time()
    if at <= NOON:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if at <= EVENING else PartOfDay.EVENING


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
