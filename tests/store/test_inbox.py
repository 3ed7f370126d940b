from datetime import timedelta

import pytest
import sqlalchemy as sa

from store import inbox, residents
from store.db import Tx
from store.inbox import MOST_AT_ONCE, Arrival
from store.tables import inbox as table
from tests.conftest import NOON
from tests.line import HANAKO, TARO

SECOND = timedelta(seconds=1)


def keep(tx: Tx, event_id: str, address: str | None = HANAKO, at=NOON, now=NOON, for_us: bool = True) -> bool:
    body = f'{{"id": "{event_id}"}}'.encode()
    return bool(inbox.keep(tx, [Arrival(event_id, address, "message/text", at, True, for_us, body)], now))


def texts(tx: Tx, address: str = HANAKO) -> list[str]:
    return [item.event_id for item in inbox.waiting_of(tx, residents.meet(tx, address, NOON).id)]


def test_an_event_is_kept_once(tx):
    assert keep(tx, "a")
    assert not keep(tx, "a")
    assert not keep(tx, "a", TARO, NOON + SECOND)
    assert texts(tx) == ["a"]


def test_what_waits_is_given_back_as_it_came(tx):
    keep(tx, "a", at=NOON - SECOND)
    (item,) = inbox.waiting_of(tx, residents.meet(tx, HANAKO, NOON).id)
    assert (item.event_id, item.occurred_at, item.received_at) == ("a", NOON - SECOND, NOON)
    assert (item.may_reply, item.body) == (True, b'{"id": "a"}')


def at_once(tx: Tx, *event_ids: str, address: str = HANAKO):
    return inbox.keep_at_once(
        tx, [Arrival(each, address, "message/text", NOON, True, True, b"{}") for each in event_ids], NOON
    )


def test_of_who_is_known_events_are_kept_at_once(tx, hanako):
    assert at_once(tx, "a", "b") == {"a", "b"}
    assert at_once(tx, "b", "c") == {"c"}
    assert sorted(texts(tx)) == ["a", "b", "c"]


def test_of_a_stranger_nothing_is_kept_at_once(tx, hanako):
    assert at_once(tx, "a", address=TARO) is None
    assert inbox.counts(tx) == {}


def test_nothing_is_kept_at_once_where_something_waited_for_the_next_words(tx, hanako):
    assert at_once(tx, "a")
    (item,) = inbox.waiting_of(tx, hanako)
    inbox.wait_until(tx, item.id, NOON + SECOND)
    assert at_once(tx, "b") is None
    assert texts(tx) == ["a"]


def test_nor_more_than_fit_one_statement(tx, hanako, monkeypatch):
    monkeypatch.setattr(inbox, "MOST_IN_ONE", 2)
    assert at_once(tx, "a", "b", "c") is None
    assert at_once(tx, "a", "b") == {"a", "b"}


def test_what_waited_for_the_next_words_waits_no_longer(tx, hanako, taro):
    for event_id, address in (("a", HANAKO), ("b", TARO)):
        keep(tx, event_id, address)
        (item,) = inbox.waiting_of(tx, residents.meet(tx, address, NOON).id)
        inbox.wait_until(tx, item.id, NOON + SECOND)
    assert inbox.claim(tx, NOON) is None
    assert not keep(tx, "a"), "what comes twice is nobody's next words"
    assert inbox.claim(tx, NOON) is None
    assert keep(tx, "c")
    assert inbox.ripe(tx, NOON, 10) == (hanako,)


def test_nor_where_this_process_has_yet_to_learn_who_wrote(tx, hanako):
    keep(tx, "a")
    (item,) = inbox.waiting_of(tx, hanako)
    inbox.wait_until(tx, item.id, NOON + SECOND)
    tx.remembered.clear()
    assert keep(tx, "b")
    assert inbox.ripe(tx, NOON, 10) == (hanako,)


@pytest.mark.parametrize(("address", "for_us"), [(None, True), (HANAKO, False), (None, False)])
def test_what_has_no_effect_is_kept_without_its_words(tx, address, for_us):
    assert keep(tx, "a", address, for_us=for_us)
    assert inbox.counts(tx) == {"ignored": 1}
    assert inbox.claim(tx, NOON) is None
    assert not keep(tx, "a")


def test_oldest_first_and_ten_at_once(tx):
    for number in range(MOST_AT_ONCE + 2):
        keep(tx, f"{number:02}", at=NOON - number * SECOND)
    assert texts(tx) == [f"{number:02}" for number in range(11, 1, -1)]


def test_of_one_moment_the_first_received_is_first(tx):
    for name in "ba":
        keep(tx, name)
    assert texts(tx) == ["b", "a"]


def test_the_oldest_of_each_resident_is_next(tx):
    for name, address in (("a", HANAKO), ("b", HANAKO), ("c", TARO)):
        keep(tx, name, address)
    hanako, taro = residents.meet(tx, HANAKO, NOON).id, residents.meet(tx, TARO, NOON).id
    first = inbox.claim(tx, NOON)
    assert first[1] == hanako
    keep(tx, "earlier", at=NOON - SECOND)
    assert texts(tx) == ["earlier", "a", "b"]
    for item in inbox.waiting_of(tx, hanako):
        inbox.done(tx, [item.id], NOON)
    assert inbox.claim(tx, NOON)[1] == taro


def test_while_a_turn_is_taken_nobody_else_takes_one_with_the_same_resident(database):
    with database.write() as tx:
        keep(tx, "a")
        keep(tx, "b")
        keep(tx, "c", TARO)
        taro = residents.meet(tx, TARO, NOON).id
    if database.is_sqlite:  # one writer at a time: there is no second turn to be kept apart
        return
    with database.write() as one, database.write() as two:
        assert inbox.claim(one, NOON)[1] != taro
        assert inbox.claim(two, NOON)[1] == taro


def test_a_turn_that_was_killed_waits_for_nothing(database):
    with database.write() as tx:
        keep(tx, "a")

    def dies() -> None:
        with database.write() as tx:
            assert inbox.claim(tx, NOON)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dies()
    with database.write() as tx:
        assert inbox.claim(tx, NOON)


def test_done_forgets_the_words_and_keeps_the_id(tx):
    keep(tx, "a")
    item, _ = inbox.claim(tx, NOON)
    inbox.done(tx, [item], NOON)
    assert texts(tx) == []
    assert inbox.counts(tx) == {"done": 1}
    assert not keep(tx, "a")
    assert tx.connection.scalar(inbox.inbox.select().with_only_columns(inbox.inbox.c.body)) is None


def test_a_failure_is_tried_again_later(tx):
    keep(tx, "a")
    now = NOON
    for tries in (1, 2, 3):
        item, _ = inbox.claim(tx, now)
        assert inbox.try_again(tx, item, now) == tries
        assert inbox.claim(tx, now) is None
        now = tx.connection.scalar(sa.select(table.c.not_before))
    assert now == NOON + 7 * SECOND


def test_the_next_words_end_the_wait_for_them(tx):
    keep(tx, "a")
    item, hanako = inbox.claim(tx, NOON)
    inbox.wait_until(tx, item, NOON + 3 * SECOND)
    assert inbox.claim(tx, NOON + SECOND) is None
    keep(tx, "b", TARO, NOON + SECOND, NOON + SECOND)
    assert inbox.claim(tx, NOON + SECOND)[1] != hanako, "another's words do not"
    keep(tx, "c", HANAKO, NOON + SECOND, NOON + SECOND)
    assert inbox.claim(tx, NOON + SECOND) == (item, hanako)
    assert texts(tx) == ["a", "c"]
