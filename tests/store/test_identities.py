from concurrent.futures import ThreadPoolExecutor, wait

import pytest
import sqlalchemy as sa

from store import accounts, identities
from store.accounts import Account, Draft
from store.audit import COMMAND
from store.db import Tx
from store.identities import Identity
from store.sight import Role
from store.tables import accounts as table
from tests.conftest import NOON

HANAKO = Identity("https://login.example.jp", "hanako")


@pytest.fixture
def two(tx: Tx) -> list[Account]:
    made = [accounts.add(tx, Draft(name, "", Role.OPERATOR), COMMAND, NOON) for name in ("one", "two")]
    return [each for each in made if isinstance(each, Account)]


def test_an_identity_leads_to_its_account(tx, two):
    one, _ = two
    assert identities.account_of(tx, HANAKO) is None
    assert identities.bind(tx, one.id, HANAKO, NOON)
    assert identities.account_of(tx, HANAKO) == one.id
    assert identities.bind(tx, one.id, HANAKO, NOON), "once more changes nothing"


@pytest.mark.parametrize(
    "another",
    [
        Identity("https://login.example.jp", "taro"),
        Identity("https://another.example.jp", "hanako"),
        Identity("https://login.example.jp", "Hanako"),
    ],
)
def test_issuer_and_subject_together_are_one_person(tx, two, another):
    one, _ = two
    identities.bind(tx, one.id, HANAKO, NOON)
    assert identities.account_of(tx, another) is None


def test_one_identity_is_of_one_account(tx, two):
    one, other = two
    identities.bind(tx, one.id, HANAKO, NOON)
    assert not identities.bind(tx, other.id, HANAKO, NOON)
    assert identities.account_of(tx, HANAKO) == one.id


def test_of_two_at_one_moment_one_is_bound(tx, two, monkeypatch):
    """The other finds the identity free as well; the database itself refuses it."""
    one, other = two
    identities.bind(tx, one.id, HANAKO, NOON)
    monkeypatch.setattr(identities, "account_of", lambda *_: None)
    assert not identities.bind(tx, other.id, HANAKO, NOON)
    bound = tx.connection.scalars(sa.select(table.c.id).where(table.c.subject == "hanako")).all()
    assert bound == [one.id]


def test_what_is_parted_can_be_bound_anew(tx, two):
    one, other = two
    identities.bind(tx, one.id, HANAKO, NOON)
    assert identities.unbind(tx, one.id, COMMAND, NOON)
    assert not identities.unbind(tx, one.id, COMMAND, NOON)
    assert identities.bind(tx, other.id, HANAKO, NOON)


def test_who_comes_in_while_they_are_parted_from_the_provider_waits_and_is_not_known(postgres):
    """Else their session would begin after all of them were ended."""
    with postgres.write() as tx:
        hanako = accounts.add(tx, Draft("hanako", "", Role.STAFF), COMMAND, NOON)
        identities.bind(tx, hanako.id, HANAKO, NOON)

    def comes_in():
        with postgres.write() as tx:
            return identities.account_of(tx, HANAKO)

    with ThreadPoolExecutor(1) as thread:
        with postgres.write() as tx:
            identities.unbind(tx, hanako.id, COMMAND, NOON)
            found = thread.submit(comes_in)
            wait([found], timeout=0.3)
        assert found.result() is None
