import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from store import relay
from store.relay import GIVE_UP
from store.work import LEASE
from tests.conftest import NOON

SECOND = timedelta(seconds=1)


def test_a_body_is_queued_once_and_given_back_byte_for_byte(tx):
    for _ in range(2):
        relay.keep(tx, b'{ "events": [] }\n\xff', "signature", NOON)
    item = relay.claim(tx, "w", NOON)
    assert (item.body, item.signature, item.attempts) == (b'{ "events": [] }\n\xff', "signature", 0)
    assert relay.claim(tx, "w", NOON) is None
    relay.taken(tx, item, NOON)
    relay.keep(tx, b'{ "events": [] }\n\xff', "signature", NOON)
    assert relay.counts(tx) == {"sent": 1}


def test_the_same_body_at_two_machines_at_once(database):
    start = threading.Barrier(4)

    def keep(_: int) -> None:
        start.wait(10)
        for number in range(10):
            with database.write() as tx:
                relay.keep(tx, f"{number}".encode(), "s", NOON)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(keep, range(4)))
    with database.read() as tx:
        assert relay.counts(tx) == {"waiting": 10}


def test_later_and_later_and_given_up_after_a_day(tx):
    relay.keep(tx, b"x", "s", NOON)
    relay.failed(tx, relay.claim(tx, "w", NOON), NOON)
    assert relay.claim(tx, "w", NOON) is None
    item = relay.claim(tx, "w", NOON + GIVE_UP)
    relay.failed(tx, item, NOON + GIVE_UP)
    item = relay.claim(tx, "w", NOON + GIVE_UP + 2 * SECOND)
    assert item.attempts == 2
    relay.failed(tx, item, NOON + GIVE_UP + 2 * SECOND)
    assert relay.counts(tx) == {"dead": 1}


def test_a_lease_ends(tx):
    relay.keep(tx, b"x", "s", NOON)
    relay.claim(tx, "killed", NOON)
    assert relay.claim(tx, "next", NOON + LEASE) is None
    assert relay.claim(tx, "next", NOON + LEASE + SECOND)
    relay.free_all(tx)
    assert relay.claim(tx, "third", NOON)
