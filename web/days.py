"""The day that a page is asked for, as an address has it."""

from datetime import date

import flask

from nlp.japan import today
from web.site import site


def asked_day(name: str = "day") -> date:
    """2026-11-27 in the address; today in Japan where there is none, or what is there is no day."""
    return day_of(flask.request.args.get(name, "")) or today(site().clock())


def day_of(text: str) -> date | None:
    """The day that a text in ISO 8601 is."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
