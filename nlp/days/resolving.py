"""Each phrase resolved to days, seen from today.

Weeks are counted from Monday. What is open is taken as people mostly mean it, and said (`Assumed`); what
cannot be told is a `Puzzle`.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from nlp.days.frames import frame_of
from nlp.days.phrases import Phrase
from nlp.days.pieces import Impossible, Next, Nth, Past, Period, Weekdays
from nlp.days.resolved import Puzzle, Resolved, Sure, sure
from nlp.days.steps import monday_of
from nlp.when import Assumed, Kinds, Monthly, OnDays, Reason, Weekly, any_includes, is_nth

SUNDAY = 6
AHEAD = 400
"""Days in which the next of some weekdays or holidays is sought."""


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
    frame = frame_of(phrase, today, near)
    return _narrowed(frame, phrase, today) if isinstance(frame, Sure) else frame


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
    begin = max(first, today)
    one = next((day for day in _each(begin, last) if _fits(phrase.kinds, nth, day)), None)
    if one is None:
        began = first < today and any(_fits(phrase.kinds, nth, day) for day in _each(first, min(today, last)))
        return Puzzle(Reason.PAST if began else Reason.IMPOSSIBLE)
    other = next(day for day in _each(last, one) if _fits(phrase.kinds, nth, day))
    if one == other:
        return Sure(OnDays(one, one), frame.assumed | _counted_from_monday(phrase, one, today))
    return replace(frame, days=OnDays(one, other, phrase.kinds))


def _fits(kinds: Kinds, nth: Nth | None, day: date) -> bool:
    return (nth is None or is_nth(nth.nths, day)) and any_includes(kinds, day)


def _counted_from_monday(phrase: Phrase, day: date, today: date) -> frozenset[Assumed]:
    """Who counts weeks from Sunday means another day by 来週の日曜, but on a Sunday."""
    period = phrase.one(Period)
    is_week = period is not None and (period.last - period.first).days == SUNDAY
    ahead = day > monday_of(today) + timedelta(SUNDAY)
    is_open = is_week and ahead and day.weekday() == SUNDAY != today.weekday()
    return frozenset({Assumed.SUNDAY_ENDS_WEEK} if is_open else ())


def _each(first: date, last: date) -> Iterable[date]:
    """The days between, both included; backwards where the last is before the first."""
    step = 1 if last >= first else -1
    return (first + timedelta(step * many) for many in range(abs((last - first).days) + 1))


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
    if is_this_week and not which.nearest and max(kinds) <= SUNDAY:
        return Puzzle(Reason.WHICH_WEEK, (first, first + timedelta(7)))
    last = first
    while any_includes(kinds, last + timedelta(1)) and last.weekday() != SUNDAY:
        last += timedelta(1)
    return sure(first, last, *[Assumed.NOT_TODAY] * any_includes(kinds, today))


def _from(phrase: Phrase, near: date) -> Resolved | None:
    """The end of 来週の月曜から水曜."""
    nth = phrase.one(Nth)
    day = _next(phrase.kinds, near, nth.nths if nth else ())
    return sure(day, day) if day else None
