"""How names of places are read."""

from collections.abc import Mapping
from typing import Final

from faq.readings import Reading
from store import keeping
from store.db import Tx
from store.keeping import Kept, Row, rows
from store.tables import readings


def all_readings(tx: Tx) -> tuple[Reading, ...]:
    return tuple(map(_reading, rows(tx, readings)))


def _reading(row: Row) -> Reading:
    return keeping.read(Reading, row)


KEPT: Final[Mapping[type, Kept]] = {
    Reading: Kept("readings", readings, lambda each: (each.word,), keeping.write, _reading)
}
"""Every kind of record."""
