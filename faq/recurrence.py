"""Recurrences as staff write them: what of RFC 5545's RRULE may stand in a cell.

https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10. A rule has no first day of its own here, so it may say
nothing that would be counted or taken from one: a monthly rule without a day would fall on any.
"""

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from faq.cells import CellType, Wrong, plain
from faq.problems import Reason

if TYPE_CHECKING:
    from dateutil.rrule import rrule

PARTS: Final = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST")
_FREQUENCIES: Final = {
    "DAILY": (),
    "WEEKLY": (("BYDAY",),),
    "MONTHLY": (("BYDAY", "BYMONTHDAY"),),
    "YEARLY": (("BYMONTH",), ("BYDAY", "BYMONTHDAY")),
}
"""Of each group, one part has to be there."""
_SOME_DAY: Final = date(2024, 1, 1)
_YEARS: Final = 9
"""A rule that holds in none of these never does: 29 February comes within eight."""


def rule_of(recurrence: str, first: date) -> "rrule":
    """The rule from a first day on, its dates at midnight. Raises ValueError for what is no rule."""
    from dateutil.rrule import rrulestr

    try:
        return rrulestr(recurrence, dtstart=datetime.combine(first, time()))
    except (KeyError, TypeError, IndexError) as error:  # the library's parser, on parts it does not know
        raise ValueError(f"not a recurrence: {recurrence}") from error


def interval(recurrence: str) -> int:
    """Every how many weeks or months; 1 where nothing is said."""
    return int(_parts(recurrence).get("INTERVAL", 1))


def _parts(rule: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in rule.split(";"))


def _parse(raw: str) -> str | Wrong:
    rule = re.sub(r"\s", "", plain(raw)).upper().removeprefix("RRULE:").rstrip(";")
    parts = _parts(rule)
    for name in parts:
        if name not in PARTS:
            return Wrong(Reason.RULE_PART.format(value=name, allowed="、".join(PARTS)))
    if parts.get("FREQ") not in _FREQUENCIES or not re.fullmatch("[1-9][0-9]?", parts.get("INTERVAL", "1")):
        return Wrong(Reason.BAD_RULE)
    if not all(any(name in parts for name in group) for group in _FREQUENCIES[parts["FREQ"]]):
        return Wrong(Reason.RULE_WITHOUT_DAY)
    if re.search(r"\d", parts.get("BYDAY", "")) and parts["FREQ"] not in ("MONTHLY", "YEARLY"):
        return Wrong(Reason.RULE_ORDINAL)
    return _falling_on_some_day(rule)


def _falling_on_some_day(rule: str) -> str | Wrong:
    try:
        found = rule_of(rule, _SOME_DAY)
    except ValueError:
        return Wrong(Reason.BAD_RULE)
    last = datetime(_SOME_DAY.year + _YEARS, 1, 1)  # noqa: DTZ001 - the library's dates have no zone
    return rule if next(iter(found.replace(until=last)), None) else Wrong(Reason.RULE_NEVER)


RECURRENCE: Final[CellType[str]] = CellType(_parse, str, "")
