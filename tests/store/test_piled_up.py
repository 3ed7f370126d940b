"""Where much waits the next is found as soon as where little does, also while PostgreSQL believes that nothing does."""

import re
from datetime import timedelta

import pytest

from store import agenda, inbox, outbox, residents
from store.db import Database
from store.inbox import Arrival
from store.tables import work
from tests.bench.plans import heard
from tests.conftest import NOON

PEOPLE, EACH = 60, 10
FEW = 100
"""Pages of 8 kB. What waits is on some hundreds, each of them looked at for each row that is read."""


@pytest.fixture(params=["young", "old"])
def piled_up(request, postgres: Database) -> Database:
    """Much waits; the statistics are of before, when nothing did: in a young city, or in one that had answered all."""
    if request.param == "old":
        with postgres.write() as tx:
            for minute in range(EACH):
                pile_up(tx, f"answered-{minute}", NOON - timedelta(hours=1) + timedelta(minutes=minute), 1)
            for table in (work.inbox, work.outbox):
                tx.connection.execute(table.update().values(state="done", done_at=NOON, body=None))
    with postgres.write() as tx:
        tx.connection.exec_driver_sql("ANALYZE")
    with postgres.write() as tx:
        pile_up(tx, "waiting", NOON, EACH)
    return postgres


def pile_up(tx, name, at, many):
    """So many events of each, and as much to be said to them."""
    for number in range(PEOPLE):
        address = f"U{number:032x}"
        arrivals = [
            Arrival(f"{name}-{number}-{each}", address, "message/text", later(each), True, True, b"{}")
            for each in range(many)
        ]
        inbox.keep(tx, arrivals, at)
        who = residents.meet(tx, address, NOON).id
        for _ in range(many):
            outbox.put(tx, who, b"[]", at)


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
