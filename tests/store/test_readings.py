"""Readings are read back as they were taken in."""

from store import knowledge, readings
from store.db import Database
from tests.conftest import NOON
from tests.faq.place_files import READING


def test_readings_are_kept_as_they_are(database: Database) -> None:
    with database.write() as tx:
        shipped = len(readings.all_readings(tx))
        knowledge.take_in(tx, [READING], NOON)
        assert knowledge.take_in(tx, [READING], NOON).same == 1
    with database.read() as tx:
        found = readings.all_readings(tx)
        assert READING in found
        assert len(found) == shipped, "神水 ships already: what staff take in comes in its place"
