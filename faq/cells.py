"""The kinds of value that a cell can hold: text -> value or what is wrong with it, and back."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from enum import Enum, StrEnum, auto
from typing import Final, Generic, TypeVar
from urllib.parse import urlsplit

from faq.sentences import Fault

V = TypeVar("V")
E = TypeVar("E", bound=StrEnum)


class Form(Enum):
    """What a cell was before it became text, where that matters."""

    DATE = auto()
    TIME = auto()
    FORMULA = auto()
    ERROR = auto()
    NESTED = auto()


@dataclass(frozen=True, slots=True)
class Special:
    """A cell that its program kept as something other than text or a number."""

    text: str
    form: Form


Cell = str | Special


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell cannot be taken."""

    reason: str


@dataclass(frozen=True, slots=True)
class CellType(Generic[V]):
    """How a kind of value is read and written. `parse` never sees an empty text: that is `empty`."""

    parse: Callable[[str], V | Wrong]
    write: Callable[[V], str]
    empty: V
    welcome: Form | None = None
    """Which cell of Excel is welcome besides text and numbers."""
    limit: int = 0
    """Letters of free text, or of each of several; 0: it is no free text."""
    choices: tuple[str, ...] = ()
    """The words that it may be; empty: any that `parse` takes."""
    several: bool = False
    """Whether a cell holds several, separated by `|`."""


_EDGES: Final = re.compile(r"\A[\s\ufeff\u200b]+|[\s\ufeff\u200b]+\Z")
_BREAKS: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_FORBIDDEN: Final = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")
HYPHENS: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－﹣ｰ", "-"))
_DATE: Final = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)", re.ASCII
)
_ERA_DATE: Final = re.compile(r"(令和|平成|昭和)(元|\d{1,2})年(\d{1,2})月(\d{1,2})日", re.ASCII)
_ERAS: Final = {"令和": date(2019, 5, 1), "平成": date(1989, 1, 8), "昭和": date(1926, 12, 25)}
"""First days: 昭和 by 大正15年内閣告示, 平成 and 令和 by the cabinet orders on the era name."""
_TIME: Final = re.compile(r"(\d{1,2})(?::(\d{2})(?::00)?|時(?:(\d{1,2})分)?)", re.ASCII)
_TELEPHONE: Final = re.compile(r"#?\d+(?:-\d+)*", re.ASCII)
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?(?:[eE]-?\d+)?", re.ASCII)
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def tidy(text: str) -> str:
    """Text with line feeds for every line break and nothing blank at its ends (full-width space included)."""
    return _EDGES.sub("", _BREAKS.sub("\n", text))


def plain(text: str) -> str:
    """A code, number or date as typed in Japan: full-width letters made half-width, no spaces around."""
    return tidy(unicodedata.normalize("NFKC", text))


def _clean(text: str) -> str:
    return tidy(_FORBIDDEN.sub("", _BREAKS.sub("\n", text)))


def text(limit: int = 2_000) -> CellType[str]:
    """Free text of at most `limit` letters, kept as written but for its ends and line breaks."""

    def parse(raw: str) -> str | Wrong:
        value = tidy(raw)
        if _FORBIDDEN.search(value):
            return Wrong(Fault.FORBIDDEN)
        if len(value) > limit:
            return Wrong(Fault.TOO_LONG.format(length=len(value), limit=limit))
        return value

    return CellType(parse, _clean, "", limit=limit)


def items(limit: int = 200, least: int = 0) -> CellType[tuple[str, ...]]:
    """Texts separated by `|` (or ｜); blank ones are left out."""

    def parse(raw: str) -> tuple[str, ...] | Wrong:
        if _FORBIDDEN.search(tidy(raw)):
            return Wrong(Fault.FORBIDDEN)
        found = tuple(filter(None, map(tidy, re.split("[|｜]", raw))))
        longest = max(map(len, found), default=0)
        if longest > limit:
            return Wrong(Fault.LONG_ITEM.format(length=longest, limit=limit))
        return found if len(found) >= least else Wrong(Fault.LONE_WORD)

    return CellType(parse, lambda value: _clean("|".join(value)), (), limit=limit, several=True)


def pattern(allowed: re.Pattern[str], reason: Fault, limit: int = 64) -> CellType[str]:
    """A code that fits the pattern as a whole."""

    def parse(raw: str) -> str | Wrong:
        value = plain(raw)
        fits = allowed.fullmatch(value) and len(value) <= limit and not _FORBIDDEN.search(value)
        return value if fits else Wrong(reason)

    return CellType(parse, _clean, "")


def optional(inner: CellType[V]) -> CellType[V | None]:
    """The same, with None for an empty cell."""
    return CellType(
        inner.parse,
        lambda value: "" if value is None else inner.write(value),
        None,
        inner.welcome,
        inner.limit,
        inner.choices,
    )


def choice(kind: type[E], empty: E) -> CellType[E]:
    """One of the values of an enumeration."""
    return choice_of({member.value: member for member in kind}, empty)


def choice_of(values: dict[str, V], empty: V) -> CellType[V]:
    """One of the words given."""

    folded = {word.casefold(): value for word, value in values.items()}

    def parse(raw: str) -> V | Wrong:
        word = plain(raw).casefold()
        return folded[word] if word in folded else Wrong(Fault.NOT_A_CHOICE.format(allowed="、".join(values)))

    words = {value: word for word, value in values.items()}
    return CellType(parse, lambda value: words[value], empty, choices=tuple(values))


def number(low: float, high: float, reason: Fault) -> CellType[float | None]:
    """A decimal number between two bounds, both included."""

    def parse(raw: str) -> float | Wrong:
        value = plain(raw).translate(HYPHENS)
        fits = _NUMBER.fullmatch(value) and low <= float(value) <= high
        return float(value) if fits else Wrong(reason)

    return CellType(parse, lambda value: "" if value is None else repr(value), None)


def _relevance(raw: str) -> int | Wrong:
    value = plain(raw)
    return int(value) if value in ("0", "1", "2") else Wrong(Fault.BAD_RELEVANCE)


def _telephone(raw: str) -> str | Wrong:
    value = plain(raw).translate(HYPHENS)
    digits = sum(letter.isdigit() for letter in value)
    if not _TELEPHONE.fullmatch(value) or not 3 <= digits <= 11:
        return Wrong(Fault.BAD_TELEPHONE)
    # 110 or #7119 are whole as they are; a number of a subscriber has ten digits and begins with 0.
    if digits > 4 and not value.startswith("0"):
        return Wrong(Fault.LOST_ZERO)
    return value if digits <= 4 or digits >= 10 else Wrong(Fault.BAD_TELEPHONE)


def _url(raw: str) -> str | Wrong:
    value = tidy(raw)
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fits = False
    if not fits or re.search(r"\s", value) or _FORBIDDEN.search(value):
        return Wrong(Fault.BAD_URL)
    return value if len(value) <= 1_000 else Wrong(Fault.TOO_LONG.format(length=len(value), limit=1_000))


def _date(raw: str) -> date | Wrong:
    value = re.sub(r"\s", "", plain(raw))
    try:
        if found := _DATE.fullmatch(value):
            year, month, day = (int(part) for part in found.groups() if part)
            day_meant = date(year, month, day)
            return day_meant if year >= 1900 else Wrong(Fault.BAD_DATE)
        if found := _ERA_DATE.fullmatch(value):
            first = _ERAS[found[1]]
            count = 1 if found[2] == "元" else int(found[2])
            day_meant = date(first.year + count - 1, int(found[3]), int(found[4]))
            return day_meant if count and day_meant >= first else Wrong(Fault.BAD_DATE)
    except ValueError:  # there is no such day
        pass
    return Wrong(Fault.BAD_DATE)


def _time(raw: str) -> time | Wrong:
    found = _TIME.fullmatch(re.sub(r"\s", "", plain(raw)))
    hour, minute = (int(found[1]), int(found[2] or found[3] or 0)) if found else (24, 0)
    return time(hour, minute) if hour < 24 and minute < 60 else Wrong(Fault.BAD_TIME)


def _minutes(raw: str) -> int | Wrong:
    value = plain(raw)
    fits = re.fullmatch(r"\d{1,4}", value, re.ASCII) and int(value) < 24 * 60
    return int(value) if fits else Wrong(Fault.BAD_MINUTES)


DATE: Final[CellType[date | None]] = CellType(
    _date, lambda day: day.isoformat() if day else "", None, Form.DATE
)
TIME: Final[CellType[time | None]] = CellType(
    _time, lambda moment: moment.isoformat("minutes") if moment else "", None, Form.TIME
)
MINUTES: Final[CellType[int]] = CellType(_minutes, lambda count: str(count) if count else "", 0)
TELEPHONE: Final[CellType[str]] = CellType(_telephone, _clean, "")
URL: Final[CellType[str]] = CellType(_url, _clean, "")
RELEVANCE: Final[CellType[int]] = CellType(_relevance, str, 0, choices=("2", "1", "0"))
SLUG: Final = pattern(_SLUG, Fault.BAD_SLUG)
HIRAGANA: Final = pattern(re.compile(r"[ぁ-ゖー・]+"), Fault.BAD_HIRAGANA, 100)
CODE: Final = pattern(re.compile(r"\S+"), Fault.BAD_CODE)
MUNICIPALITY: Final = pattern(re.compile(r"[0-9]{6}"), Fault.BAD_MUNICIPALITY)
LATITUDE: Final = number(20, 46, Fault.BAD_LATITUDE)
LONGITUDE: Final = number(122, 154, Fault.BAD_LONGITUDE)
WEIGHT: Final = number(0, 1, Fault.BAD_WEIGHT)
