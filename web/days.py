"""The day that a page is asked for, as an address has it."""

from datetime import date
from typing import Final

import flask

from nlp.japan import today
from web.site import site

FIRST: Final = date(2000, 1, 1)
LAST: Final = date(2199, 12, 31)
"""No booking and no act is of a day before or after; and there are days before and after these to lead to."""


def asked_day(name: str = "day") -> date:
    """2026-11-27 in the address; today in Japan where there is none, or what is there is no day."""
    return day_of(flask.request.args.get(name, "")) or today(site().clock())


def day_of(text: str) -> date | None:
    """The day that a text in ISO 8601 is, from `FIRST` to `LAST`."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None
