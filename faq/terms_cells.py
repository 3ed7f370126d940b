"""Terms of booking as staff write them in a cell: 前日17:00, 75歳以上, 年度に1回."""

import re
from datetime import time
from enum import StrEnum
from typing import Final, TypeVar

from faq import cells
from faq.cells import HYPHENS, CellType, Wrong, plain
from faq.sentences import Fault
from faq.terms import Ages, Before, Limit, Period

E = TypeVar("E", bound=StrEnum)

MOST_DAYS: Final = 400
"""How far ahead a booking can be: more than a year."""
_OLDEST: Final = 130

_NAMED_DAYS: Final = {"当日": 0, "前日": 1, "前々日": 2}
_BEFORE: Final = re.compile(r"(当日|前日|前々日|(\d{1,3})日前)の?(.+?)(?:から|まで)?", re.ASCII)
_TO: Final = re.compile(r"(\d{1,3})歳?(?:から|[~〜-])(\d{1,3})歳(?:まで)?", re.ASCII)
_FROM: Final = re.compile(r"(\d{1,3})歳以上", re.ASCII)
_UP_TO: Final = re.compile(r"(\d{1,3})歳以下", re.ASCII)
_EXACTLY: Final = re.compile(r"(\d{1,3})歳", re.ASCII)
_LIMIT: Final = re.compile(r"1?(日|か?月|年度|通算)に?(\d{1,2})回(?:まで)?", re.ASCII)
_SEPARATORS: Final = re.compile("[|｜、,・]")


def _squeezed(raw: str) -> str:
    return re.sub(r"\s", "", plain(raw))


def choices(kind: type[E]) -> CellType[tuple[E, ...]]:
    """Several of the values of an enumeration, separated by `|`; empty: none."""
    allowed = {member.value: member for member in kind}

    def parse(raw: str) -> tuple[E, ...] | Wrong:
        words = list(filter(None, map(plain, _SEPARATORS.split(raw))))
        if any(word not in allowed for word in words):
            return Wrong(Fault.NOT_CHOICES.format(allowed="、".join(allowed)))
        return tuple(dict.fromkeys(allowed[word] for word in words))

    return CellType(parse, "|".join, (), choices=tuple(allowed), several=True)


def _count(least: int, most: int) -> CellType[int]:
    """A number of things; empty: 0."""

    def parse(raw: str) -> int | Wrong:
        value = plain(raw)
        fits = re.fullmatch(r"\d{1,4}", value, re.ASCII) and least <= int(value) <= most
        return int(value) if fits else Wrong(Fault.BAD_COUNT.format(least=least, most=most))

    return CellType(parse, lambda value: str(value) if value else "", 0)


def _before(raw: str) -> Before | Wrong:
    found = _BEFORE.fullmatch(_squeezed(raw))
    if not found:
        return Wrong(Fault.BAD_BEFORE)
    at = cells.TIME.parse(found[3])
    days = int(found[2]) if found[2] else _NAMED_DAYS[found[1]]
    if at is None or isinstance(at, Wrong) or days > MOST_DAYS:
        return Wrong(Fault.BAD_BEFORE)
    return Before(days, at)


def _write_before(moment: Before) -> str:
    names = {0: "当日", 1: "前日"}
    return f"{names.get(moment.days, f'{moment.days}日前')}{moment.at:%H:%M}"


def _ages(raw: str) -> Ages | Wrong:
    value = _squeezed(raw).translate(HYPHENS)
    if both := _TO.fullmatch(value):
        ages = Ages(int(both[1]), int(both[2]))
    elif least := _FROM.fullmatch(value):
        ages = Ages(int(least[1]), None)
    elif most := _UP_TO.fullmatch(value):
        ages = Ages(None, int(most[1]))
    elif exactly := _EXACTLY.fullmatch(value):
        ages = Ages(int(exactly[1]), int(exactly[1]))
    else:
        return Wrong(Fault.BAD_AGES)
    in_order = (ages.least or 0) <= (_OLDEST if ages.most is None else ages.most) <= _OLDEST
    return ages if in_order else Wrong(Fault.BAD_AGES)


def _write_ages(ages: Ages) -> str:
    if ages.most is None:
        return f"{ages.least}歳以上"
    if ages.least is None:
        return f"{ages.most}歳以下"
    return f"{ages.least}歳" if ages.least == ages.most else f"{ages.least}歳から{ages.most}歳まで"


def _limit(raw: str) -> Limit | Wrong:
    found = _LIMIT.fullmatch(_squeezed(raw))
    if not found or int(found[2]) < 1:
        return Wrong(Fault.BAD_LIMIT)
    return Limit(int(found[2]), Period(found[1].removeprefix("か")))


def _write_limit(limit: Limit) -> str:
    within = limit.period if limit.period is Period.EVER else f"{limit.period}に"
    return f"{within}{limit.times}回"


BEFORE: Final = cells.optional(CellType(_before, _write_before, Before(0, time.min)))
AGES: Final = cells.optional(CellType(_ages, _write_ages, Ages(0, 0)))
LIMIT: Final = cells.optional(CellType(_limit, _write_limit, Limit(1, Period.EVER)))
MINUTES: Final = cells.optional(_count(1, 24 * 60))
SEATS: Final = cells.optional(_count(1, 9_999))
DAYS: Final = _count(0, MOST_DAYS)
