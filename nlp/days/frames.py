"""The stretch of days that a phrase names, without regard to weekdays: 来月, 12月3日, 年末年始."""

from datetime import date, timedelta

from nlp.days.phrases import Phrase
from nlp.days.pieces import Day, DayOfMonth, Month, Named, PartOfMonth, Period, Season, Year
from nlp.days.resolved import Puzzle, Resolved, Sure, sure
from nlp.days.steps import add_months
from nlp.holidays import holiday_name, is_day_off, workday_after
from nlp.when import Assumed, Kinds, OnDays, Reason, any_includes

RECENT = timedelta(60)
"""A day without a year that passed no longer ago may be meant as past; else the next year's is."""


def frame_of(phrase: Phrase, today: date, near: date | None) -> Resolved | None:
    """The days without regard to weekdays; they may have begun before today."""
    if day := phrase.one(Day):
        return _seen_from(day.day, phrase, today)
    if season := phrase.one(Season):
        return _season(season, phrase.one(Year), near or today)
    if named := phrase.one(Named):
        return _holiday(named, phrase.one(Year), near or today)
    if number := phrase.one(DayOfMonth):
        return _day(number.day, phrase, today, near)
    if month := phrase.one(Month):
        return _month(month, phrase, near or today)
    if period := phrase.one(Period):
        return sure(period.first, period.last)
    if part := phrase.one(PartOfMonth):
        return _part_of_some_month(part, near or today)
    if (year := phrase.one(Year)) and year.year >= today.year:
        return sure(date(year.year, 1, 1), date(year.year, 12, 31))
    return None


def _seen_from(day: date, phrase: Phrase, today: date) -> Resolved:
    """来年の今日, 来月の今日, 来週の今日: the day like this one, there; 29 February has no such day in most years."""
    year, month, week = phrase.one(Year), phrase.one(Month), phrase.one(Period)
    if (year and year.year != today.year) or month:
        said = year.year if year else (month and month.year) or day.year
        moved = _date(said, month.month if month else day.month, day.day)
        return sure(moved, moved) if moved else Puzzle(Reason.IMPOSSIBLE)
    if week and week.last - week.first == timedelta(6) and not week.first <= day <= week.last:
        day = week.first + timedelta(day.weekday())
    return sure(day, day)


def _season(season: Season, year: Year | None, today: date) -> Resolved:
    for each in [year.year] if year else [today.year - 1, today.year, today.year + 1]:
        crosses = season.last < season.first
        first, last = date(each, *season.first), date(each + crosses, *season.last)
        while season.stretches and is_day_off(last + timedelta(1)):
            last += timedelta(1)
        if season.after:
            first = last = workday_after(last)
        if last >= today:
            return sure(first, last)
    return Puzzle(Reason.PAST)


def _holiday(named: Named, year: Year | None, today: date) -> Resolved | None:
    for each in [year.year] if year else [today.year, today.year + 1]:
        first = date(each, named.month, 1)
        days = (first + timedelta(step) for step in range(31))
        day = next((day for day in days if day >= today and holiday_name(day) == named.name), None)
        if day:
            return sure(day, day)
    return Puzzle(Reason.PAST) if year else None


def _day(number: int, phrase: Phrase, today: date, near: date | None) -> Resolved:
    month, period = phrase.one(Month), phrase.one(Period)
    if month is None:
        return _day_of_some_month(number, phrase.kinds, period.first if period else near or today)
    year = phrase.one(Year)
    said = year.year if year else month.year
    if said is not None:
        day = _date(said, month.month, number)
        return sure(day, day) if day else Puzzle(Reason.IMPOSSIBLE)
    return _day_of_some_year(month.month, number, near or today)


def _day_of_some_year(month: int, number: int, today: date) -> Resolved:
    is_over = (month, number) < (today.month, today.day)
    day = _date(today.year + is_over, month, number)
    if day is None:
        return Puzzle(Reason.IMPOSSIBLE)
    passed = _date(today.year, month, number) if is_over else None
    if passed and today - passed <= RECENT:
        return Puzzle(Reason.PAST, (day,))
    return sure(day, day, *[Assumed.NEXT_YEAR] * is_over)


def _day_of_some_month(number: int, kinds: Kinds, today: date) -> Resolved:
    """This month's or the next one's; a weekday said beside it decides."""
    firsts = [add_months(today.replace(day=1), ahead) for ahead in range(4)]
    days = [day for first in firsts if (day := _date(first.year, first.month, number)) and day >= today]
    day = next((day for day in days[:2] if kinds and any_includes(kinds, day)), days[0])
    return sure(day, day, *[Assumed.NEXT_MONTH] * (day.month != today.month))


def _month(month: Month, phrase: Phrase, today: date) -> Resolved:
    year = phrase.one(Year)
    said = year.year if year else month.year
    is_over = month.month < today.month
    first = date(said or today.year + is_over, month.month, 1)
    frame = _within_month(phrase.one(PartOfMonth), first)
    if said is None and is_over and today - add_months(first, -11) <= RECENT:
        return Puzzle(Reason.PAST, (frame.first,))
    return Sure(frame, frozenset([Assumed.NEXT_YEAR] if said is None and is_over else []))


def _part_of_some_month(part: PartOfMonth, today: date) -> Sure:
    this = _within_month(part, today.replace(day=1))
    if this.last is not None and this.last >= today:
        return Sure(this)
    return Sure(_within_month(part, add_months(today.replace(day=1), 1)), frozenset({Assumed.NEXT_MONTH}))


def _within_month(part: PartOfMonth | None, first: date) -> OnDays:
    end = add_months(first, 1) - timedelta(1)
    if part is None:
        return OnDays(first, end)
    return OnDays(first.replace(day=min(part.first, end.day)), first.replace(day=min(part.last, end.day)))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
