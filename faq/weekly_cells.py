"""Weekly hours as staff write them: what of the OpenStreetMap syntax may stand in a cell.

Taken is what says of each minute whether somebody is there. The syntax can also say "perhaps", and what people
mistype is often valid in it: 26:00, 16:30-09:00, Mo-Fr without any time.
"""

import re
from collections.abc import Iterator
from typing import Final

from faq import weekly
from faq.cells import HYPHENS, CellType, Wrong, plain
from faq.sentences import Fault

_LONGEST: Final = 500
_UNSURE: Final = re.compile(
    r'".*?"|\|\||\bunknown\b|\bSH\b|\d\+|\b(?:dawn|dusk|sunrise|sunset|easter)\b|/(?!7\b)', re.IGNORECASE
)
"""Comments, fallbacks, unknown, school holidays, open ends, the sun, Easter, and points in time."""
_TIMES: Final = re.compile(r"(\d+):(\d+)(?:\s*-\s*(\d+):(\d+))?")
_DAY: Final = 24 * 60
_WORDS: Final = {
    word.casefold(): word
    for word in (
        *("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH", "off", "closed", "open", "week"),
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    )
}


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Each span of time that the hours name, in minutes from midnight."""
    for found in _TIMES.finditer(text):
        if found[3]:
            yield int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])


def _parse(raw: str) -> str | Wrong:
    value = _spelt(plain(raw)).rstrip("; ")
    if len(value) > _LONGEST:
        return Wrong(Fault.TOO_LONG.format(length=len(value), limit=_LONGEST))
    if unsure := _UNSURE.search(value):
        return Wrong(Fault.UNSURE_WEEKLY.format(value=unsure[0]))
    for found in _TIMES.finditer(value):
        if reason := _wrong_with(found):
            return Wrong(reason.format(value=found[0]))
    try:
        weekly.check(value)
    except ValueError:
        return Wrong(Fault.BAD_WEEKLY)
    return _with_times(value)


def _spelt(text: str) -> str:
    """Hyphens of every kind as one, and the words of the syntax in their one case: a `ph` is no holiday."""
    dashed = text.translate(HYPHENS).translate(dict.fromkeys(map(ord, "〜~"), "-"))
    return re.sub("[A-Za-z]+", lambda word: _WORDS.get(word[0].casefold(), word[0]), dashed)


def _wrong_with(found: re.Match[str]) -> Fault | None:
    hours, minutes = found.group(1, 3), found.group(2, 4)
    if not found[3] or any(int(minute) > 59 for minute in minutes):
        return Fault.BAD_WEEKLY_TIME
    begin, end = (int(hour) * 60 + int(minute) for hour, minute in zip(hours, minutes, strict=True))
    if max(begin, end) > _DAY:
        return Fault.BAD_WEEKLY_TIME
    return Fault.REVERSED_WEEKLY if end <= begin else None


def _with_times(value: str) -> str | Wrong:
    """A rule that names days and no times would be open day and night."""
    for rule in value.split(";"):
        if not re.search(r"\d:\d|\b24/7\b|\boff\b|\bclosed\b", rule):
            return Wrong(Fault.UNTIMED_WEEKLY.format(value=rule.strip()))
    return value


WEEKLY: Final[CellType[str]] = CellType(_parse, str, "")
