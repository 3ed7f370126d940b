"""Where much waits the next is found as soon as where little does, also while PostgreSQL believes that nothing does."""

import re
from datetime import timedelta

import pytest

from store import agenda, inbox, outbox, residents
from store.db import Database
from store.inbox import Arrival
from tests.bench.plans import heard
from tests.conftest import NOON

PEOPLE, EACH = 60, 10
FEW = 100
"""Pages of 8 kB. What waits is on some hundreds, each of them looked at for each row that is read."""


@pytest.fixture
def piled_up(postgres: Database) -> Database:
    """Much waits; the statistics are of before."""
    with postgres.write() as tx:
        tx.connection.exec_driver_sql("ANALYZE")
    with postgres.write() as tx:
        for number in range(PEOPLE):
            address = f"U{number:032x}"
            arrivals = [
                Arrival(f"{number}-{each}", address, "message/text", later(each), True, True, b"{}")
                for each in range(EACH)
            ]
            inbox.keep(tx, arrivals, NOON)
            who = residents.meet(tx, address, NOON).id
            for _ in range(EACH):
                outbox.put(tx, who, b"[]", NOON)
    return postgres


def later(number: int):
    return NOON + timedelta(seconds=number)


@pytest.mark.parametrize(
    "look",
    [
        lambda tx: inbox.claim(tx, NOON),
        lambda tx: outbox.claim(tx, "w", NOON),
        lambda tx: agenda.look(tx, NOON),
    ],
    ids=["heard", "told", "looked for"],
)
def test_the_next_is_found_without_looking_at_all_that_waits(piled_up, look):
    with heard(piled_up) as statements, piled_up.write() as tx:
        assert look(tx)
    first = statements[0]
    with piled_up.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS) {first.text}", first.values).scalars()
        told = "\n".join(plan)
        connection.rollback()
    assert int(re.search(r"Buffers: shared hit=(\d+)", told)[1]) < FEW, told
