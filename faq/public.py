"""What a city gives to everybody of what it knows, as files: nothing that residents wrote, nothing for matching alone.

Other ways to ask may be residents' own words, and synonyms and labelled questions serve the search: none of them
is in here.
"""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from faq.counter_kinds import HOURS
from faq.holdings import Holdings
from faq.kinds import FAQ, OFFICES, SHELTERS
from faq.opendata import faqpage
from faq.problems import Refused
from faq.profile import CityProfile
from faq.schemas import Schema
from faq.snapshot import write_snapshot
from faq.writing import write, write_json

_INSIDE: Final = ("phrasings", "synonyms")
"""Tables of a snapshot that are not given to everybody."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What was published, by whom, and when it last changed."""

    city: CityProfile
    version: int
    """Of the knowledge."""
    changed_at: datetime
    holdings: Holdings


def public(holdings: Holdings) -> Holdings:
    """Only what everybody may have."""
    entries = [replace(each, phrasings=()) for each in holdings.entries]
    return replace(holdings, entries=entries, synonyms=())


def made(name: str, edition: Edition) -> bytes:
    """The content of the file of that name, one of `FILES`. Raises OSError where the disk is full."""
    with tempfile.TemporaryDirectory(prefix="opendata-") as folder:
        place = Path(folder) / name
        FILES[name](replace(edition, holdings=public(edition.holdings)), place)
        return place.read_bytes()


def _as_page(edition: Edition, place: Path) -> None:
    city = edition.city
    publisher = {"@type": "GovernmentOrganization", "name": city.name, "url": city.url}
    licence = {"license": city.licence.url or city.licence.name} if city.licence.name else {}
    write_json(place, {**faqpage(edition.holdings.entries), "publisher": publisher, **licence})


def _as_table(schema: Schema[Any]) -> Callable[[Edition, Path], None]:
    given = replace(schema, columns=tuple(each for each in schema.columns if each.field not in _INSIDE))

    def fill(edition: Edition, place: Path) -> None:
        _whole(write(given, edition.holdings.of(schema.name), place))

    return fill


def _as_snapshot(edition: Edition, place: Path) -> None:
    from sqlite_utils import Database

    _whole(write_snapshot(edition.holdings, place))
    database = Database(place)
    try:
        for name in _INSIDE:
            database.table(name).drop()
        database.table("about").insert_all(_about(edition), pk="name")
        database.vacuum()
    finally:
        database.close()


def _about(edition: Edition) -> list[dict[str, str]]:
    city = edition.city
    told = {
        "publisher": city.name,
        "url": city.url,
        "licence": city.licence.name,
        "licence_url": city.licence.url,
        "version": str(edition.version),
        "changed_at": edition.changed_at.isoformat(timespec="seconds"),
    }
    return [{"name": name, "value": value} for name, value in told.items()]


def _whole(written: object) -> None:
    if isinstance(written, Refused):
        raise OSError("; ".join(str(problem) for problem in written.problems))


FILES: Final[Mapping[str, Callable[[Edition, Path], None]]] = MappingProxyType(
    {
        "faq.json": _as_page,
        "faq.csv": _as_table(FAQ),
        "offices.csv": _as_table(OFFICES),
        "hours.csv": _as_table(HOURS),
        "shelters.csv": _as_table(SHELTERS),
        "knowledge.db": _as_snapshot,
    }
)
"""What makes each file."""
