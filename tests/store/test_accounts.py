"""Accounts: what they are made of, and who sees which."""

from datetime import timedelta

import pytest

from faq.counters import SectionId
from store import accounts, sessions
from store.accounts import Account, Draft, NameTaken
from store.audit import COMMAND
from store.db import Tx
from store.sight import AccountId, Role, Viewer
from tests.conftest import NOON


def add(tx: Tx, name: str, role: Role = Role.STAFF, **rights: object) -> Account:
    made = accounts.add(tx, Draft(name, f"{name}さん", role, **rights), COMMAND, NOON)  # type: ignore[arg-type]
    assert isinstance(made, Account)
    return made


def test_what_an_account_is_made_of(tx):
    made = add(tx, " Ｈanako ", section=SectionId("soudan"), personal=True)
    assert made.viewer == Viewer(made.id, "Ｈanako さん", Role.STAFF, SectionId("soudan"), True)
    assert (made.name, made.active, made.has_password, made.has_authenticator) == (
        "hanako",
        True,
        False,
        False,
    )
    assert (made.created_at, made.signed_in_at) == (NOON, None)


def test_a_name_is_one_accounts_only(tx):
    add(tx, "hanako")
    assert accounts.add(tx, Draft("HANAKO", "", Role.ADMIN), COMMAND, NOON) == NameTaken("hanako")
    assert len(accounts.every(tx)) == 1


@pytest.mark.parametrize(
    ("role", "personal", "needs"),
    [
        (Role.OPERATOR, False, False),
        (Role.STAFF, False, False),
        (Role.APPROVER, False, False),
        (Role.ADMIN, False, True),
        (Role.OPERATOR, True, True),
        (Role.STAFF, True, True),
    ],
)
def test_who_must_have_an_authenticator_app(tx, role, personal, needs):
    assert add(tx, "hanako", role, personal=personal).needs_authenticator is needs


@pytest.mark.parametrize("role", list(Role))
def test_an_administrator_sees_all_accounts_and_others_their_own(tx, role):
    viewer, other = add(tx, "viewer", role), add(tx, "other")
    sees_all = role is Role.ADMIN
    assert accounts.all_of(tx, viewer.viewer) == ((other, viewer) if sees_all else (viewer,))
    assert accounts.find(tx, viewer.viewer, viewer.id) == viewer
    assert accounts.find(tx, viewer.viewer, other.id) == (other if sees_all else None)
    assert accounts.find(tx, viewer.viewer, AccountId(10**9)) is None


def test_another_account_cannot_be_changed_by_who_does_not_see_it(tx):
    viewer, other = add(tx, "viewer"), add(tx, "other")
    draft = Draft("mine", "", Role.ADMIN)
    assert accounts.change(tx, viewer.viewer, other.id, draft, NOON) is None
    assert accounts.own(tx, other.id) == other


@pytest.mark.parametrize(
    ("draft", "ends"),
    [
        (Draft("hanako2", "花子", Role.STAFF, None), False),
        (Draft("hanako", "花子", Role.ADMIN, None), True),
        (Draft("hanako", "花子", Role.STAFF, SectionId("soudan")), True),
        (Draft("hanako", "花子", Role.STAFF, None, True), True),
    ],
)
def test_sessions_end_where_rights_change(tx, draft, ends):
    admin, hanako = add(tx, "admin", Role.ADMIN), add(tx, "hanako")
    token = sessions.begin(tx, hanako, "", NOON)
    changed = accounts.change(tx, admin.viewer, hanako.id, draft, NOON)
    assert isinstance(changed, Account)
    assert (changed.name, changed.shown, changed.role) == (draft.name, draft.shown, draft.role)
    assert (sessions.find(tx, token, NOON) is None) is ends


def test_a_name_that_another_has_cannot_be_taken_over(tx):
    admin, hanako = add(tx, "admin", Role.ADMIN), add(tx, "hanako")
    taken = accounts.change(tx, admin.viewer, hanako.id, Draft("Admin", "", Role.STAFF), NOON)
    assert taken == NameTaken("admin")
    assert accounts.own(tx, hanako.id) == hanako


def test_who_is_disabled_is_out_at_once(tx):
    hanako = add(tx, "hanako")
    token = sessions.begin(tx, hanako, "", NOON)
    assert accounts.set_active(tx, hanako.id, COMMAND, NOON, active=False)
    assert sessions.find(tx, token, NOON) is None
    assert not accounts.set_active(tx, hanako.id, COMMAND, NOON, active=False)
    assert accounts.set_active(tx, hanako.id, COMMAND, NOON + timedelta(days=1), active=True)
    assert sessions.find(tx, token, NOON) is None
    assert accounts.own(tx, hanako.id).active


@pytest.mark.parametrize(
    ("name", "well"),
    [
        ("hanako", True),
        ("熊本花子", True),
        ("a.b-c_1@x", True),
        ("x" * 64, True),
        ("x" * 65, False),
        ("", False),
        (" ", False),
        ("a b", False),
        ("a　b", False),
        ("a\nb", False),
        ("a\u200bb", False),
        ("\ud800", False),
    ],
)
def test_names_that_can_be_signed_in_with(name, well):
    assert accounts.is_name(name) is well
