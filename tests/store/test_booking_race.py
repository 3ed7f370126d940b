"""64 clients in 4 processes for too few places, on both databases: none too many, none lost, also when they are killed.

The controls take away what holds the places, and the same count notices.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from store import bookings, slots
from store.db import Database
from store.tables import bookings as table
from tests.conftest import NOON
from tests.promises.length import at_length
from tests.store import booking_clients
from tests.store.town import FRIDAY, OPERATOR, draft

pytestmark = pytest.mark.slow
SLOTS = at_length(80, 200)


@dataclass(frozen=True, slots=True)
class Count:
    """What became of the places."""

    confirmed: int
    over: int
    """Places given out beyond those that are there."""
    lost: int
    """Bookings that somebody was told of and that are not there."""
    untold: int
    """Bookings that nobody was told of."""


def open_day(database: Database) -> None:
    """A day of slots of one place each: fewer than the clients want, some for each."""
    with database.write() as tx:
        minutes = (divmod(3 * number, 60) for number in range(SLOTS))
        slots.make(tx, [draft(8 + hour, minute) for hour, minute in minutes], NOON)


def count(database: Database, told: Iterable[tuple[int, str]]) -> Count:
    with database.read() as tx:
        query = sa.select(table.c.slot_id, table.c.receipt).where(table.c.state == "confirmed")
        there = {(row.slot_id, row.receipt) for row in tx.connection.execute(query)}
    told = set(told)
    each = Counter(slot for slot, _ in there)
    return Count(len(there), sum(taken - 1 for taken in each.values()), len(told - there), len(there - told))


def raced(database: Database, mode: str = "") -> Count:
    clients = booking_clients.started(database, 4, 1, mode)
    booking_clients.go(clients)
    told = booking_clients.told(clients)
    assert [client.returncode for client in clients] == [0] * len(clients)
    return count(database, told)


@pytest.mark.parametrize("mode", ["", "naive"])
def test_none_too_many_and_none_lost(database: Database, mode: str) -> None:
    """`naive`: with a first look that is always out of date, so that the constraint alone decides."""
    open_day(database)
    assert raced(database, mode) == Count(confirmed=SLOTS, over=0, lost=0, untold=0)


def test_without_the_constraint_places_are_given_out_twice(database: Database) -> None:
    open_day(database)
    with database.write() as tx:
        operations = Operations(MigrationContext.configure(tx.connection))
        with operations.batch_alter_table("bookings") as batch:
            batch.drop_constraint("uq_bookings_slot_id_seat", type_="unique")
    assert raced(database, "naive").over > 0


def test_what_was_confirmed_is_there_after_a_kill(database: Database) -> None:
    open_day(database)
    clients = booking_clients.started(database, 4, 1)
    booking_clients.go(clients)
    first = [booking_clients.piped(client.stdout).readline() for client in clients]
    for client in clients:
        client.kill()
    before = [*booking_clients.told(clients), *((int(line.split()[0]), line.split()[1]) for line in first)]
    killed = count(database, before)
    assert (killed.lost, killed.over) == (0, 0)
    assert 0 < killed.confirmed < SLOTS
    with database.write() as tx:
        bookings.expire_holds(tx, NOON + timedelta(minutes=10))
    with database.read() as tx:
        free = sum(slot.free for slot in slots.of_day(tx, OPERATOR, FRIDAY, NOON))
    assert free == SLOTS - killed.confirmed
    after = booking_clients.started(database, 4, 5)
    booking_clients.go(after)
    whole = count(database, [*before, *booking_clients.told(after)])
    assert (whole.confirmed, whole.over, whole.lost) == (SLOTS, 0, 0)
    assert whole.untold <= booking_clients.PROCESSES * booking_clients.THREADS
