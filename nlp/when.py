"""What a text says about days and times: the values that `nlp/dates.py` reads."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum, IntEnum

from nlp.holidays import is_holiday


class DayKind(IntEnum):
    """A weekday, numbered as `date.weekday()`, or a kind of day that only a calendar knows."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6
    HOLIDAY = 7
    """祝日: a national holiday."""
    EVE = 8
    """祝前日: the day before a national holiday."""
    WORKDAY = 9
    """平日: Monday to Friday and no national holiday."""

    def includes(self, day: date) -> bool:
        if self <= DayKind.SUNDAY:
            return day.weekday() == self
        if self is DayKind.HOLIDAY:
            return is_holiday(day)
        if self is DayKind.EVE:
            return is_holiday(day + timedelta(1))
        return day.weekday() < DayKind.SATURDAY and not is_holiday(day)


Kinds = tuple[DayKind, ...]


def any_includes(kinds: Kinds, day: date) -> bool:
    return any(kind.includes(day) for kind in kinds)


@dataclass(frozen=True, slots=True)
class OnDays:
    """Days of the calendar: 12月3日, 来週の火曜か水曜, 12月以降."""

    first: date
    last: date | None
    """Included; None where there is no end (12月以降)."""
    kinds: Kinds = ()
    """Only days of one of these kinds; all where empty."""

    def includes(self, day: date) -> bool:
        within = self.first <= day and (self.last is None or day <= self.last)
        return within and (not self.kinds or any_includes(self.kinds, day))


@dataclass(frozen=True, slots=True)
class Weekly:
    """Weekdays and kinds of days in general, and the next of them: 土曜は?, 月・水・金, 祝日は?"""

    kinds: Kinds
    first: date
    """The next such day, today included."""

    def includes(self, day: date) -> bool:
        return any_includes(self.kinds, day)


@dataclass(frozen=True, slots=True)
class Monthly:
    """Weekdays by their place in the month, in general, and the next of them: 第2・第4木曜."""

    nths: tuple[int, ...]
    """1 to 5; -1 for the month's last."""
    kinds: Kinds
    first: date
    """The next such day, today included."""

    def includes(self, day: date) -> bool:
        return is_nth(self.nths, day) and any_includes(self.kinds, day)


Days = OnDays | Weekly | Monthly


def is_nth(nths: tuple[int, ...], day: date) -> bool:
    """Whether it is the first, second, ... such weekday of its month."""
    if (day.day - 1) // 7 + 1 in nths:
        return True
    return -1 in nths and (day + timedelta(7)).month != day.month


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Times of a day in Japan. 10時半 is a moment: `start` is `end`."""

    start: time
    end: time | None
    """None for midnight at the end of the day. Before `start` where the span runs past midnight (深夜)."""

    @property
    def is_moment(self) -> bool:
        return self.start == self.end


class Assumed(Enum):
    """What the text leaves open and was taken as people mostly mean it: worth showing in the answer."""

    NEXT_MONTH = "next month"
    """3日, said on the 20th."""
    NEXT_YEAR = "next year"
    """1月5日, said in November."""
    AFTERNOON = "afternoon"
    """5時, for 17時."""
    SUNDAY_ENDS_WEEK = "Sunday ends the week"
    """来週の日曜: weeks are counted from Monday, and some people count from Sunday."""
    NOT_TODAY = "not today"
    """次の金曜, said on a Friday: a week later."""


@dataclass(frozen=True, slots=True)
class When:
    """One day or period, one time, or both: what is to be looked up."""

    days: Days | None
    """None where only a time was said (お昼もやってる?)."""
    hours: TimeSpan | None
    text: str
    """The words that it was read from, as written."""
    assumed: frozenset[Assumed] = frozenset()


class Reason(Enum):
    """Why one must ask back."""

    IMPOSSIBLE = "impossible"
    """2月30日, 13月1日, 25時, 29 February of a year without."""
    PAST = "past"
    """It is over: 昨日, 2020年1月5日, 11月20日 said two days later."""
    WHICH_WEEK = "which week"
    """次の金曜, said on a Monday: `candidates` are this week's and the next's."""
    WEEKDAY_DIFFERS = "weekday differs"
    """12月3日（水）, which is a Thursday: `candidates` are that day, and the nearest such weekday."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words about a day or time that cannot be told, to be asked back."""

    reason: Reason
    text: str
    candidates: tuple[date, ...] = ()
    """Days that may be meant, none of them past; may be empty."""
    hours: TimeSpan | None = None
    """The time said with it, which need not be asked again."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a text says about days and times, in its order."""

    whens: tuple[When, ...]
    """Alternatives or several wishes: 明日か明後日, 午前か午後."""
    unclear: tuple[Unclear, ...]
    spans: tuple[tuple[int, int], ...]
    """Where it stands in the text (code points, end excluded), in order and apart from each other."""
    rest: str
    """The text without it: what it is about."""
