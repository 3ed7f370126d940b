"""Invitations: who holds the link chooses the password."""

from datetime import timedelta

import pytest

from store import accounts, credentials, invitations, sessions
from store.audit import COMMAND
from store.links import Refusal
from tests.conftest import NOON
from tests.store.test_accounts import add


def invite(tx, account):
    return invitations.invite(tx, account.id, COMMAND, NOON)


def test_a_first_sign_in(tx):
    hanako = add(tx, "hanako")
    invitation = invite(tx, hanako)
    assert invitations.look(tx, invitation.token, NOON) == hanako
    accepted = invitations.accept(tx, invitation.token, "hash", NOON)
    assert accepted.id == hanako.id
    assert credentials.kept_of(tx, "hanako").password == "hash"
    assert invitations.accept(tx, invitation.token, "another", NOON) is Refusal.SPENT
    assert credentials.kept_of(tx, "hanako").password == "hash"


@pytest.mark.parametrize(("make", "days"), [(invitations.invite, 7), (invitations.reset, 1)])
def test_how_long_a_link_lasts(tx, make, days):
    invitation = make(tx, add(tx, "hanako").id, COMMAND, NOON)
    assert invitation.expires_at == NOON + timedelta(days=days)
    assert invitations.look(tx, invitation.token, invitation.expires_at) is Refusal.EXPIRED
    assert invitations.accept(tx, invitation.token, "hash", invitation.expires_at) is Refusal.EXPIRED
    assert credentials.kept_of(tx, "hanako").password is None


def test_a_newer_link_voids_the_older(tx):
    hanako = add(tx, "hanako")
    first, second = invite(tx, hanako), invite(tx, hanako)
    third = invitations.reset(tx, hanako.id, COMMAND, NOON)
    for older in (first, second):
        assert invitations.look(tx, older.token, NOON) is Refusal.UNKNOWN
    assert invitations.accept(tx, third.token, "hash", NOON).id == hanako.id


def test_a_reset_keeps_everybody_out_at_once(tx):
    hanako = add(tx, "hanako")
    credentials.set_password(tx, hanako.id, "hash", COMMAND, NOON)
    token = sessions.begin(tx, hanako, "", NOON)
    invitations.reset(tx, hanako.id, COMMAND, NOON)
    assert credentials.kept_of(tx, "hanako").password is None
    assert sessions.find(tx, token, NOON) is None


def test_a_new_password_ends_the_sessions_of_the_old_one(tx):
    hanako = add(tx, "hanako")
    invitation = invite(tx, hanako)
    token = sessions.begin(tx, hanako, "", NOON)
    invitations.accept(tx, invitation.token, "hash", NOON)
    assert sessions.find(tx, token, NOON) is None


def test_an_account_that_was_disabled_meanwhile(tx):
    hanako = add(tx, "hanako")
    invitation = invite(tx, hanako)
    accounts.set_active(tx, hanako.id, COMMAND, NOON, active=False)
    assert invitations.look(tx, invitation.token, NOON) is Refusal.UNKNOWN
    assert invitations.accept(tx, invitation.token, "hash", NOON) is Refusal.UNKNOWN
