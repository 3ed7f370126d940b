"""Days, times and spans as who learns Japanese reads them: years of our era, 午後, から and まで.

Source: リーフレット「やさしい日本語」 (近江八幡市国際協会; 令和元年 -> 2019年, 8/15 -> 8月15日, 20時 -> 午後8時) and
the rules of 弘前大学社会言語学研究室 (no years of eras, no 24 hours, no ～).
"""

import re
from collections.abc import Iterator
from typing import Final

from nlp.eras import western_year
from nlp.plain.remarks import Level, Remark, Sort
from nlp.plain.sentences import Sentence

_ERA: Final = re.compile(r"(令和|平成|昭和)(元|\d{1,2})(年度?)(?![（(]\d{4}年)")
_WEST_BEFORE: Final = re.compile(r"\d{4}年[（(]$")
_SLASHED: Final = re.compile(r"(?<![\d/／.])(1[0-2]|0?[1-9])[/／](3[01]|[12]\d|0?[1-9])(?![\d/／.])")
_HOUR: Final = re.compile(
    r"(?<![\d午前後:：])(?<!午前)(?<!午後)(\d{1,2})(?:[:：](\d\d)(?!\d)|時(?!間)(?:(\d{1,2})分|(半))?)"
)
_CLOCK: Final = r"(?:午前|午後)?\d{1,2}(?:時半|時(?:\d{1,2}分)?|[:：]\d\d)"
_POINT: Final = rf"(?:{_CLOCK}|(?:\d{{1,2}}月)?\d{{1,2}}日|\d{{1,2}}月|[月火水木金土日]曜日?)"
_SPAN: Final = re.compile(rf"({_POINT})\s*[〜～~]\s*({_POINT})(まで)?")
_NOON: Final = 12
_DAY: Final = 24
_HOUR_OF_MINUTES: Final = 60


def dates(sentence: Sentence, level: Level) -> Iterator[Remark]:
    """What is written in another way than the guides ask for. Only for who learns Japanese."""
    if level is Level.EASY:
        yield from _eras(sentence)
        for found in _SLASHED.finditer(sentence.text):
            yield _at(sentence, found, Sort.DATE, f"{int(found[1])}月{int(found[2])}日")
        yield from _hours(sentence)
        for found in _SPAN.finditer(sentence.text):
            yield _at(sentence, found, Sort.RANGE, f"{found[1]}から{found[2]}まで")


def _eras(sentence: Sentence) -> Iterator[Remark]:
    for found in _ERA.finditer(sentence.text):
        if _WEST_BEFORE.search(sentence.text[: found.start()]):
            continue
        year = western_year(found[1], 1 if found[2] == "元" else int(found[2]))
        yield _at(sentence, found, Sort.DATE, f"{year}{found[3]}")


def _hours(sentence: Sentence) -> Iterator[Remark]:
    """20時 -> 午後8時, 9:30 -> 午前9時30分; a bare 9時 stays, since nothing tells a clock from a number of hours."""
    for found in _HOUR.finditer(sentence.text):
        hour, minutes = int(found[1]), int(found[2] or found[3] or 0)
        is_written_so = found[2] is None and hour <= _NOON
        if hour > _DAY or minutes >= _HOUR_OF_MINUTES or is_written_so:
            continue
        half, twelve = ("午後", hour - _NOON) if _NOON <= hour < _DAY else ("午前", hour % _DAY)
        rest = "半" if found[4] else f"{minutes}分" if minutes else ""
        yield _at(sentence, found, Sort.TIME, f"{half}{twelve}時{rest}")


def _at(sentence: Sentence, found: re.Match[str], sort: Sort, said: str) -> Remark:
    return Remark(sentence.start + found.start(), sentence.start + found.end(), sort, said, said)
