"""What is said of opening hours now: open until when, or closed and when it opens next."""

from datetime import datetime
from typing import assert_never

from faq import hours
from faq.reasons import Reason, Why
from handlers.city import City
from handlers.dates import say_day, say_time
from nlp import japan


def open_now(city: City, opening_hours: str, now: datetime) -> str:
    """Whether it is open now, until when or from when, in one sentence."""
    return state(city, hours.state(opening_hours, now), now)


def state(city: City, state: hours.State, now: datetime) -> str:
    """Open until when, or closed, why and until when, in one or two sentences."""
    match state:
        case hours.Open():
            return _open(city, state, now)
        case hours.Closed():
            return _closed(city, state, now)
        case hours.Unknown():
            return city.say("hours.unknown")
        case other:
            assert_never(other)


def _open(city: City, state: hours.Open, now: datetime) -> str:
    if state.until is None:
        return city.say("hours.always_open")
    if state.last_admission is None:
        return city.say("hours.open_until", time=say_time(city, state.until.time()))
    key = "hours.last_soon" if state.last_admission > now else "hours.last_past"
    admission = say_time(city, state.last_admission.time())
    return city.say(key, time=say_time(city, state.until.time()), last=admission)


def _closed(city: City, state: hours.Closed, now: datetime) -> str:
    because, opens = why(city, state.why), state.opens
    if opens is None:
        said = say_why(city, "hours.closed", because)
    else:
        when, at = _when(city, opens, now), say_time(city, opens.time())
        said = say_why(city, "hours.opens", because, when=when, time=at)
    if state.unknown_from is None:
        return said
    unknown = city.say("hours.unknown_from", day=say_day(city, state.unknown_from, japan.today(now)))
    return city.listed((said, unknown), "sentences")


def say_why(city: City, key: str, why: str, **values: object) -> str:
    """The sentence of the key, or the one that also says why, where there is a reason to tell."""
    return city.say(f"{key}_why", why=why, **values) if why else city.say(key, **values)


def why(city: City, why: Why) -> str:
    """The reason, where there is one to tell: 年末年始."""
    match why.reason:
        case Reason.YEAR_END:
            return city.say("hours.year_end")
        case Reason.HOLIDAY | Reason.CLOSURE if why.words:
            return why.words
        case _:
            return ""


def centre_now(city: City, now: datetime) -> str:
    """Whether the call centre answers now."""
    return open_now(city, city.profile.call_centre.hours, now)


def _when(city: City, opens: datetime, now: datetime) -> str:
    """きょう, あした, 11月30日（月）."""
    days = (opens.date() - japan.today(now)).days
    if days in (0, 1):
        return city.say("when.tomorrow" if days else "when.today")
    return say_day(city, opens.date(), japan.today(now))
