"""Words for days put together into phrases, and each phrase resolved: 来月 + の + 第3 + 木曜 is one day.

Weeks are counted from Monday. What is open is taken as people mostly mean it, and said (`Assumed`); what
cannot be told is a `Puzzle`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from nlp.calendar_words import add_months, monday_of
from nlp.day_pieces import (
    Day,
    DayOfMonth,
    Impossible,
    Month,
    Named,
    Next,
    Nth,
    PartOfMonth,
    Past,
    Period,
    Piece,
    Season,
    Weekdays,
    Word,
    Year,
)
from nlp.holidays import holidays_of, is_day_off, workday_after
from nlp.when import Assumed, Days, Kinds, Monthly, OnDays, Reason, Weekly, any_includes, is_nth

RECENT = timedelta(60)
"""A day without a year that passed no longer ago may be meant as past; else the next year's is."""
AHEAD = 400
"""Days in which the next of some weekdays or holidays is sought."""

_P = TypeVar("_P", bound=Piece)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that say one thing together: 来月の第3木曜."""

    start: int
    end: int
    pieces: tuple[Piece, ...]

    def one(self, kind: type[_P]) -> _P | None:
        return next((piece for piece in self.pieces if isinstance(piece, kind)), None)

    @property
    def kinds(self) -> Kinds:
        return tuple(sorted({k for each in self.pieces if isinstance(each, Weekdays) for k in each.kinds}))

    def is_only(self, *kinds: type[Piece]) -> bool:
        return all(isinstance(piece, kinds) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Sure:
    days: Days
    assumed: frozenset[Assumed] = frozenset()


@dataclass(frozen=True, slots=True)
class Puzzle:
    reason: Reason
    candidates: tuple[date, ...] = ()


Resolved = Sure | Puzzle

_ORDER: tuple[tuple[type[Piece], ...], ...] = (
    (Year, Past),
    (Month, Period, Season, Named),
    (Impossible,),
    (DayOfMonth, PartOfMonth, Day),
    (Nth, Next),
    (Weekdays,),
)
"""A phrase goes from the large to the small; what goes back begins a new one."""
_JOINS = re.compile(r"の?|中の|内の|\s{1,2}")
_LISTS = re.compile(r"\s?[・、,/かとや]{1,2}\s?|\s?|または|もしくは|および|及び")


def phrases(even: str, words: Iterable[Word]) -> list[Phrase]:
    """The words in phrases, in order."""
    built: list[Phrase] = []
    for word in words:
        last = built[-1] if built else None
        if last and _belongs(last, word, even[last.end : word.start]):
            built[-1] = Phrase(last.start, word.end, last.pieces + word.pieces)
        else:
            built.append(Phrase(word.start, word.end, word.pieces))
    return built


def _belongs(phrase: Phrase, word: Word, gap: str) -> bool:
    last, first = phrase.pieces[-1], word.pieces[0]
    if isinstance(last, Weekdays) and isinstance(first, Weekdays):
        return _LISTS.fullmatch(gap) is not None
    return _place(last) < _place(first) and _JOINS.fullmatch(gap) is not None


def _place(piece: Piece) -> int:
    return next(place for place, kinds in enumerate(_ORDER) if isinstance(piece, kinds))


def resolve(phrase: Phrase, today: date, near: date | None = None) -> Resolved | None:
    """The days of a phrase; nothing where it says none (the year 2020 alone).

    `near` is the day named just before (12月29日から3日まで): what is open is counted from there.
    """
    if phrase.one(Past):
        return Puzzle(Reason.PAST)
    if phrase.one(Impossible):
        return Puzzle(Reason.IMPOSSIBLE)
    if phrase.is_only(Nth, Next, Weekdays):
        return _in_general(phrase, today) if near is None else _from(phrase, near)
    frame = _frame(phrase, today, near)
    return _narrowed(frame, phrase, today) if isinstance(frame, Sure) else frame


def _sure(first: date, last: date, *assumed: Assumed) -> Sure:
    return Sure(OnDays(first, last), frozenset(assumed))


def _frame(phrase: Phrase, today: date, near: date | None) -> Resolved | None:
    """The days without regard to weekdays; they may have begun before today."""
    if day := phrase.one(Day):
        return _sure(day.day, day.day)
    if season := phrase.one(Season):
        return _season(season, phrase.one(Year), near or today)
    if named := phrase.one(Named):
        return _holiday(named, phrase.one(Year), near or today)
    if number := phrase.one(DayOfMonth):
        return _day(number.day, phrase, today, near)
    if month := phrase.one(Month):
        return _month(month, phrase, near or today)
    if period := phrase.one(Period):
        return _sure(period.first, period.last)
    if part := phrase.one(PartOfMonth):
        return _part_of_some_month(part, near or today)
    if (year := phrase.one(Year)) and year.year >= today.year:
        return _sure(date(year.year, 1, 1), date(year.year, 12, 31))
    return None


def _season(season: Season, year: Year | None, today: date) -> Resolved:
    for each in [year.year] if year else [today.year - 1, today.year, today.year + 1]:
        crosses = season.last < season.first
        first, last = date(each, *season.first), date(each + crosses, *season.last)
        while season.stretches and is_day_off(last + timedelta(1)):
            last += timedelta(1)
        if season.after:
            first = last = workday_after(last)
        if last >= today:
            return _sure(first, last)
    return Puzzle(Reason.PAST)


def _holiday(named: Named, year: Year | None, today: date) -> Resolved | None:
    for each in [year.year] if year else [today.year, today.year + 1]:
        for day, name in holidays_of(each).items():
            if name == named.name and day >= today:
                return _sure(day, day)
    return Puzzle(Reason.PAST) if year else None


def _day(number: int, phrase: Phrase, today: date, near: date | None) -> Resolved:
    month, period = phrase.one(Month), phrase.one(Period)
    if month is None:
        return _day_of_some_month(number, phrase.kinds, period.first if period else near or today)
    year = phrase.one(Year)
    said = year.year if year else month.year
    if said is not None:
        day = _date(said, month.month, number)
        return _sure(day, day) if day else Puzzle(Reason.IMPOSSIBLE)
    return _day_of_some_year(month.month, number, near or today)


def _day_of_some_year(month: int, number: int, today: date) -> Resolved:
    is_over = (month, number) < (today.month, today.day)
    day = _date(today.year + is_over, month, number)
    if day is None:
        return Puzzle(Reason.IMPOSSIBLE)
    passed = _date(today.year, month, number) if is_over else None
    if passed and today - passed <= RECENT:
        return Puzzle(Reason.PAST, (day,))
    return _sure(day, day, *[Assumed.NEXT_YEAR] * is_over)


def _day_of_some_month(number: int, kinds: Kinds, today: date) -> Resolved:
    """This month's or the next one's; a weekday said beside it decides."""
    firsts = [add_months(today.replace(day=1), ahead) for ahead in range(4)]
    days = [day for first in firsts if (day := _date(first.year, first.month, number)) and day >= today]
    day = next((day for day in days[:2] if kinds and any_includes(kinds, day)), days[0])
    return _sure(day, day, *[Assumed.NEXT_MONTH] * (day.month != today.month))


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


def _narrowed(frame: Sure, phrase: Phrase, today: date) -> Resolved:
    """The days of a frame that are not over and fit the weekdays said."""
    assert isinstance(frame.days, OnDays)
    first, last = frame.days.first, frame.days.last
    assert last is not None
    if last < today:
        return Puzzle(Reason.PAST)
    if not phrase.kinds:
        return replace(frame, days=OnDays(max(first, today), last))
    if first == last and not any_includes(phrase.kinds, first):
        return Puzzle(Reason.WEEKDAY_DIFFERS, tuple(sorted({first, _nearest(phrase.kinds, first, today)})))
    nth = phrase.one(Nth)
    left = [day for day in _each(max(first, today), last) if _fits(phrase.kinds, nth, day)]
    if not left:
        began = any(_fits(phrase.kinds, nth, day) for day in _each(first, min(today, last)))
        return Puzzle(Reason.PAST if began else Reason.IMPOSSIBLE)
    kinds = phrase.kinds if len(left) > 1 else ()
    return Sure(OnDays(left[0], left[-1], kinds), frame.assumed | _counted_from_monday(phrase, left, today))


def _fits(kinds: Kinds, nth: Nth | None, day: date) -> bool:
    return any_includes(kinds, day) and (nth is None or is_nth(nth.nths, day))


def _counted_from_monday(phrase: Phrase, days: list[date], today: date) -> frozenset[Assumed]:
    """Who counts weeks from Sunday means another day by 来週の日曜, but on a Sunday."""
    is_week = (period := phrase.one(Period)) and (period.last - period.first).days == 6
    ahead = days[0] > monday_of(today) + timedelta(6)
    is_open = is_week and ahead and len(days) == 1 and days[0].weekday() == 6 and today.weekday() != 6
    return frozenset({Assumed.SUNDAY_ENDS_WEEK} if is_open else ())


def _each(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(step) for step in range((last - first).days + 1))


def _nearest(kinds: Kinds, day: date, today: date) -> date:
    around = [day + timedelta(step) for step in (-1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6)]
    return next((each for each in around if each >= today and any_includes(kinds, each)), day)


def _next(kinds: Kinds, first: date, nths: tuple[int, ...] = ()) -> date | None:
    days = (first + timedelta(step) for step in range(AHEAD))
    return next((day for day in days if any_includes(kinds, day) and (not nths or is_nth(nths, day))), None)


def _in_general(phrase: Phrase, today: date) -> Resolved | None:
    """Weekdays without a frame: in general, or with 次の and 今度の the coming one."""
    kinds, nth = phrase.kinds, phrase.one(Nth)
    if not kinds:
        return None
    if nth:
        first = _next(kinds, today, nth.nths)
        return Sure(Monthly(nth.nths, kinds, first)) if first else None
    if which := phrase.one(Next):
        return _coming(kinds, which, today)
    first = _next(kinds, today)
    return Sure(Weekly(kinds, first)) if first else None


def _coming(kinds: Kinds, which: Next, today: date) -> Resolved | None:
    first = _next(kinds, today + timedelta(1))
    if first is None:
        return None
    is_this_week = monday_of(first) == monday_of(today)
    if is_this_week and not which.nearest and max(kinds) < 7:
        return Puzzle(Reason.WHICH_WEEK, (first, first + timedelta(7)))
    last = first
    while any_includes(kinds, last + timedelta(1)) and last.weekday() != 6:
        last += timedelta(1)
    return _sure(first, last, *[Assumed.NOT_TODAY] * any_includes(kinds, today))


def _from(phrase: Phrase, near: date) -> Resolved | None:
    """The end of 来週の月曜から水曜."""
    nth = phrase.one(Nth)
    day = _next(phrase.kinds, near, nth.nths if nth else ())
    return _sure(day, day) if day else None
