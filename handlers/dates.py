"""Days and times in words: 12月3日（木）, 16時30分."""

from datetime import date, time

from handlers.city import City
from nlp.holidays import is_holiday


def say_day(city: City, day: date, today: date) -> str:
    """The day with its weekday; the year where it is not this one. By its date even tomorrow: it is read later too."""
    key = "when.day" if day.year == today.year else "when.day_in_year"
    weekday = say_weekday(city, day)
    return city.say(key, year=day.year, month=day.month, day=day.day, weekday=weekday)


def say_weekday(city: City, day: date) -> str:
    """月, and 月・祝 on a national holiday."""
    letter = city.say("when.weekdays")[day.weekday()]
    return city.say("when.holiday", weekday=letter) if is_holiday(day) else letter


def say_time(city: City, moment: time) -> str:
    key = "when.minutes" if moment.minute else "when.hours"
    return city.say(key, hour=moment.hour, minute=moment.minute)
