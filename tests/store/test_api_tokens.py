"""Keys of other programs: shown once, good for a while, and limited over all processes."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from store import api_tokens
from store.api_tokens import PREFIX, WINDOW, Made, TokenDraft
from store.db import Database
from store.tables import api_tokens as table
from tests.conftest import NOON
from tests.store.people import viewers

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def admin(tx):
    return viewers(tx)["admin"]


def make(tx, admin, a_minute=60) -> Made:
    return api_tokens.make(tx, admin, TokenDraft("通話ソフト", a_minute, NOON + DAY), NOON)


def test_only_the_digest_is_kept(tx, admin):
    made = make(tx, admin)
    assert made.text.startswith(PREFIX)
    row = tx.connection.execute(sa.select(table)).mappings().one()
    assert made.text.removeprefix(PREFIX) not in repr(dict(row))
    (listed,) = api_tokens.listed(tx)
    assert (listed.name, listed.made_by, listed.used_at) == ("通話ソフト", "admin", None)


@pytest.mark.parametrize("wrong", ["", PREFIX, "x", "\ud800", "helpdesk_" + "a" * 43])
def test_another_text_proves_nothing(tx, admin, wrong):
    make(tx, admin)
    assert api_tokens.known(tx, wrong, NOON) is None


def test_it_is_good_until_it_expires_or_is_revoked(tx, admin):
    made = make(tx, admin)
    assert api_tokens.known(tx, made.text, NOON + DAY - SECOND) is not None
    assert api_tokens.known(tx, made.text, NOON + DAY) is None
    for _ in range(2):
        assert api_tokens.revoke(tx, admin, made.id, NOON)
    assert api_tokens.known(tx, made.text, NOON) is None
    assert not api_tokens.revoke(tx, admin, api_tokens.TokenId(10**9), NOON)


def test_so_many_a_minute_and_then_one_by_one(tx, admin):
    found = api_tokens.known(tx, make(tx, admin, a_minute=6).text, NOON)
    assert found is not None
    assert [api_tokens.take(tx, found, NOON) for _ in range(6)] == [None] * 6
    waits = api_tokens.take(tx, found, NOON)
    assert waits is not None
    assert waits.until == NOON + WINDOW / 6
    assert api_tokens.must_wait(tx, found, NOON) == waits
    assert api_tokens.take(tx, found, waits.until - SECOND) is not None
    assert api_tokens.take(tx, found, waits.until) is None
    assert api_tokens.take(tx, found, waits.until) is not None
    (listed,) = api_tokens.listed(tx)
    assert listed.used_at == waits.until


def test_never_more_than_twice_the_limit_in_any_minute(tx, admin):
    """A full minute's worth at once and then one by one; never a third."""
    found = api_tokens.known(tx, make(tx, admin, a_minute=6).text, NOON)
    assert found is not None
    taken = [second for second in range(60) if api_tokens.take(tx, found, NOON + second * SECOND) is None]
    assert len(taken) <= 2 * 6
    after = [
        second for second in range(60, 120) if api_tokens.take(tx, found, NOON + second * SECOND) is None
    ]
    assert len(after) == 6


def test_requests_of_one_moment_do_not_pass_the_limit_together(database: Database):
    with database.write() as tx:
        admin = viewers(tx)["admin"]
        made = make(tx, admin, a_minute=10)
        found = api_tokens.known(tx, made.text, NOON)
    assert found is not None
    passed = []

    def ask() -> None:
        for _ in range(5):
            with database.write(synced=False) as tx:
                passed.append(api_tokens.take(tx, found, NOON) is None)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passed.count(True) == 10


@pytest.mark.parametrize("a_minute", [0, -1, 6001])
def test_a_limit_that_is_none(a_minute):
    with pytest.raises(ValueError, match="a minute"):
        TokenDraft("x", a_minute, NOON)
