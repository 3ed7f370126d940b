"""Who takes proposals to work together with the city, and by which rule: `[collaborations]` of `data/city.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from faq.counters import SectionId
from faq.models import Provenance, Status

_TEXTS = ("section", "rule", "source", "source_url")
_NOWHERE = Provenance("", "", None, None, None, Status.UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class CollaborationRules:
    """Without a section the city takes no proposals here."""

    section: SectionId | None = None
    """Whose they are, until it hands one over."""
    rule: str = ""
    """The ordinance, with its chapter."""
    provenance: Provenance = _NOWHERE


def collaboration_rules(given: Mapping[str, object]) -> CollaborationRules:
    """Reads the table. Raises ValueError for a text that is missing, or a status or day that is none."""
    if not given:
        return CollaborationRules()
    for name in _TEXTS:
        if not str(given.get(name, "")).strip():
            raise ValueError(f"[collaborations] {name} is missing")
    return CollaborationRules(
        SectionId(str(given["section"])),
        str(given["rule"]),
        Provenance(
            str(given["source"]),
            str(given["source_url"]),
            _day(given, "published_on"),
            _day(given, "confirmed_on"),
            None,
            Status(str(given.get("status", Status.UNCONFIRMED.value))),
        ),
    )


def _day(given: Mapping[str, object], name: str) -> date | None:
    text = str(given.get(name, ""))
    return date.fromisoformat(text) if text else None
