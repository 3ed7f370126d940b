"""Authorities that are not the city's."""

from collections.abc import Mapping
from typing import Final

from faq.neighbours import Neighbour
from store import keeping
from store.db import Tx
from store.keeping import Kept, Row, rows
from store.tables import neighbours


def all_neighbours(tx: Tx) -> tuple[Neighbour, ...]:
    return tuple(map(_neighbour, rows(tx, neighbours)))


def _neighbour(row: Row) -> Neighbour:
    return keeping.read(Neighbour, row, **{name: tuple(row[name]) for name in ("aliases", "deals", "leaves")})


KEPT: Final[Mapping[type, Kept]] = {
    Neighbour: Kept("neighbours", neighbours, lambda each: (each.id,), keeping.write, _neighbour)
}
"""Every kind of record."""
