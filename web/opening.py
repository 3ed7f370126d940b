"""What is said of opening hours now: open until when, or closed and when it opens next."""

from datetime import datetime
from typing import assert_never

from faq import hours
from faq.reasons import Reason, Why
from nlp import japan
from web.site import site
from web.times import say_clock, say_short_day


def say_state(state: hours.State, now: datetime) -> str:
    """Open until when, or closed, why and until when, in a sentence or two."""
    match state:
        case hours.Open():
            return _open(state, now)
        case hours.Closed():
            return _closed(state, now)
        case hours.Unknown():
            return site().say("opening.unknown")
        case other:
            assert_never(other)


def _open(state: hours.Open, now: datetime) -> str:
    say = site().say
    if state.until is None:
        return say("opening.always")
    until = say_clock(state.until)
    if state.last_admission is None:
        return say("opening.until", until=until)
    key = "opening.last_soon" if state.last_admission > now else "opening.last_past"
    return say(key, until=until, last=say_clock(state.last_admission))


def _closed(state: hours.Closed, now: datetime) -> str:
    say, because = site().say, _why(state.why)
    if state.opens is None:
        said = say("opening.closed", why=because)
    else:
        said = say("opening.opens", why=because, day=_day(state.opens, now), at=say_clock(state.opens))
    if state.unknown_from is not None:
        said += say("opening.unknown_from", day=say_short_day(state.unknown_from))
    return said


def _why(why: Why) -> str:
    """The reason in brackets, where there is one to tell: （年末年始）."""
    match why.reason:
        case Reason.YEAR_END:
            return site().say("opening.why", why=site().say("opening.year_end"))
        case Reason.HOLIDAY | Reason.CLOSURE if why.words:
            return site().say("opening.why", why=why.words)
        case _:
            return ""


def _day(opens: datetime, now: datetime) -> str:
    """きょう, あした, 11月30日（月）."""
    ahead = (opens.astimezone(japan.JAPAN).date() - japan.today(now)).days
    if ahead in (0, 1):
        return site().say("opening.tomorrow" if ahead else "opening.today")
    return say_short_day(opens)
