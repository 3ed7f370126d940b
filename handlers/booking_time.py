"""How a time that can be booked is said: 11月25日（水）13時から13時30分まで."""

from datetime import datetime

from handlers.city import City
from handlers.dates import say_day, say_time
from nlp.japan import JAPAN, today
from store.slots import TimeSlot


def say_slot(city: City, slot: TimeSlot, now: datetime) -> str:
    """Day and times, without what it is: it may be read over somebody's shoulder."""
    begins, ends = slot.starts_at.astimezone(JAPAN), slot.ends_at.astimezone(JAPAN)
    times = city.say("hours.span", opens=say_time(city, begins.time()), closes=say_time(city, ends.time()))
    return say_day(city, begins.date(), today(now)) + times


def say_moment(city: City, moment: datetime, now: datetime) -> str:
    """12月1日（火）9時; the time alone where it is today."""
    local = moment.astimezone(JAPAN)
    at = say_time(city, local.time())
    return at if local.date() == today(now) else say_day(city, local.date(), today(now)) + at


def short(city: City, begins: datetime, ends: datetime) -> str:
    """13時〜13時30分, for a button."""
    opens, closes = (say_time(city, each.astimezone(JAPAN).time()) for each in (begins, ends))
    return city.say("booking.span", opens=opens, closes=closes)


def where(city: City, slot: TimeSlot) -> str:
    """The place as far as it is known."""
    office = city.directory.office(slot.office) if slot.office else None
    return slot.place or (office.name if office else "")
