import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from store import buttons, conversations, inbox, outbox, queries, residents
from store.buttons import Button
from store.conversations import Conversation
from store.inbox import Arrival
from store.outbox import ReplyToken
from store.queries import Query
from tests.conftest import NOON
from tests.line import HANAKO, TARO


def test_one_address_is_one_resident(tx):
    hanako = residents.meet(tx, HANAKO, NOON)
    assert residents.meet(tx, HANAKO, NOON) == hanako == residents.find(tx, hanako.id)
    assert residents.meet(tx, TARO, NOON).id != hanako.id
    assert residents.address(tx, hanako.id) == HANAKO
    assert hanako.follows


def test_eight_at_once_meet_the_same_person(database):
    start = threading.Barrier(8)

    def meet(_: int) -> int:
        start.wait(10)
        with database.write() as tx:
            found = residents.meet(tx, HANAKO, NOON).id
            assert residents.address(tx, found) == HANAKO
            return found

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(meet, range(8)))) == 1


def test_following_and_being_seen(tx, hanako):
    residents.follow(tx, hanako, follows=False)
    assert not residents.find(tx, hanako).follows
    residents.seen(tx, hanako, NOON.replace(hour=5))
    residents.seen(tx, hanako, NOON.replace(hour=4))
    assert residents.find(tx, hanako).last_seen == NOON.replace(hour=5), "time does not run backwards"


def test_keys_are_each_persons_own(tx, hanako, taro):
    sealed = residents.key_of(tx, hanako).seal(b"x", "query")
    with pytest.raises(Exception, match="query"):
        residents.key_of(tx, taro).open(sealed, "query")
    with pytest.raises(sa.exc.NoResultFound):
        residents.system_key(tx, "no such key")


def test_who_is_erased_is_nowhere_and_can_never_be_read_again(sqlite):
    """Audited in the raw bytes: neither the key nor the address is left in the database or its log."""
    with sqlite.write() as tx:
        hanako = residents.meet(tx, HANAKO, NOON).id
        asked = Query("zzSECRETzz", "question", "none")
        queries.record(tx, hanako, asked, NOON, channel="LINE", message_ids=["1"])
        outbox.put(tx, hanako, b"[]", NOON, reply=ReplyToken("t", NOON))
        conversations.keep(tx, hanako, Conversation("t", {"a": "b"}), NOON)
        buttons.mint(tx, hanako, Button("helped", 1), NOON)
        inbox.keep(tx, [Arrival("e", HANAKO, "message/text", NOON, True, True, b"{}")], NOON)
        wrapped = tx.connection.scalar(sa.text("SELECT wrapped FROM resident_keys"))
        lookup = tx.connection.scalar(sa.text("SELECT lookup FROM residents"))
    with sqlite.write() as tx:
        residents.erase(tx, hanako)
    assert sqlite.forget()
    raw = b"".join(sqlite.file.with_name(sqlite.file.name + end).read_bytes() for end in ("", "-wal"))
    for secret in (wrapped, lookup, HANAKO.encode(), b"zzSECRETzz"):
        assert secret not in raw
    with sqlite.read() as tx:
        for table in ("residents", "resident_keys", "inbox", "outbox", "conversations", "buttons"):
            assert tx.connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) == 0, table
        assert tx.connection.execute(sa.text("SELECT resident_id FROM queries")).all() == [(None,)]
        assert residents.find(tx, hanako) is None


def test_erasing_on_both_databases(tx, hanako, taro):
    queries.record(tx, hanako, Query("q", "question", "none"), NOON, channel="LINE", message_ids=["1"])
    residents.erase(tx, hanako)
    with pytest.raises(sa.exc.NoResultFound):
        residents.key_of(tx, hanako)
    assert residents.find(tx, taro)
    assert residents.meet(tx, HANAKO, NOON).id not in (hanako, taro), "an id is never given again"


def test_a_reader_keeps_the_log_until_they_are_gone(sqlite):
    with sqlite.read() as tx:
        tx.connection.scalar(sa.text("SELECT count(*) FROM residents"))
        with sqlite.write() as writing:
            residents.meet(writing, HANAKO, NOON)
        assert not sqlite.forget()
    assert sqlite.forget()
