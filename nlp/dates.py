"""What a resident's Japanese says about days and times, told from a given moment in Japan's time.

    >>> from datetime import UTC, datetime
    >>> read("法律相談 来週の火曜か水曜", datetime(2026, 11, 20, 9, tzinfo=UTC)).rest
    '法律相談'

What it takes an open date for, what it asks back and what it does not read stands in docs/dates.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from nlp.char_filters import cut
from nlp.clock_times import TimeFind, times_in
from nlp.days.ranges import DayFind, days_in
from nlp.days.resolved import Puzzle, Sure
from nlp.japan import JAPAN
from nlp.numerals import even_letters
from nlp.when import Assumed, OnDays, Reading, Reason, Unclear, When

LONGEST = 1_000
"""Code points that are read: what somebody asks is in the first 1,000 (as `nlp/analyzer.py` has it)."""

_OR = re.compile(r"\s?[・/かとや]\s?|または|もしくは|および|及び")
_NEXT_TIME = re.compile(r"(?:次|つぎ|今度|こんど)(?:は|って)?(?:いつ|何時)")
_PARTICLE = re.compile(
    r"の|に?は|では|に|で(?![すしき])|も(?!っ)|が|を|って|なら|(?:とか|か|と)(?=[、,?？\s]|$)|、|"
)
_BETWEEN = re.compile(r"[・、,/かとや\s]{0,3}|または|もしくは|および|及び")
_ADJACENT = 2
"""Letters between a day and its time that may be shown with them: 明日 の 夜."""


def read(text: str, now: datetime) -> Reading:
    """The days and times in any text, seen from `now` (aware; raises ValueError for a naive one)."""
    if now.tzinfo is None:
        raise ValueError("now must say its time zone")
    here = now.astimezone(JAPAN)
    even = even_letters(cut(text, LONGEST))
    days = [*days_in(even, here.date()), *_from_now_on(even, here.date())]
    times = [find for find in times_in(even, here.time()) if not any(_overlap(find, day) for day in days)]
    told = [_tell(text, each) for each in _together(even, days, times, here.date())]
    spans = tuple((find.start, find.end) for find in _in_order(days, times))
    return Reading(
        tuple(each for each in told if isinstance(each, When)),
        tuple(each for each in told if isinstance(each, Unclear)),
        spans,
        _rest(text, spans),
    )


def _from_now_on(even: str, today: date) -> Iterator[DayFind]:
    """次はいつ: whatever comes first."""
    for found in _NEXT_TIME.finditer(even):
        yield DayFind(*found.span(), Sure(OnDays(today, None)))


def _overlap(time: TimeFind, day: DayFind) -> bool:
    return time.start < day.end and day.start < time.end


def _in_order(days: list[DayFind], times: list[TimeFind]) -> list[DayFind | TimeFind]:
    finds: list[DayFind | TimeFind] = [*days, *times]
    return sorted(finds, key=lambda find: find.start)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A day and its time; one of them at least."""

    day: DayFind | None
    time: TimeFind | None


def _together(even: str, days: list[DayFind], times: list[TimeFind], today: date) -> list[_Pair]:
    """Each time with the days before it that have none yet (3日か4日の午後), else with the day after it.

    夜や土日 are two wishes, 午後、土曜 is one.
    """
    pairs: list[_Pair] = []
    for find in _in_order(days, times):
        last = pairs[-1] if pairs else _Pair(None, None)
        if isinstance(find, DayFind):
            if last.time and not last.day and not _OR.fullmatch(even, last.time.end, find.start):
                pairs[-1] = _Pair(find, last.time)
            else:
                pairs.append(_Pair(find, None))
        elif find.is_now and last.day is None:
            now = DayFind(find.start, find.end, Sure(OnDays(today, today)))
            pairs.append(_Pair(now, find))
        elif last.day and last.time:
            pairs.append(_Pair(last.day, find))
        else:
            pairs = _timed(pairs, find)
    return pairs


def _timed(pairs: list[_Pair], time: TimeFind) -> list[_Pair]:
    if not pairs or pairs[-1].day is None:
        return [*pairs, _Pair(None, time)]
    return [pair if pair.time else replace(pair, time=time) for pair in pairs]


def _tell(text: str, pair: _Pair) -> When | Unclear:
    day, time = pair.day, pair.time
    said = _words(text, pair)
    hours = time.span if time else None
    if time and hours is None:
        return Unclear(Reason.IMPOSSIBLE, said)
    if day is None:
        return When(None, hours, said, _assumed(time))
    match day.resolved:
        case Sure(days=days, assumed=assumed):
            return When(days, hours, said, assumed | _assumed(time))
        case Puzzle(reason=reason, candidates=candidates):
            return Unclear(reason, said, candidates, hours)


def _assumed(time: TimeFind | None) -> frozenset[Assumed]:
    return time.assumed if time else frozenset()


def _words(text: str, pair: _Pair) -> str:
    """As written, with what stands between where that is little."""
    finds = _in_order([pair.day] if pair.day else [], [pair.time] if pair.time else [])
    first, last = finds[0], finds[-1]
    if last.start - first.end <= _ADJACENT:
        return text[first.start : last.end]
    return text[first.start : first.end] + text[last.start : last.end]


def _rest(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """The text around the spans, without the particle that tied each to what follows."""
    parts: list[str] = []
    done = 0
    for start, end in spans:
        if not _BETWEEN.fullmatch(text, done, start):
            parts.append(text[done:start])
        particle = _PARTICLE.match(text, end)
        done = particle.end() if particle else end
    return " ".join(" ".join([*parts, text[done:]]).split())
