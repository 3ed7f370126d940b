"""A promise in words."""

from datetime import datetime

from faq.working_hours import part_of_day
from web.site import site
from web.times import say_clock, say_day, say_short_day


def say_promise(promised_at: datetime, who: str) -> str:
    """What the caller is told: by when who calls."""
    return site().say(
        "callbacks.promise", day=say_short_day(promised_at), clock=say_clock(promised_at), who=who
    )


def say_promised_part(promised_at: datetime) -> str:
    """What the resident of a case is told, as in the talk: 2026年11月25日（水）の午前中まで."""
    return site().say(f"case_form.promised.{part_of_day(promised_at)}", day=say_day(promised_at))
