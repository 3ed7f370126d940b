"""Two workers on PostgreSQL: a resident has one turn at a time, and may write meanwhile."""

from datetime import timedelta

from store import inbox
from store.db import Database, Tx
from store.inbox import Arrival
from tests.conftest import NOON


def keep(tx: Tx, event_id: str, address: str, seconds: int = 0) -> None:
    at = NOON + timedelta(seconds=seconds)
    assert inbox.keep(tx, [Arrival(event_id, address, "message/text", at, True, True, b"{}")], at)


def test_who_is_being_answered_is_passed_over_and_may_write_meanwhile(postgres: Database) -> None:
    now = NOON + timedelta(minutes=1)
    with postgres.write() as tx:
        keep(tx, "1", "hanako", 0)
        keep(tx, "2", "hanako", 1)
        keep(tx, "3", "taro", 2)
    with postgres.write() as answering:
        first = inbox.claim(answering, now)
        with postgres.write() as webhook:
            webhook.connection.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
            keep(webhook, "0", "hanako", -5)
        with postgres.write() as other:
            second = inbox.claim(other, now)
            with postgres.write() as third:
                assert inbox.claim(third, now) is None
    assert first is not None
    assert second is not None
    assert first[1] != second[1]
