"""Recurrences as staff write them: what of RFC 5545's RRULE may stand in a cell.

https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10. A rule has no first day of its own here, so it may say
nothing that would be counted or taken from one: a monthly rule without a day would fall on any.
"""

import re
from datetime import datetime
from typing import Final

from dateutil.rrule import rrulestr

from faq.cells import CellType, Wrong, plain
from faq.sentences import Fault

_WEEKDAY: Final = "(?:MO|TU|WE|TH|FR|SA|SU)"
_PARTS: Final = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": "[1-9][0-9]?",
    "BYDAY": f"(?:-?[1-5])?{_WEEKDAY}(?:,(?:-?[1-5])?{_WEEKDAY})*",
    "BYMONTHDAY": "-?(?:[1-9]|[12][0-9]|3[01])(?:,-?(?:[1-9]|[12][0-9]|3[01]))*",
    "BYMONTH": "(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*",
    "BYSETPOS": "-?[1-5](?:,-?[1-5])*",
    "WKST": "MO|SU",
}
_NEEDED: Final = {
    "DAILY": (),
    "WEEKLY": (("BYDAY",),),
    "MONTHLY": (("BYDAY", "BYMONTHDAY"),),
    "YEARLY": (("BYMONTH",), ("BYDAY", "BYMONTHDAY")),
}
"""Of each group, one part has to be there."""
_SOME_DAY: Final = datetime(2024, 1, 1)  # noqa: DTZ001 - the library's days have no zone


def counts_from_a_day(rule: str) -> bool:
    """Whether the rule leaves some weeks or months out, so that it needs the first day."""
    return "INTERVAL=" in rule


def _parse(raw: str) -> str | Wrong:
    rule = re.sub(r"\s", "", plain(raw)).upper().removeprefix("RRULE:").rstrip(";")
    pairs = [part.partition("=") for part in rule.split(";")]
    if not all(separator for _, separator, _ in pairs):
        return Wrong(Fault.BAD_RULE)
    parts = {name: value for name, _, value in pairs}
    for name, value in parts.items():
        if name not in _PARTS:
            return Wrong(Fault.RULE_PART.format(value=name, allowed="、".join(_PARTS)))
        if not re.fullmatch(_PARTS[name], value):
            return Wrong(Fault.BAD_RULE)
    if len(parts) < len(pairs) or "FREQ" not in parts:
        return Wrong(Fault.BAD_RULE)
    return Wrong(reason) if (reason := _without_days(rule, parts)) else rule


def _without_days(rule: str, parts: dict[str, str]) -> Fault | None:
    """Why no days follow from the rule alone."""
    if not all(any(name in parts for name in group) for group in _NEEDED[parts["FREQ"]]):
        return Fault.RULE_WITHOUT_DAY
    within_months = re.search(r"\d", parts.get("BYDAY", "")) or {"BYMONTHDAY", "BYSETPOS"} & parts.keys()
    if parts["FREQ"] in ("DAILY", "WEEKLY") and within_months:
        return Fault.RULE_ORDINAL
    try:
        # Where no day ever comes, this looks as far as dates go: less than a second.
        return None if next(iter(rrulestr(rule, dtstart=_SOME_DAY)), None) else Fault.RULE_NEVER
    except ValueError:
        return Fault.BAD_RULE


RECURRENCE: Final[CellType[str]] = CellType(_parse, str, "")
