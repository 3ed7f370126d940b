"""How many bookings a second one client makes, held and confirmed, beside bare rows inserted in the same run."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from store import bookings, slots
from store.audit import SERVICE
from store.bookings import Booking, Channel
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.migrations import migrate
from store.tables import seats
from tests import postgresql
from tests.bench.tables import Table
from tests.store.town import LAW, NOON, draft, person

PEOPLE = 200
TERMS = replace(LAW, limit=None)


def run() -> Table:
    keyring = Keyring.parse(random_key_text())
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        rows.append(("SQLite", *_figures(Database(f"sqlite:///{folder}/bench.db", keyring))))
    if programs := postgresql.programs():
        with postgresql.cluster(programs, keeps=True) as url:
            rows.append(("PostgreSQL", *_figures(Database(url, keyring))))
    columns = ("database", "bare inserts", "held and confirmed")
    return Table("Bookings a second, one client, each commit on the disk", columns, tuple(rows))


def _figures(database: Database) -> tuple[str, ...]:
    migrate(database)
    with database.write() as tx:
        slot = slots.add(tx, draft(13, seats=PEOPLE), SERVICE, NOON)
    assert slot is not None

    def insert(number: int) -> None:
        with database.write() as tx:
            tx.connection.execute(seats.insert().values(slot_id=slot, seat=PEOPLE + 1 + number))

    def book(number: int) -> None:
        with database.write() as tx:
            held = bookings.hold(tx, slot, TERMS, Channel.PHONE, None, SERVICE, NOON)
        assert isinstance(held, Booking), held
        with database.write() as tx:
            who, later = person(tx, f"人{number}"), NOON + timedelta(minutes=1)
            made = bookings.confirm(tx, held.id, who, None, TERMS, SERVICE, later)
        assert isinstance(made, Booking), made

    figures = _a_second(insert), _a_second(book)
    database.close()
    return figures


def _a_second(do: Callable[[int], None]) -> str:
    begun = time.perf_counter()
    for number in range(PEOPLE):
        do(number)
    return f"{PEOPLE / (time.perf_counter() - begun):.0f}"
