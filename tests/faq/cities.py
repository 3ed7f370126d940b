"""The switchboard of a city's data folder, as the tests of routing and promises use it."""

from functools import cache
from pathlib import Path
from typing import Any

from faq.exchange import Records, read
from faq.kinds import KINDS
from faq.models import FaqEntry
from faq.offices import Directory
from faq.profile import read_profile
from faq.switchboard import Switchboard
from faq.timetable import Timetable

SHIPPED = Path(__file__).parents[2] / "data"
LITTLE = Path(__file__).parents[1] / "data" / "little_city"


@cache
def switchboard(folder: Path) -> Switchboard:
    profile = read_profile(folder / "city.toml")
    offices, hours, closures = (records(folder, kind) for kind in ("offices", "hours", "closures"))
    return Switchboard(
        records(folder, "sections"),
        Directory(offices, (), profile.counter_kinds),
        Timetable.of(offices, hours, closures),
        profile.cases,
    )


@cache
def entries(folder: Path) -> dict[str, FaqEntry]:
    return {entry.id: entry for entry in records(folder, "faq")}


def records(folder: Path, kind: str) -> tuple[Any, ...]:
    found = read(KINDS[kind], folder / f"{kind}.csv")
    assert isinstance(found, Records), found
    return tuple(found.records)
