"""How soon what a resident hands to a section is answered, and what is done where it is not: `[cases]` of city.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from faq import weekly
from faq.counters import SectionId

WEEKDAYS: Final = "Mo-Fr 08:30-17:15; PH off; Dec 29-Jan 03 off"
"""When somebody is there, where the city says nothing: the hours of civil servants."""
_HOURS: Final = {
    "answer_within_hours": "answer_within",
    "remind_after_hours": "remind_after",
    "climb_after_hours": "climb_after",
}
_TOLD: Final = frozenset({"source", "source_url", "published_on", "confirmed_on", "status"})


@dataclass(frozen=True, slots=True)
class CaseRules:
    """All times are working time of the section."""

    answer_within: timedelta = timedelta(hours=16)
    """What is promised."""
    remind_after: timedelta = timedelta(hours=4)
    """When who has it is reminded, if nobody took it."""
    climb_after: timedelta = timedelta(hours=8)
    """When the next in the list of contacts is told."""
    fallback_section: SectionId | None = None
    """Who takes what no section could be found for; None: the first of the city's data."""
    usual_hours: str = WEEKDAYS
    """When sections work whose hours nobody confirmed, in the OpenStreetMap syntax."""
    told: bool = False
    """Whether the city said any of it."""


def case_rules(given: Mapping[str, object], counter_hours: str = "") -> CaseRules:
    """What the city says, with the defaults for the rest. `counter_hours`: the usual ones of its counters.

    Raises ValueError for what it cannot mean.
    """
    known = {*_HOURS, *_TOLD, "fallback_section", "usual_hours"}
    for name in given:
        if name not in known:
            raise ValueError(f"[cases] has {name}; what it may have: {', '.join(sorted(known - _TOLD))}")
    usual = str(given.get("usual_hours", "")) or counter_hours or WEEKDAYS
    weekly.check(usual)
    times = {field: _hours(name, given[name]) for name, field in _HOURS.items() if name in given}
    fallback = str(given.get("fallback_section", ""))
    return CaseRules(
        **times,
        fallback_section=SectionId(fallback) if fallback else None,
        usual_hours=usual,
        told=bool(given),
    )


def _hours(name: str, value: object) -> timedelta:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 200:
        raise ValueError(f"[cases] {name} = {value} is no number of hours from above 0 to 200")
    return timedelta(hours=value)
