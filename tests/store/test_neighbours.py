"""Authorities that are not the city's are read back as they were taken in."""

from store import knowledge, neighbours
from store.db import Database
from tests.conftest import NOON
from tests.faq.place_files import NEIGHBOUR


def test_neighbours_are_kept_as_they_are(database: Database) -> None:
    with database.write() as tx:
        shipped = len(neighbours.all_neighbours(tx))
        knowledge.take_in(tx, [NEIGHBOUR], NOON)
        assert knowledge.take_in(tx, [NEIGHBOUR], NOON).same == 1
    with database.read() as tx:
        found = neighbours.all_neighbours(tx)
        assert NEIGHBOUR in found
        assert len(found) == shipped, "the tax office ships already: what staff take in comes in its place"
