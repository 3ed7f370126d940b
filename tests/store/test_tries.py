"""Tries: counted one after the other, over any 15 minutes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import sqlalchemy as sa

from store import tries
from store.tables import tries as table
from store.tries import WINDOW, Limit, Wait
from tests.conftest import NOON


def later(**units):
    return NOON + timedelta(**units)


def test_so_many_and_no_more(tx):
    limits = [Limit("hanako", 3)]
    assert [tries.take(tx, limits, later(seconds=each)) for each in range(3)] == [None] * 3
    assert tries.take(tx, limits, later(seconds=3)) == Wait(NOON + WINDOW)
    assert tries.wait(tx, limits, later(seconds=3)) == Wait(NOON + WINDOW)
    assert tries.take(tx, [Limit("taro", 3)], later(seconds=3)) is None


def test_the_window_moves_with_each_try(tx):
    limits = [Limit("hanako", 2)]
    taken = [each for each in range(60) if tries.take(tx, limits, later(minutes=each)) is None]
    assert taken == [0, 1, 15, 16, 30, 31, 45, 46]


def test_a_try_that_has_to_wait_counts_for_nothing(tx):
    limits = [Limit("hanako", 1)]
    tries.take(tx, limits, NOON)
    for each in range(1, 15):
        assert tries.take(tx, limits, later(minutes=each)) == Wait(NOON + WINDOW)
    assert tries.take(tx, limits, NOON + WINDOW) is None


def test_of_several_limits_the_longest_wait_counts_and_none_is_charged(tx):
    name, address = Limit("hanako", 1), Limit("10.0.0.1", 1)
    tries.take(tx, [name], NOON)
    tries.take(tx, [address], later(minutes=5))
    assert tries.take(tx, [name, address], later(minutes=6)) == Wait(later(minutes=20))
    assert tries.take(tx, [name, address], later(minutes=16)) == Wait(later(minutes=20))
    assert tries.take(tx, [name], later(minutes=17)) is None


def test_what_was_tried_cannot_be_read(tx):
    tries.take(tx, [Limit("hanako", 1)], NOON)
    [kept] = tx.connection.scalars(sa.select(table.c.of))
    assert len(kept) == 32
    assert b"hanako" not in kept


def test_tries_at_one_moment_are_counted_one_after_the_other(database):
    def take(number):
        with database.write() as tx:
            limits = [Limit("hanako", 10), Limit(f"address {number % 3}", 100)]
            return tries.take(tx, limits if number % 2 else limits[::-1], NOON)

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(take, range(64)))
    assert found.count(None) == 10
