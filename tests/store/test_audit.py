import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
import sqlalchemy as sa

from store import audit
from store.audit import COMMAND, SERVICE, ByAccount, ByResident, Kind
from store.residents import ResidentId
from store.sight import AccountId
from store.tables import audit as table
from store.tables import audit_head
from tests.conftest import NOON

ALICE = ByAccount(AccountId(7))


def rows(tx):
    return tx.connection.execute(sa.select(table).order_by(table.c.place)).all()


def test_an_act_is_a_row_of_the_same_transaction(tx):
    audit.record(tx, ALICE, "account.added", Kind.ACCOUNT, "12", NOON, role="staff", 課="国保")
    (row,) = rows(tx)
    assert (row.at, row.actor, row.actor_id, row.act) == (NOON, "account", 7, "account.added")
    assert (row.kind, row.subject, row.detail) == ("account", "12", '{"role": "staff", "課": "国保"}')


@pytest.mark.parametrize(
    ("by", "actor", "number"),
    [
        (ALICE, "account", 7),
        (ByResident(ResidentId(3)), "resident", 3),
        (SERVICE, "service", None),
        (COMMAND, "command", None),
    ],
)
def test_who_acts(tx, by, actor, number):
    audit.record(tx, by, "x", Kind.BOOKING, "1", NOON)
    assert [(row.actor, row.actor_id) for row in rows(tx)] == [(actor, number)]


def test_acts_are_chained_when_they_are_committed(database):
    for subject in "123":
        with database.write() as tx:
            audit.record(tx, SERVICE, "x", Kind.BOOKING, subject, NOON)
            audit.record(tx, SERVICE, "y", Kind.BOOKING, subject, NOON)
    with database.read() as tx:
        assert [(row.place, row.act, row.subject) for row in rows(tx)] == [
            (1, "x", "1"),
            (2, "y", "1"),
            (3, "x", "2"),
            (4, "y", "2"),
            (5, "x", "3"),
            (6, "y", "3"),
        ]
        assert len({row.chained for row in rows(tx)}) == 6
        assert tx.connection.scalar(sa.select(audit_head.c.last)) == 6


def test_what_was_rolled_back_never_was(database):
    with database.write() as tx:
        audit.record(tx, SERVICE, "x", Kind.BOOKING, "1", NOON)
        tx.connection.rollback()
    with suppress(ZeroDivisionError), database.write() as tx:
        audit.record(tx, SERVICE, "x", Kind.BOOKING, "2", NOON)
        raise ZeroDivisionError
    with database.write() as tx, suppress(ZeroDivisionError), tx.connection.begin_nested():
        audit.record(tx, SERVICE, "x", Kind.BOOKING, "3", NOON)
        raise ZeroDivisionError
    with database.read() as tx:
        assert rows(tx) == []


def test_eight_at_once_make_one_chain(database):
    start = threading.Barrier(8)

    def act(number: int) -> None:
        start.wait(10)
        for turn in range(5):
            with database.write() as tx:
                audit.record(tx, SERVICE, "x", Kind.BOOKING, f"{number} {turn}", NOON)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(act, range(8)))
    with database.read() as tx:
        assert [row.place for row in rows(tx)] == list(range(1, 41))
