"""Days and times in words: 12月3日（木）, 16時30分."""

from datetime import date, time

from handlers.city import City
from nlp.holidays import is_holiday

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def say_day(city: City, day: date, today: date) -> str:
    """The day with its weekday; the year where it is not this one. By its date even tomorrow: it is read later too."""
    key = "when.day" if day.year == today.year else "when.day_in_year"
    weekday = say_weekday(city, day)
    return city.say(key, year=day.year, month=say_month(city, day), day=day.day, weekday=weekday)


def say_date(city: City, day: date) -> str:
    """With the year and without the weekday: 2026年12月3日."""
    return city.say("when.date", year=day.year, month=say_month(city, day), day=day.day)


def say_month(city: City, day: date) -> str:
    """12月, Dec."""
    return city.say(f"when.month.{_MONTHS[day.month - 1]}")


def say_weekday(city: City, day: date) -> str:
    """月, and 月・祝 on a national holiday."""
    weekday = city.say(f"when.weekday.{_WEEKDAYS[day.weekday()]}")
    return city.say("when.holiday", weekday=weekday) if is_holiday(day) else weekday


def say_time(city: City, moment: time) -> str:
    key = "when.minutes" if moment.minute else "when.hours"
    return city.say(key, hour=moment.hour, minute=moment.minute)


def say_span(city: City, opens: time, closes: time) -> str:
    """9時から16時30分まで."""
    return city.say("hours.span", opens=say_time(city, opens), closes=say_time(city, closes))
