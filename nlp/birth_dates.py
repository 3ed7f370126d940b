"""Dates of birth as people write them: 昭和25年1月2日, S25.1.2, 1950-01-02, 19500102."""

import re
from datetime import date
from typing import Final

from nlp.char_filters import cut
from nlp.eras import western_year
from nlp.numerals import even_letters, number

LONGEST: Final = 40
"""Code points that are read."""
OLDEST: Final = 130
"""Years; the oldest person whose age is beyond doubt reached 122."""

_LAST_YEAR: Final = {"M": 45, "T": 15, "S": 64, "H": 31}
_LETTER: Final = {"明治": "M", "大正": "T", "昭和": "S", "平成": "H", "令和": "R"}
_NUMBER: Final = "[0-9〇一二三四五六七八九十]"
_APART: Final = r"\s*[年月/.,、・\-\s]\s*"
_REST: Final = rf"(?P<month>{_NUMBER}{{1,3}}){_APART}(?P<day>{_NUMBER}{{1,3}})\s*日?"
_FORMS: Final = (
    re.compile(
        rf"(?P<era>明治|大正|昭和|平成|令和|[mtshr])\s*\.?\s*(?P<year>{_NUMBER}{{1,3}}|元){_APART}{_REST}",
        re.I,
    ),
    re.compile(r"(?P<era>明治|大正|昭和|平成|令和|[mtshr])(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)", re.I),
    re.compile(rf"(?P<year>\d{{4}}|[〇一二三四五六七八九]{{4}}){_APART}{_REST}"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"),
)
_AROUND: Final = re.compile(r"\A西暦\s*|(?:\s*(?:生まれ|生|うまれ))\Z|[。\s]+\Z")


def read_birth_date(text: str, today: date) -> date | None:
    """The date that the text is; None where it is none, does not exist, lies ahead, or is beyond any age.

    The year must say its era or have four digits: 50.1.2 may be 1950, 昭和50年 or 平成5年, and is asked again.

    >>> read_birth_date("昭和50年1月2日", date(2026, 11, 22))
    datetime.date(1975, 1, 2)
    """
    even = _AROUND.sub("", even_letters(cut(text, LONGEST)).strip())
    for form in _FORMS:
        if found := form.fullmatch(even):
            return _existing(found, today)
    return None


def _existing(found: re.Match[str], today: date) -> date | None:
    try:
        year = _year(found)
        born = date(year, number(found["month"]), number(found["day"])) if year else None
    except ValueError:
        return None
    return born if born and today.year - OLDEST <= born.year and born <= today else None


def _year(found: re.Match[str]) -> int | None:
    """The western year; None for one that its era did not reach."""
    era = found.groupdict().get("era")
    year = 1 if found["year"] == "元" else number(found["year"])
    if era is None:
        return year
    letter = _LETTER.get(era, era.upper())
    return western_year(letter, year) if 1 <= year <= _LAST_YEAR.get(letter, year) else None
