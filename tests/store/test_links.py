"""One-time links: for one purpose, until a moment, spent once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from store import links, residents
from store.links import Link, Purpose, Refusal
from store.tables import links as table
from tests.conftest import NOON
from tests.line import HANAKO
from tests.store.test_accounts import add

DAY = timedelta(days=1)


def mint(tx, owner, purpose=Purpose.BOOKING_FORM, about=7):
    return links.mint(tx, purpose, owner, about, DAY, NOON)


def test_a_link_is_looked_at_often_and_spent_once(tx, hanako):
    token = mint(tx, hanako)
    link = Link(Purpose.BOOKING_FORM, hanako, None, 7, NOON + DAY)
    assert [links.look(tx, Purpose.BOOKING_FORM, token, NOON) for _ in range(3)] == [link] * 3
    assert links.spend(tx, Purpose.BOOKING_FORM, token, NOON) == link
    assert links.spend(tx, Purpose.BOOKING_FORM, token, NOON) is Refusal.SPENT
    assert links.look(tx, Purpose.BOOKING_FORM, token, NOON) is Refusal.SPENT


def test_what_a_spent_link_opened(tx, hanako):
    token = mint(tx, hanako)
    assert links.spent(tx, Purpose.BOOKING_FORM, token, NOON) is None
    link = links.spend(tx, Purpose.BOOKING_FORM, token, NOON)
    assert links.spent(tx, Purpose.BOOKING_FORM, token, NOON) == link
    assert links.spent(tx, Purpose.RECEIPT, token, NOON) is None
    assert links.spent(tx, Purpose.BOOKING_FORM, token, NOON + DAY) is None
    assert links.spent(tx, Purpose.BOOKING_FORM, "x" * 43, NOON) is None


def test_whose_link_it_is(tx, hanako):
    account = add(tx, "taro")
    token = mint(tx, account.id, Purpose.RESET)
    found = links.look(tx, Purpose.RESET, token, NOON)
    assert (found.resident, found.account) == (None, account.id)
    nobodys = links.look(tx, Purpose.BOOKING_FORM, mint(tx, None), NOON)
    assert (nobodys.resident, nobodys.account) == (None, None)


def test_another_purpose_and_an_unknown_token_look_alike(tx, hanako):
    token = mint(tx, hanako)
    for purpose, text in (
        (Purpose.RESET, token),
        (Purpose.BOOKING_FORM, token + "x"),
        (Purpose.BOOKING_FORM, ""),
    ):
        assert links.look(tx, purpose, text, NOON) is Refusal.UNKNOWN
        assert links.spend(tx, purpose, text, NOON) is Refusal.UNKNOWN
    assert isinstance(links.spend(tx, Purpose.BOOKING_FORM, token, NOON), Link)


@pytest.mark.parametrize("act", [links.look, links.spend])
def test_a_link_expires(tx, hanako, act):
    token = mint(tx, hanako)
    assert act(tx, Purpose.BOOKING_FORM, token, NOON + DAY) is Refusal.EXPIRED
    assert isinstance(act(tx, Purpose.BOOKING_FORM, token, NOON + DAY - timedelta(seconds=1)), Link)


def test_only_a_digest_is_kept(tx, hanako):
    token = mint(tx, hanako)
    [row] = tx.connection.execute(sa.select(table)).all()
    assert len(token) == 43
    assert token.encode() not in row.digest
    assert token not in map(str, row)


def test_a_links_owner_takes_it_along(tx, hanako):
    token = mint(tx, hanako)
    residents.erase(tx, hanako)
    assert links.look(tx, Purpose.BOOKING_FORM, token, NOON) is Refusal.UNKNOWN


def test_revoking_leaves_what_is_anothers_or_of_another_purpose(tx, hanako, taro):
    gone, his = mint(tx, hanako), mint(tx, taro)
    account = mint(tx, add(tx, "taro").id, Purpose.RESET)
    links.revoke(tx, Purpose.BOOKING_FORM, hanako)
    assert links.look(tx, Purpose.BOOKING_FORM, gone, NOON) is Refusal.UNKNOWN
    assert isinstance(links.look(tx, Purpose.BOOKING_FORM, his, NOON), Link)
    assert isinstance(links.look(tx, Purpose.RESET, account, NOON), Link)


def test_of_all_who_send_the_form_at_one_moment_one_spends_the_link(database):
    with database.write() as tx:
        token = mint(tx, residents.meet(tx, HANAKO, NOON).id)

    def spend(_):
        with database.write() as tx:
            return links.spend(tx, Purpose.BOOKING_FORM, token, NOON)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(spend, range(8)))
    assert sum(isinstance(each, Link) for each in found) == 1
    assert found.count(Refusal.SPENT) == 7
