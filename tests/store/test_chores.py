"""One process does a chore at a time, and another takes over where it died."""

import threading
from datetime import timedelta

import pytest

from store import chores
from store.chores import Chore
from store.db import Database, Tx
from tests.conftest import NOON

MINUTE = timedelta(minutes=1)


def test_a_chore_is_claimed_once_and_again_when_it_is_due(tx: Tx) -> None:
    assert chores.is_due(tx, "slots", MINUTE, NOON)
    assert chores.claim(tx, "slots", MINUTE, NOON)
    for seconds in (0, 1, 59):
        later = NOON + timedelta(seconds=seconds)
        assert not chores.is_due(tx, "slots", MINUTE, later)
        assert not chores.claim(tx, "slots", MINUTE, later)
    assert chores.is_due(tx, "slots", MINUTE, NOON + MINUTE)
    assert chores.claim(tx, "slots", MINUTE, NOON + MINUTE)
    assert chores.claim(tx, "draws", MINUTE, NOON), "each by its name"


def test_a_clock_that_was_set_back_stops_nothing(tx: Tx) -> None:
    assert chores.claim(tx, "slots", MINUTE, NOON + timedelta(days=400))
    assert chores.is_due(tx, "slots", MINUTE, NOON)
    assert chores.claim(tx, "slots", MINUTE, NOON)
    assert not chores.claim(tx, "slots", MINUTE, NOON)


def test_how_it_went(tx: Tx) -> None:
    chores.claim(tx, "slots", MINUTE, NOON)
    assert chores.all_chores(tx) == (Chore("slots", NOON, None, None),)
    chores.done(tx, "slots", NOON)
    assert not chores.has_failed(tx, "slots")
    chores.failed(tx, "slots", NOON + MINUTE)
    assert chores.has_failed(tx, "slots")
    assert chores.all_chores(tx) == (Chore("slots", NOON, NOON, NOON + MINUTE),)
    chores.done(tx, "slots", NOON + 2 * MINUTE)
    assert chores.all_chores(tx) == (Chore("slots", NOON, NOON + 2 * MINUTE, None),)


def test_slots_are_closed_for_a_cause_once(tx: Tx) -> None:
    assert chores.apply_once(tx, "typhoon", NOON)
    assert not chores.apply_once(tx, "typhoon", NOON)
    assert chores.applied(tx, ["typhoon", "snow"]) == {"typhoon"}


@pytest.mark.parametrize("round_", range(3))
def test_of_two_processes_one_has_it(database: Database, round_: int) -> None:
    """As two workers on PostgreSQL: the second waits for the first, and sees that it is taken."""
    got: list[bool] = []
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        with database.write() as tx:
            got.append(chores.claim(tx, "slots", MINUTE, NOON + round_ * MINUTE))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False, False, False, True]
