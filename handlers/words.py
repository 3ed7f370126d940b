"""Pieces of replies that several handlers say."""

from datetime import date, datetime
from typing import assert_never
from urllib.parse import quote_plus

from faq import hours
from faq.models import Place, Provenance, Status
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


def without(city: City, plain: str, *groups: str) -> str:
    """A compacted text without the words of these groups of the wording, longest words first."""
    every = {word for group in groups for word in city.wording.words(group)}
    for word in sorted(every, key=len, reverse=True):
        plain = plain.replace(word, "")
    return plain


def source_line(city: City, provenance: Provenance) -> str:
    """Where it comes from and when that was confirmed; says so where it was not."""
    source = city.say("source.name", source=provenance.source)
    if provenance.status is Status.UNCONFIRMED:
        known = provenance.confirmed_on or provenance.published_on
        key = "source.unconfirmed_since" if known else "source.unconfirmed"
        return f"{source}\n{city.say(key, day=day(city, known) if known else '')}"
    confirmed = provenance.confirmed_on or provenance.published_on
    return f"{source}\n{city.say('source.confirmed', day=day(city, confirmed))}" if confirmed else source


def day(city: City, moment: date) -> str:
    return city.say("when.date", year=moment.year, month=moment.month, day=moment.day)


def open_now(city: City, opening_hours: str, now: datetime) -> str:
    """Whether it is open now, until when or from when, in one sentence."""
    match hours.state(opening_hours, now):
        case hours.Open(until=until):
            if until is None:
                return city.say("hours.always_open")
            return city.say("hours.open_until", time=_time(city, until))
        case hours.Closed(opens=opens):
            if opens is None:
                return city.say("hours.closed")
            return city.say("hours.opens", when=_when(city, opens, now), time=_time(city, opens))
        case hours.Unknown():
            return city.say("hours.unknown")
        case other:
            assert_never(other)


def centre_now(city: City, now: datetime) -> str:
    """Whether the call centre answers now."""
    return open_now(city, city.profile.call_centre.hours, now)


def _time(city: City, moment: datetime) -> str:
    key = "when.minutes" if moment.minute else "when.hours"
    return city.say(key, hour=moment.hour, minute=moment.minute)


def _when(city: City, moment: datetime, now: datetime) -> str:
    days = (moment.date() - now.astimezone(hours.JAPAN).date()).days
    if days in (0, 1):
        return city.say("when.tomorrow" if days else "when.today")
    weekday = city.say("when.weekdays")[moment.weekday()]
    return city.say("when.day", month=moment.month, day=moment.day, weekday=weekday)
