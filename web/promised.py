"""A promise in words."""

from datetime import datetime

from web.site import site
from web.times import say_clock, say_short_day


def say_promise(promised_at: datetime, who: str) -> str:
    """What the caller is told: by when who calls."""
    return site().say(
        "callbacks.promise", day=say_short_day(promised_at), clock=say_clock(promised_at), who=who
    )
