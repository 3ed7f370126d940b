"""What the city keeps besides, and how a resident asks to see it: `[disclosure]` of `data/city.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from faq.models import Status


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Said wherever residents see or erase what is kept about them; empty: the city said nothing of it."""

    records: str = ""
    """What stays as a record of the city's although it is erased here, and why."""
    how: str = ""
    """How anybody asks to see what the city keeps about them."""
    telephone: str = ""
    """Where to ask about it."""
    source: str = ""
    source_url: str = ""
    confirmed_on: date | None = None
    status: Status = Status.UNCONFIRMED


_TEXTS = ("records", "how", "telephone", "source", "source_url")


def disclosure(given: Mapping[str, object]) -> Disclosure:
    """Reads the table. Raises ValueError for a text that is missing, or a status or day that is none."""
    if not given:
        return Disclosure()
    for name in _TEXTS:
        if not str(given.get(name, "")).strip():
            raise ValueError(f"[disclosure] {name} is missing")
    confirmed = str(given.get("confirmed_on", ""))
    return Disclosure(
        **{name: str(given[name]) for name in _TEXTS},
        confirmed_on=date.fromisoformat(confirmed) if confirmed else None,
        status=Status(str(given.get("status", Status.UNCONFIRMED.value))),
    )
