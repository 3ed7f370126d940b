"""Pieces of replies that several handlers say."""

from datetime import date, datetime
from typing import assert_never
from urllib.parse import quote_plus

from faq import hours
from faq.models import Place, Provenance, Status
from faq.reasons import Reason, Why
from handlers.city import City
from handlers.turn import Choice, Fact, OpenUrl, Press


def press(city: City, key: str, data: str) -> Choice:
    """A button whose label, and what it shows as said, is the sentence of that key."""
    label = city.say(key)
    return Choice(label, Press(data, label))


def to_a_person(city: City) -> Choice:
    return press(city, "button.person", "person")


def to_the_menu(city: City) -> Choice:
    return press(city, "button.menu", "menu")


def call(city: City, telephone: str) -> Choice:
    """A button that opens the telephone."""
    return Choice(city.say("button.call"), OpenUrl(tel(telephone)))


def tel(telephone: str) -> str:
    return "tel:" + "".join(character for character in telephone if character in "0123456789#+")


def map_link(address: str, place: Place | None) -> str:
    """A link that opens a map, at the coordinates where they are known."""
    where = f"{place.latitude},{place.longitude}" if place else address
    return f"https://www.google.com/maps/search/?api=1&query={quote_plus(where)}"


def telephone_fact(city: City, telephone: str) -> Fact:
    return Fact(city.say("fact.telephone"), telephone, tel(telephone))


def source_line(city: City, provenance: Provenance) -> str:
    """Where it comes from and when that was confirmed; says so where it was not."""
    source = city.say("source.name", source=provenance.source)
    if provenance.status is Status.UNCONFIRMED:
        known = provenance.confirmed_on or provenance.published_on
        key = "source.unconfirmed_since" if known else "source.unconfirmed"
        return f"{source}\n{city.say(key, day=day(city, known) if known else '')}"
    confirmed = provenance.confirmed_on or provenance.published_on
    return f"{source}\n{city.say('source.confirmed', day=day(city, confirmed))}" if confirmed else source


def month_day(city: City, moment: date) -> str:
    """11月28日."""
    return city.say("when.month_day", month=moment.month, day=moment.day)


def weekday(city: City, moment: date) -> str:
    """11月28日（土）."""
    name = city.say("when.weekdays")[moment.weekday()]
    return city.say("when.day", month=moment.month, day=moment.day, weekday=name)


def day(city: City, moment: date) -> str:
    return city.say("when.date", year=moment.year, month=moment.month, day=moment.day)


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
        return city.say("hours.open_until", time=clock(city, state.until))
    key = "hours.last_soon" if state.last_admission > now else "hours.last_past"
    admission = clock(city, state.last_admission)
    return city.say(key, time=clock(city, state.until), last=admission)


def _closed(city: City, state: hours.Closed, now: datetime) -> str:
    because = why(city, state.why)
    if state.opens is None:
        said = city.say("hours.closed", why=because)
    else:
        opens = state.opens
        said = city.say("hours.opens", why=because, when=_when(city, opens, now), time=clock(city, opens))
    if state.unknown_from is not None:
        said += city.say("hours.unknown_from", day=weekday(city, state.unknown_from))
    return said


def why(city: City, why: Why) -> str:
    """The reason in brackets, where there is one to tell: （年末年始）."""
    match why.reason:
        case Reason.YEAR_END:
            return city.say("hours.why", why=city.say("hours.year_end"))
        case Reason.HOLIDAY | Reason.CLOSURE if why.words:
            return city.say("hours.why", why=why.words)
        case _:
            return ""


def centre_now(city: City, now: datetime) -> str:
    """Whether the call centre answers now."""
    return open_now(city, city.profile.call_centre.hours, now)


def clock(city: City, moment: datetime) -> str:
    """9時, 16時30分."""
    key = "when.minutes" if moment.minute else "when.hours"
    return city.say(key, hour=moment.hour, minute=moment.minute)


def _when(city: City, moment: datetime, now: datetime) -> str:
    days = (moment.date() - now.astimezone(hours.JAPAN).date()).days
    if days in (0, 1):
        return city.say("when.tomorrow" if days else "when.today")
    return weekday(city, moment)
