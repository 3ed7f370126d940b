"""How a time that can be booked is said: 11月25日（水）13時から13時30分まで."""

from datetime import datetime

from faq.terms import Mode
from handlers import names
from handlers.city import City
from handlers.dates import say_day, say_span, say_time
from nlp.japan import JAPAN, today
from store.slots import TimeSlot


def say_slot(city: City, slot: TimeSlot, now: datetime) -> str:
    """Day and times, without what it is: it may be read over somebody's shoulder."""
    begins, ends = slot.starts_at.astimezone(JAPAN), slot.ends_at.astimezone(JAPAN)
    day = say_day(city, begins.date(), today(now))
    return city.say("when.span", day=day, span=say_span(city, begins.time(), ends.time()))


def say_moment(city: City, moment: datetime, now: datetime) -> str:
    """12月1日（火）9時; the time alone where it is today."""
    local = moment.astimezone(JAPAN)
    at = say_time(city, local.time())
    if local.date() == today(now):
        return at
    return city.say("when.moment", day=say_day(city, local.date(), today(now)), time=at)


def clock(moment: datetime) -> str:
    """13:30, for a button, which has room for some fifteen letters a line."""
    return f"{moment.astimezone(JAPAN):%H:%M}"


def where(city: City, slot: TimeSlot) -> str:
    """The place; that nobody need come; or that the place is not known."""
    office = city.directory.office(slot.office) if slot.office else None
    if slot.place:
        return names.place(city, slot.place)
    if office:
        return names.office(city, office)
    terms = city.terms.get(slot.programme)
    if terms and terms.modes and Mode.IN_PERSON not in terms.modes:
        return say_modes(city, terms.modes)
    numbers = (each.telephone for each in city.schedule.programmes if each.id == slot.programme)
    return city.say("booking.unknown_place", number=next(numbers, "") or city.profile.call_centre.telephone)


def say_modes(city: City, modes: tuple[Mode, ...]) -> str:
    """お電話で行います."""
    said = (city.say(f"booking.mode.{each.name.lower()}") for each in modes)
    return city.say("booking.by_mode", modes=city.listed(said, "choices"))
