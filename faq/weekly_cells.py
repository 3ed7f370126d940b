"""Weekly hours as staff write them: what of the OpenStreetMap syntax may stand in a cell.

https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification. Taken is what says of each minute whether
somebody is there; the syntax can also say "perhaps", and times that its users mistype are valid in it (26:00).
"""

import re
from collections.abc import Iterator
from typing import Final

from faq.cells import CellType, Wrong, plain
from faq.problems import Reason

_LONGEST: Final = 500
_UNSURE: Final = re.compile(r'".*?"|\|\||\bunknown\b|\bSH\b|\d\+|\b(?:dawn|dusk|sunrise|sunset)\b|/(?!7\b)')
"""Comments, fallbacks, unknown, school holidays, open ends, the sun, and points in time."""
_TIMES: Final = re.compile(r"(\d+):(\d+)(?:\s*-\s*(\d+):(\d+))?")
_DAY: Final = 24 * 60


def spans(weekly: str) -> Iterator[tuple[int, int]]:
    """Each span of time that the text names, in minutes from midnight."""
    for found in _TIMES.finditer(weekly):
        if found[3]:
            yield int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])


def _parse(raw: str) -> str | Wrong:
    value = plain(raw)
    if len(value) > _LONGEST:
        return Wrong(Reason.TOO_LONG.format(length=len(value), limit=_LONGEST))
    if unsure := _UNSURE.search(value):
        return Wrong(Reason.UNSURE_WEEKLY.format(value=unsure[0]))
    for found in _TIMES.finditer(value):
        if reason := _wrong_with(found):
            return Wrong(reason.format(value=found[0]))
    return value if _is_readable(value) else Wrong(Reason.BAD_WEEKLY)


def _wrong_with(found: re.Match[str]) -> Reason | None:
    hours, minutes = found.group(1, 3), found.group(2, 4)
    if not found[3] or any(int(minute) > 59 for minute in minutes):
        return Reason.BAD_WEEKLY_TIME
    begin, end = (int(hour) * 60 + int(minute) for hour, minute in zip(hours, minutes, strict=True))
    if max(begin, end) > _DAY:
        return Reason.BAD_WEEKLY_TIME
    return Reason.REVERSED_WEEKLY if end <= begin else None


def _is_readable(value: str) -> bool:
    from opening_hours import OpeningHours

    try:
        OpeningHours(value)
    except Exception:  # noqa: BLE001 -- the library raises its own class, which is not exported
        return False
    return True


WEEKLY: Final[CellType[str]] = CellType(_parse, str, "")
