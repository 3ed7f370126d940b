"""The ways to be heard when something went wrong."""

from collections.abc import Mapping
from typing import Final

from faq.ways import Way
from store import keeping
from store.db import Tx
from store.keeping import Kept, Row, rows
from store.tables import ways


def all_ways(tx: Tx) -> tuple[Way, ...]:
    """In their order."""
    return tuple(sorted(map(_way, rows(tx, ways)), key=lambda way: (way.place, way.id)))


def _way(row: Row) -> Way:
    return keeping.read(Way, row, aliases=tuple(row["aliases"]))


KEPT: Final[Mapping[type, Kept]] = {Way: Kept("ways", ways, lambda each: (each.id,), keeping.write, _way)}
"""Every kind of record."""
