"""Who takes what residents tell the city, and by when letters are answered: `[voices]` of city.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from faq.counters import SectionId
from faq.models import EntryId

_TOLD: Final = frozenset({"source", "source_url", "published_on", "confirmed_on", "status"})
_KNOWN: Final = frozenset({"letters", "letters_within_days", "entries"})


@dataclass(frozen=True, slots=True)
class VoiceRules:
    """What the city says of voices."""

    letters: SectionId | None = None
    """The section that takes letters to the mayor, and proposals that no other takes."""
    letters_within: timedelta | None = None
    """How long the answer to a letter takes, in days of the calendar; None: as long as a case."""
    entries: tuple[EntryId, ...] = ()
    """Under whose answers the ways to be heard are offered."""


def voice_rules(given: Mapping[str, object]) -> VoiceRules:
    """What the city says. Raises ValueError for what it cannot mean."""
    for name in given:
        if name not in _KNOWN | _TOLD:
            raise ValueError(f"[voices] has {name}; what it may have: {', '.join(sorted(_KNOWN))}")
    letters = str(given.get("letters", ""))
    return VoiceRules(
        SectionId(letters) if letters else None,
        _days(given["letters_within_days"]) if "letters_within_days" in given else None,
        _entries(given.get("entries", [])),
    )


def _entries(value: object) -> tuple[EntryId, ...]:
    match value:
        case list():
            return tuple(EntryId(str(each)) for each in value)
        case _:
            raise ValueError(f"[voices] entries = {value} is no list")


def _days(value: object) -> timedelta:
    if type(value) is not int or not 0 < value <= 365:
        raise ValueError(f"[voices] letters_within_days = {value} is no number of days from 1 to 365")
    return timedelta(days=value)
