"""When a callback is promised: a few quick choices, each within the hours of who is to call."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from faq.hours import Closed, Open, State, Unknown
from nlp.japan import JAPAN, today

StateAt = Callable[[datetime], State]
"""Whether who is to call is there at a moment."""

SOON: Final = timedelta(minutes=30)
NOON: Final = time(12)
EVENING: Final = time(17)
"""Until when "today" is where nobody has confirmed the hours: a time at which an office may still be there."""
FURTHEST: Final = timedelta(days=31)
"""Who is promised a call later than that has forgotten it."""
_DAYS: Final = 14
"""Days that are looked at for the next morning."""


class Quick(StrEnum):
    """What an operator chooses by one key."""

    SOON = "soon"
    """In half an hour."""
    TODAY = "today"
    """Before they close today."""
    MORNING = "morning"
    """On the next morning that they are there."""
    AT = "at"
    """At a time of the caller's."""


def promised_at(quick: Quick, at: StateAt, now: datetime) -> datetime | None:
    """By when they are called; None where nobody is there then, and for `Quick.AT`, which says itself."""
    match quick:
        case Quick.SOON:
            soon = now + SOON
            return soon if is_there(at, soon) else None
        case Quick.TODAY:
            return _today(at, now)
        case Quick.MORNING:
            return _morning(at, now)
        case Quick.AT:
            return None


def is_there(at: StateAt, moment: datetime) -> bool:
    """Whether somebody can call then: not where they are known to be closed. Until they close is in time."""
    return not isinstance(at(moment), Closed) or not isinstance(at(moment - timedelta(minutes=1)), Closed)


def _today(at: StateAt, now: datetime) -> datetime | None:
    """When they close for the day, after any break."""
    day, moment, last = today(now), now, None
    midnight = datetime.combine(day + timedelta(days=1), time(), JAPAN)
    while moment < midnight:
        match at(moment):
            case Open(until=until):
                last = min(until, midnight) if until else midnight
                moment = last
            case Closed(opens=opens) if opens is not None:
                moment = opens
            case Unknown():
                evening = datetime.combine(day, EVENING, JAPAN)
                return evening if evening > now else last
            case _:
                break
    return last


def _morning(at: StateAt, now: datetime) -> datetime | None:
    """Noon of the next day on whose morning they are there, or when they close before it."""
    for ahead in range(1, _DAYS + 1):
        day = today(now) + timedelta(days=ahead)
        noon = datetime.combine(day, NOON, JAPAN)
        match at(datetime.combine(day, time(), JAPAN)):
            case Unknown():
                return noon
            case Open():
                return noon
            case Closed(opens=opens) if opens is not None and opens < noon:
                state = at(opens)
                closes = state.until if isinstance(state, Open) else None
                return min(noon, closes) if closes else noon
    return None
