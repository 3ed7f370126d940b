"""Phrases for days with what ties them: から, 〜, まで, 以降, 以外, and lists of days of one month."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nlp.days.phrases import Phrase, phrases
from nlp.days.pieces import DayOfMonth, Month, Nth, Period, Piece, Weekdays, Year
from nlp.days.resolved import Puzzle, Resolved, Sure
from nlp.days.resolving import resolve
from nlp.days.steps import kinds_between
from nlp.days.vocabulary import NUMBER
from nlp.days.words import words_in
from nlp.numerals import number
from nlp.when import DayKind, Days, Kinds, OnDays, Reason, Weekly


@dataclass(frozen=True, slots=True)
class DayFind:
    """Where a text speaks of days, and of which."""

    start: int
    end: int
    resolved: Resolved


_TO = re.compile(r"\s?(?:から|より|~|-)\s?(?:翌年?の?)?")
_BORN = re.compile(r"に?お?(?:生まれ|うまれ|生れ|生(?=[のでは、 ]|$))")
"""A birth date says who somebody is, not when."""
_LIST = re.compile(r"\s?[・、,かとや]{1,2}\s?|または|もしくは|および|及び")
_END = re.compile(r"\s?まで(?:に(?!わた))?|の間")
_AFTER = re.compile(
    rf"(?P<span>から(?P<days>{NUMBER})日間)|(?P<since>\s?(?:以降|以後|より後|から|~(?![0-9])))"
    r"|(?P<until>\s?(?:まで(?:に(?!わた))?|以前|より前))"
    r"|(?P<but>以外|を?除く)|(?P<during>中(?=[にのはも、。?？\s]|$)|いっぱい|の間|ごろ|頃)"
)
_WEEK = tuple(DayKind)[:7]
_DAYS_OFF = (DayKind.SATURDAY, DayKind.SUNDAY, DayKind.HOLIDAY)
_WORKDAYS = (DayKind.WORKDAY,)


def days_in(even: str, today: date) -> Iterator[DayFind]:
    """What an evened text says about days, in order."""
    for find in _all_days(even, phrases(even, words_in(even, today)), today):
        if not _BORN.match(even, find.end):
            yield find


def _all_days(even: str, found: list[Phrase], today: date) -> Iterator[DayFind]:
    at, before, near = 0, None, None
    while at < len(found):
        phrase, at = found[at], at + 1
        listed = before is not None and _LIST.fullmatch(even, before.end, phrase.start)
        if before and listed and phrase.one(Nth) and phrase.is_only(Nth, Weekdays):
            phrase = replace(phrase, pieces=_frame_of(before) + phrase.pieces)
        counts_on = listed and phrase.one(DayOfMonth) and phrase.is_only(DayOfMonth, Weekdays)
        resolved = resolve(phrase, today, _floor(near, today) if counts_on and near else None)
        if at < len(found) and _TO.fullmatch(even, phrase.end, found[at].start):
            until, at = found[at], at + 1
            yield _closed(even, phrase.start, until.end, _through(phrase, resolved, until, today))
        elif resolved is not None:
            yield from _tied(even, DayFind(phrase.start, phrase.end, resolved), today)
        before, near = found[at - 1], _first_of(resolved)


def _frame_of(phrase: Phrase) -> tuple[Piece, ...]:
    """来月 of 来月の第2土曜か第4土曜, which goes for both."""
    return tuple(piece for piece in phrase.pieces if isinstance(piece, (Year, Month, Period)))


def _floor(near: date, today: date) -> date:
    """Where the second of 12月3日か5日 is counted from; 30日か1日 goes over the month's end."""
    return near if near.day > LATE else max(near.replace(day=1), today)


LATE = 24


def _first_of(resolved: Resolved | None) -> date | None:
    return resolved.days.first if isinstance(resolved, Sure) else None


def _through(phrase: Phrase, begins: Resolved | None, until: Phrase, today: date) -> Resolved:
    """From the one to the other, both included."""
    if phrase.is_only(Weekdays) and until.is_only(Weekdays):
        return _weekdays_through(phrase.kinds, until.kinds, today)
    if isinstance(begins, Puzzle) and begins.reason is not Reason.PAST:
        return begins
    ends = resolve(until, today, _first_of(begins))
    match ends:
        case Sure(days=OnDays(last=last)) if last is not None:
            first = _first_of(begins) or today
            assumed = ends.assumed | (begins.assumed if isinstance(begins, Sure) else frozenset())
            return Sure(OnDays(first, last), assumed) if first <= last else Puzzle(Reason.IMPOSSIBLE)
        case Puzzle():
            return ends
        case _:
            return begins or Puzzle(Reason.IMPOSSIBLE)


def _weekdays_through(first: Kinds, last: Kinds, today: date) -> Resolved:
    kinds = kinds_between(first[0], last[-1]) if max(first + last) < DayKind.HOLIDAY else first + last
    return Sure(Weekly(kinds, _next(kinds, today)))


def _next(kinds: Kinds, today: date) -> date:
    return next(day for step in range(400) if Weekly(kinds, day := today + timedelta(step)).includes(day))


def _closed(even: str, start: int, end: int, resolved: Resolved) -> DayFind:
    found = _END.match(even, end)
    return DayFind(start, found.end() if found else end, resolved)


def _tied(even: str, find: DayFind, today: date) -> Iterator[DayFind]:
    """With the word that opens its end or its beginning, or turns it round; nothing where it cannot be turned."""
    found = _AFTER.match(even, find.end)
    if not found or not isinstance(find.resolved, Sure):
        yield find
        return
    days = find.resolved.days
    last = days.last if isinstance(days, OnDays) else days.first
    tied: Days | None = days
    match found.lastgroup:
        case "span" | "days":
            tied = OnDays(days.first, days.first + timedelta(number(found["days"]) - 1))
        case "since":
            tied = OnDays(days.first, None)
        case "until":
            tied = OnDays(today, last)
        case "but":
            tied = _all_but(days, today)
    if tied:
        yield DayFind(find.start, found.end(), replace(find.resolved, days=tied))


def _all_but(days: Days, today: date) -> Weekly | None:
    """土日以外. Nothing for days that are not weekly, and for 祝日以外, which is nearly always."""
    if not isinstance(days, Weekly) or not (others := _others(days.kinds)):
        return None
    return Weekly(others, _next(others, today))


def _others(kinds: Kinds) -> Kinds:
    if DayKind.WORKDAY in kinds:
        return _DAYS_OFF
    if set(kinds) >= set(_DAYS_OFF):
        return _WORKDAYS
    return tuple(kind for kind in _WEEK if kind not in kinds) if max(kinds) < DayKind.HOLIDAY else ()
