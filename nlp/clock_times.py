"""Times of day in a text: 10時半, 15:00, 9時から5時, 17時以降, 夕方, お昼, 今.

An hour from 1 to 6 without 午前 or 朝 is the afternoon's, since that is when counters are open; what is taken
so says it (`Assumed.AFTERNOON`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time
from itertools import islice

from nlp.days.vocabulary import KANJI, NUMBER
from nlp.numerals import number
from nlp.when import Assumed, TimeSpan


@dataclass(frozen=True, slots=True)
class TimeFind:
    """Where a text speaks of a time; `span` is None for an hour that no day has (25時)."""

    start: int
    end: int
    span: TimeSpan | None
    assumed: frozenset[Assumed] = frozenset()
    is_now: bool = False


def _hours(start: int, end: int | None) -> TimeSpan:
    return TimeSpan(time(start), None if end is None else time(end))


_MORNING, _FORENOON, _AFTERNOON = _hours(6, 10), _hours(0, 12), _hours(12, None)
_NOON, _DAYTIME, _EVENING, _NIGHT = _hours(12, 13), _hours(9, 18), _hours(15, 18), _hours(18, None)
_DEEP_NIGHT = _hours(22, 5)
_PARTS = {
    # 夕方, 日中, 夜 as the Meteorological Agency has them (https://www.jma.go.jp/jma/kishou/know/yougo_hp/toki.html),
    # 深夜 as 労働基準法37条4項; a counter's morning ends later than the weather's.
    "午前中": _FORENOON, "午前": _FORENOON, "am": _FORENOON, "午後": _AFTERNOON, "pm": _AFTERNOON,
    "早朝": _hours(5, 8), "未明": _hours(0, 3), "朝一番": _MORNING, "朝一": _MORNING, "朝イチ": _MORNING,
    "朝いち": _MORNING, "朝": _MORNING, "午後一": _hours(13, 14), "午後イチ": _hours(13, 14), "正午": _hours(12, 12),
    "昼休み": _NOON, "昼間": _DAYTIME, "昼前": _hours(11, 12), "昼過ぎ": _hours(13, 15), "昼すぎ": _hours(13, 15),
    "昼": _NOON, "ひる": _NOON, "日中": _DAYTIME, "夕方": _EVENING, "ゆうがた": _EVENING, "夕": _EVENING,
    "夜間": _NIGHT, "夜": _NIGHT, "晩": _NIGHT, "よる": _NIGHT, "深夜": _DEEP_NIGHT, "真夜中": _DEEP_NIGHT,
    "夜中": _DEEP_NIGHT,
}  # fmt: skip
_LATE = {"午後", "pm", "夕方", "夕", "夜", "晩", "よる", "夜間", "昼", "昼過ぎ", "昼すぎ", "ひる"}
_PAST_MIDNIGHT = {"深夜", "真夜中", "夜中"}
_DEEP = _PAST_MIDNIGHT | {"夜", "晩", "よる", "夜間"}

_HOUR = (
    r"(?!一時(?!半|に|から|まで|頃|ごろ|過ぎ|すぎ|以降))"
    rf"(?P<hour>(?<![0-9〇一二三四五六七八九十何数:])(?:{NUMBER}))"
    r"(?:時(?!間|点|期|給|価|代|計|刻|差|的|保|預|金|帰|停|利|休|滞|速|効|折|払|避)"
    rf"(?:(?P<half>半)|(?P<minute>{NUMBER})分(?!間))?|(?<=[0-9]):(?P<colon>[0-5][0-9])(?![0-9:]))"
)
_BEFORE = rf"(?<![{KANJI}ァ-ヶー])"
_AFTER_DAY = rf"(?:{_BEFORE}|(?<=[日曜今明翌前末週祝金土])|(?<=毎))"
_AFTER = rf"(?![{KANJI}])|(?=[開空以行来遅早中受])"
_WORD = (
    rf"午前中|(?:午前|午後)(?:一(?!時)|イチ)?(?!様)|(?<![a-z])[ap]m(?=[ ]?[0-9]{{1,2}}[時:])|{_AFTER_DAY}(?:"
    rf"早朝(?:{_AFTER})|未明|朝一番|朝一(?!時)|朝イチ|朝いち|朝(?:{_AFTER}|(?=[0-9一二三四五六七八九十]))"
    rf"|お?昼休み|お?昼(?:間|前(?!後)|過ぎ|すぎ)|お?昼(?:{_AFTER}|(?=[0-9一二三四五六七八九十]))"
    rf"|夕方|夜間(?!中学)(?:{_AFTER})|(?:真夜中|深夜|夜中)(?:{_AFTER}|(?=[0-9一二三四五六七八九十]))"
    rf"|[夜晩夕](?:{_AFTER}|(?=[0-9一二三四五六七八九十])))"
    rf"|正午|(?<![今本明昨数終一二三四五六七八九十0-9])日中(?:{_AFTER})"
    r"|(?<![ぁ-んァ-ヶー])(?:おひる|ゆうがた|よる)(?=[はもにの、。?？\s]|から|まで|$|や|開|あ)"
)
_MOMENT = re.compile(
    rf"(?P<part>{_WORD})(?:の?\s?{_HOUR})?|{_HOUR.replace('?P<', '?P<bare_')}", re.IGNORECASE
)
_ASKED_NOW = r"(?:開|空|あい|あき|や[っり])"
_NOW = re.compile(
    rf"(?<![昨古])今(?:すぐ|の時間)?(?=から|[はも、 ]{{0,2}}{_ASKED_NOW}|行|って|[、。?!？！ ]|$)|今(?:すぐ|の時間)"
    rf"|(?<![ぁ-ん])いま(?:の時間)?(?=から|[はも、 ]{{0,2}}{_ASKED_NOW}|行|[、。?!？！ ]|$)"
    rf"|(?:ただ今|ただいま)(?=[はも、 ]{{0,2}}{_ASKED_NOW})"
)
_TO = re.compile(r"\s?(?:から|より|~|-)\s?(?:翌(?:日の?)?)?")
_END = re.compile(r"\s?まで(?:に(?!わた))?|の間")
_TIED = re.compile(
    r"(?P<until>\s?(?:まで(?:に(?!わた))?|以前|より前|(?<!分)前(?!後)))|(?P<since>\s?(?:過ぎて?|すぎて?|以降|以後|から|より後|~(?![0-9])))"
    r"|(?P<about>\s?(?:頃|ごろ|くらい|ぐらい|ちょうど))"
)
_LAST_EVENING = {"until": 8, "since": 7}
"""The last hour that is taken for the afternoon's: 7時まで is an evening, 7時 is not."""
NOON_BEGINS = 9
"""昼の11時 is before noon, 昼の1時 after."""
MOST = 16
"""Times that are read; nobody asks for more at once."""
NOBODYS = 25
"""No day has this hour."""


def times_in(even: str, now: time) -> Iterator[TimeFind]:
    """What an evened text says about times, in order; `now` is the time in Japan."""
    finds = sorted([*_clock(even), *_present(even, now)], key=lambda find: find.start)
    end = 0
    for find in finds:
        if find.start >= end:
            yield find
            end = find.end


def _present(even: str, now: time) -> Iterator[TimeFind]:
    now = now.replace(second=0, microsecond=0, tzinfo=None)
    for found in islice(_NOW.finditer(even), MOST):
        tied = re.compile("から").match(even, found.end())
        span = TimeSpan(now, None if tied else now)
        yield TimeFind(found.start(), tied.end() if tied else found.end(), span, is_now=True)


@dataclass(frozen=True, slots=True)
class _Said:
    """One time as written: a part of the day, an hour, or both."""

    start: int
    end: int
    part: str
    hour: int | None
    minute: int
    is_24: bool


def _clock(even: str) -> Iterator[TimeFind]:
    said = [_said(found) for found in islice(_MOMENT.finditer(even), MOST)]
    at = 0
    while at < len(said):
        each, at = said[at], at + 1
        if at < len(said) and _are_ends(even, each, said[at]):
            yield _through(even, each, said[at])
            at += 1
        else:
            yield _alone(even, each)


def _are_ends(even: str, first: _Said, last: _Said) -> bool:
    """9時から5時, 朝から夕方; not 朝から10時, which may be two things."""
    alike = (first.hour is None) == (last.hour is None)
    return alike and _TO.fullmatch(even, first.end, last.start) is not None


def _said(found: re.Match[str]) -> _Said:
    prefix = "" if found["part"] else "bare_"
    hour, minute = found[prefix + "hour"], found[prefix + "minute"] or found[prefix + "colon"]
    minutes = 30 if found[prefix + "half"] else number(minute) if minute else 0
    is_24 = bool(hour) and len(hour) == 2 and hour.startswith("0")
    part = (found["part"] or "").removeprefix("お").lower()
    if part == "正午":
        return _Said(*found.span(), "", 12, 0, is_24=True)
    return _Said(*found.span(), part, number(hour) if hour else None, minutes, is_24)


def _alone(even: str, said: _Said) -> TimeFind:
    found = _TIED.match(even, said.end)
    tie = found.lastgroup or "" if found else ""
    end = found.end() if found else said.end
    if said.hour is None:
        return TimeFind(said.start, end, _part(said.part, tie))
    moment, assumed = _moment(said, _LAST_EVENING.get(tie, 6))
    if moment is None:
        return TimeFind(said.start, end, None)
    if tie == "until":
        span = TimeSpan(time(0), _end(moment))
    elif tie == "since":
        span = TimeSpan(_time(moment), None)
    else:
        span = TimeSpan(_time(moment), _time(moment))
    return TimeFind(said.start, end, span, assumed)


def _part(word: str, tie: str) -> TimeSpan:
    span = _PARTS[word]
    return replace(span, end=None) if tie == "since" else span


def _through(even: str, first: _Said, last: _Said) -> TimeFind:
    """9時から5時: the second is after the first, so 6時から8時 ends at 20."""
    found = _END.match(even, last.end)
    end = found.end() if found else last.end
    if first.hour is None:
        span = replace(_PARTS[first.part], end=_PARTS[last.part].end)
        return TimeFind(first.start, end, span)
    begins, assumed = _moment(first, 6)
    ends, also = _moment(last, 6)
    if begins is None or ends is None:
        return TimeFind(first.start, end, None)
    if ends <= begins and not last.part and ends + 720 > begins and ends <= 720:
        ends, also = ends + 720, frozenset({Assumed.AFTERNOON})
    return TimeFind(first.start, end, TimeSpan(_time(begins), _end(ends)), assumed | also)


def _moment(said: _Said, last_evening: int) -> tuple[int | None, frozenset[Assumed]]:
    """Minutes since midnight, and what was assumed; None where no day has it."""
    hour = said.hour or 0
    if hour >= NOBODYS or said.minute >= 60 or (hour == 24 and said.minute):
        return None, frozenset()
    if said.part:
        return _with_part(hour, said.part) * 60 + said.minute, frozenset()
    if 1 <= hour <= last_evening and not said.is_24:
        return (hour + 12) * 60 + said.minute, frozenset({Assumed.AFTERNOON})
    return hour * 60 + said.minute, frozenset()


def _with_part(hour: int, part: str) -> int:
    if part in _DEEP and hour == 12:
        return 24
    if part in _DEEP and hour < (9 if part in _PAST_MIDNIGHT else 5):
        return hour
    if part == "昼" and hour > NOON_BEGINS:
        return hour
    return hour + 12 if hour < 12 and part in _LATE | _DEEP else hour


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _end(minutes: int) -> time | None:
    return None if minutes >= 24 * 60 else _time(minutes)
