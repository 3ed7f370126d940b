"""Days and moments in words, in Japan's time: 2026年11月24日（火）, 12時05分."""

from datetime import date, datetime, time

from nlp.eras import japanese_year
from nlp.holidays import is_holiday
from nlp.japan import JAPAN
from web.site import site


def say_day(day: date | datetime) -> str:
    """With its year and weekday; of a moment (aware) the day that it is in Japan."""
    return _say_day("when.day", day)


def say_short_day(day: date | datetime) -> str:
    """11月24日（火）: where the year stands beside it."""
    return _say_day("when.short_day", day)


def _say_day(key: str, day: date | datetime) -> str:
    if isinstance(day, datetime):
        day = day.astimezone(JAPAN).date()
    say = site().say
    letter = say("when.weekdays")[day.weekday()]
    weekday = say("when.holiday", weekday=letter) if is_holiday(day) else letter
    return say(key, year=day.year, month=day.month, day=day.day, weekday=weekday)


def say_birth_date(iso: str) -> str:
    """1950年1月2日（昭和25年）, as it stands on what people show."""
    born = date.fromisoformat(iso)
    era, era_year = japanese_year(born)
    values = {"year": born.year, "month": born.month, "day": born.day}
    return site().say("bookings.birth_date.says", **values, era=era, era_year=era_year)


def say_clock(at: time | datetime) -> str:
    """16時 and 16時05分; of a moment (aware) the time that it is in Japan."""
    if isinstance(at, datetime):
        at = at.astimezone(JAPAN).time()
    key = "when.minutes" if at.minute else "when.hours"
    return site().say(key, hour=at.hour, minute=at.minute)


def say_moment(at: datetime) -> str:
    """Day and time of an aware moment."""
    return f"{say_day(at)} {say_clock(at)}"
