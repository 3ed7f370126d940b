"""What a process sends is left to it while it lives, and taken over within ten seconds when it does not."""

from datetime import timedelta

from bot.leases import RENEWED_EVERY, Leases
from store import outbox, residents
from store.outbox import LEASE
from tests.conftest import NOON
from tests.line import HANAKO, Clock

POLLED = timedelta(seconds=1)


def put_and_claim(database):
    with database.write() as tx:
        outbox.put(tx, residents.meet(tx, HANAKO, NOON).id, b"[]", NOON)
    return claim(database, NOON, "sender")


def claim(database, now, worker):
    with database.write() as tx:
        return outbox.claim(tx, worker, now)


def test_a_send_that_takes_long_is_not_taken_over(database):
    clock, item = Clock(), put_and_claim(database)
    leases = Leases(database, clock)
    with leases.kept(item.id, "sender"):
        for _ in range(10):
            clock.passes(seconds=RENEWED_EVERY)
            leases.renew()
            assert claim(database, clock.now, "other") is None


def test_one_renewal_may_fail(database):
    clock, item = Clock(), put_and_claim(database)
    with Leases(database, clock).kept(item.id, "sender"):
        clock.passes(seconds=2 * RENEWED_EVERY)
        assert claim(database, clock.now, "other") is None


def test_what_a_dead_process_held_is_taken_over_within_ten_seconds(database):
    item, soon = put_and_claim(database), LEASE + POLLED
    assert soon < timedelta(seconds=10)
    assert claim(database, NOON + soon, "other").id == item.id


def test_what_is_sent_is_not_renewed_any_more(database):
    clock, item = Clock(), put_and_claim(database)
    leases = Leases(database, clock)
    with leases.kept(item.id, "sender"):
        pass
    clock.passes(seconds=LEASE.total_seconds() - 1)
    leases.renew()
    assert claim(database, clock.now + POLLED + POLLED, "other")
