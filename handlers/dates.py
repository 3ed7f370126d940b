"""Days and times in words: 12月3日（木）, あした（23日・月・祝）, 9時から16時30分まで."""

from datetime import date, time

from handlers.city import City
from nlp.eras import era_of
from nlp.holidays import is_holiday
from nlp.when import OnDays, TimeSpan

_NEAR = ("when.today", "when.tomorrow", "when.day_after_tomorrow")


def say_day(city: City, day: date, today: date, *, near: bool = True) -> str:
    """The day with its weekday, as one says it today; the year where it is not this one.

    Without `near`, today and the two days after it are said by their date, too (for what is read later).
    """
    if near and 0 <= (day - today).days < len(_NEAR):
        name = city.say(_NEAR[(day - today).days])
        return city.say("when.near", name=name, day=day.day, weekday=say_weekday(city, day))
    key = "when.day" if day.year == today.year else "when.day_in_year"
    weekday = say_weekday(city, day)
    return city.say(key, year=day.year, month=day.month, day=day.day, weekday=weekday)


def say_day_in_era(city: City, day: date) -> str:
    """令和8年12月3日（木）, as forms have it. Raises ValueError for a day before 明治."""
    era, year = era_of(day)
    said = year if year > 1 else city.say("when.first_year")
    return city.say(
        "when.day_in_era", era=era, year=said, month=day.month, day=day.day, weekday=say_weekday(city, day)
    )


def say_weekday(city: City, day: date) -> str:
    """月, and 月・祝 on a national holiday."""
    letter = city.say("when.weekdays")[day.weekday()]
    return city.say("when.holiday", weekday=letter) if is_holiday(day) else letter


def say_days(city: City, days: OnDays, today: date) -> str:
    """One day, from the first to the last, or from the first on; which weekdays of them is not said."""
    first = say_day(city, days.first, today)
    if days.last is None:
        return city.say("when.days_from", first=first)
    if days.first == days.last:
        return first
    return city.say("when.days", first=first, last=say_day(city, days.last, today))


def say_span(city: City, span: TimeSpan) -> str:
    """9時から16時30分まで, 17時から, 12時まで, 10時30分."""
    if span.end is not None and span.is_moment:
        return say_time(city, span.start)
    if span.end is None:
        return city.say("when.times_from", first=say_time(city, span.start))
    last = say_time(city, span.end)
    if span.start == time(0):
        return city.say("when.times_until", last=last)
    return city.say("when.times", first=say_time(city, span.start), last=last)


def say_time(city: City, moment: time) -> str:
    key = "when.minutes" if moment.minute else "when.hours"
    return city.say(key, hour=moment.hour, minute=moment.minute)
