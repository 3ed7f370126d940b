"""What administrators may do with accounts, and what nobody may."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from faq.counters import SectionId
from store import accounts, administering, credentials, identities, invitations, links, sessions
from store.accounts import Account, Draft, NameTaken
from store.administering import Invited, Refusal
from store.audit import COMMAND
from store.db import Database, Tx
from store.identities import Identity
from store.invitations import LIVES
from store.links import Link, Purpose
from store.sessions import SessionId
from store.sight import AccountId, Role, Viewer
from store.tables import audit
from tests.conftest import NOON

HANAKO = Draft("hanako", "熊本 花子", Role.STAFF, SectionId("chuo-kumin"), personal=True)
NOBODY = AccountId(10**9)


def made(tx: Tx, name: str, role: Role, *, personal: bool = False) -> Account:
    """An account that can sign in."""
    account = accounts.add(tx, Draft(name, name, role, None, personal), COMMAND, NOON)
    assert isinstance(account, Account)
    credentials.set_password(tx, account.id, "$argon2id$...", COMMAND, NOON)
    found = accounts.own(tx, account.id)
    assert found is not None
    return found


@pytest.fixture
def chief(tx: Tx) -> Viewer:
    return made(tx, "chief", Role.ADMIN).viewer


@pytest.fixture
def hanako(tx: Tx) -> Account:
    return made(tx, "hanako", Role.STAFF)


def draft_of(account: Account, **others: object) -> Draft:
    return replace(
        Draft(account.name, account.shown, account.role, account.section, account.personal), **others
    )


def audited(tx: Tx, by: Viewer) -> list[tuple[str, str, dict[str, str]]]:
    """What the audit tells of somebody's acts."""
    mine = sa.select(audit.c.act, audit.c.subject, audit.c.detail).where(audit.c.actor_id == by.account)
    rows = tx.connection.execute(mine.order_by(audit.c.id))
    return [(row.act, row.subject, json.loads(row.detail)) for row in rows]


# Adding and inviting --------------------------------------------------------------------------------


def test_a_new_account_and_its_link(tx, chief):
    invited = administering.add(tx, chief, HANAKO, NOON)
    assert isinstance(invited, Invited)
    account, token = invited.account, invited.invitation.token
    assert (account.name, account.role, account.personal, account.active) == (
        "hanako",
        Role.STAFF,
        True,
        True,
    )
    assert invited.invitation.expires_at == NOON + LIVES[Purpose.FIRST_SIGN_IN]
    link = links.look(tx, Purpose.FIRST_SIGN_IN, token, NOON)
    assert isinstance(link, Link)
    assert link.account == account.id
    assert administering.add(tx, chief, replace(HANAKO, name="ＨＡＮＡＫＯ"), NOON) == NameTaken("hanako")


def test_a_new_link_makes_the_old_one_and_the_password_worthless(tx, chief, hanako):
    first, second = (administering.invite(tx, chief, hanako.id, NOON) for _ in range(2))
    assert isinstance(first, Invited)
    assert isinstance(second, Invited)
    kept = credentials.kept_of(tx, "hanako")
    assert kept is not None
    assert kept.password is None
    assert links.look(tx, Purpose.RESET, first.invitation.token, NOON) is links.Refusal.UNKNOWN
    assert invitations.look(tx, second.invitation.token, NOON) == accounts.own(tx, hanako.id)


# Rights ---------------------------------------------------------------------------------------------


def test_new_rights_count_at_once(tx, chief, hanako):
    token = sessions.begin(tx, hanako, "", NOON)
    after = administering.change(tx, chief, hanako.id, draft_of(hanako, role=Role.APPROVER), NOON)
    assert isinstance(after, Account)
    assert after.role is Role.APPROVER
    assert sessions.find(tx, token, NOON) is None, "nothing goes on with the old rights"


def test_a_new_name_leaves_sessions_open(tx, chief, hanako):
    token = sessions.begin(tx, hanako, "", NOON)
    administering.change(tx, chief, hanako.id, draft_of(hanako, shown="東 花子"), NOON)
    assert sessions.find(tx, token, NOON) is not None


@pytest.mark.parametrize(
    "lift",
    [
        {"role": Role.STAFF},
        {"personal": True},
        {"section": SectionId("chuo-kumin")},
        {"leads": True},
        {"outside": True},
    ],
    ids=str,
)
def test_nobody_changes_what_they_themselves_may_do(tx, chief, lift):
    made(tx, "another", Role.ADMIN)
    me = accounts.own(tx, chief.account)
    assert administering.change(tx, chief, me.id, draft_of(me, **lift), NOON) is Refusal.ONESELF
    assert accounts.own(tx, chief.account) == me
    changed = administering.change(tx, chief, me.id, draft_of(me, shown="主任"), NOON)
    assert isinstance(changed, Account)
    assert changed.shown == "主任"


ACTS: list[Callable[[Tx, Viewer, AccountId], object]] = [
    lambda tx, by, whom: administering.set_active(tx, by, whom, NOON, active=False),
    lambda tx, by, whom: administering.invite(tx, by, whom, NOON),
    lambda tx, by, whom: administering.forget_authenticator(tx, by, whom, NOON),
    lambda tx, by, whom: administering.unbind(tx, by, whom, NOON),
    lambda tx, by, whom: administering.end_sessions(tx, by, whom, NOON),
]


@pytest.mark.parametrize("act", ACTS)
def test_acts_are_for_others_that_are_there(tx, chief, hanako, act):
    made(tx, "another", Role.ADMIN)
    assert act(tx, chief, chief.account) is Refusal.ONESELF
    assert act(tx, chief, NOBODY) is Refusal.NOT_THERE
    operator = replace(chief, account=NOBODY, role=Role.OPERATOR)
    assert act(tx, operator, hanako.id) is Refusal.NOT_THERE, "not theirs looks like not there"
    assert audited(tx, chief) == []
    assert not isinstance(act(tx, chief, hanako.id), Refusal)


# An administrator is left ---------------------------------------------------------------------------


@pytest.fixture
def gone(tx: Tx) -> Viewer:
    """An administrator who was disabled a moment ago, and whose request is still under way."""
    account = made(tx, "gone", Role.ADMIN)
    accounts.set_active(tx, account.id, COMMAND, NOON, active=False)
    return account.viewer


@pytest.mark.parametrize("only_invited", [False, True])
def test_the_last_administrator_stays(tx, chief, gone, only_invited):
    if only_invited:
        accounts.add(tx, Draft("invited", "", Role.ADMIN), COMMAND, NOON)
    me = accounts.own(tx, chief.account)
    assert administering.set_active(tx, gone, me.id, NOON, active=False) is Refusal.LAST_ADMINISTRATOR
    found = administering.change(tx, gone, me.id, draft_of(me, role=Role.STAFF), NOON)
    assert found is Refusal.LAST_ADMINISTRATOR
    assert accounts.own(tx, chief.account) == me


def test_of_several_one_may_go(tx, chief, gone):
    made(tx, "another", Role.ADMIN)
    assert not isinstance(administering.set_active(tx, gone, chief.account, NOON, active=False), Refusal)


def test_through_single_sign_on_one_can_administer_too(tx, chief, gone):
    other = accounts.add(tx, Draft("other", "", Role.ADMIN), COMMAND, NOON)
    assert isinstance(other, Account)
    identities.bind(tx, other.id, Identity("https://login.example.jp", "other"), NOON)
    assert not isinstance(administering.set_active(tx, gone, chief.account, NOON, active=False), Refusal)


def test_two_who_disable_each_other_at_one_moment(database: Database):
    for turn in range(5):
        with database.write() as tx:
            for account in accounts.every(tx):
                accounts.set_active(tx, account.id, COMMAND, NOON, active=False)
            pair = [made(tx, f"admin{turn}{each}", Role.ADMIN) for each in "ab"]
        ready = threading.Barrier(2)

        def disable(by: Account, whom: Account, ready: threading.Barrier = ready) -> None:
            ready.wait()
            with database.write() as tx:
                administering.set_active(tx, by.viewer, whom.id, NOON, active=False)

        threads = [threading.Thread(target=disable, args=each) for each in (pair, pair[::-1])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with database.read() as tx:
            assert sum(each.active for each in accounts.every(tx)) == 1


# Keeping out, and letting in again ------------------------------------------------------------------


def test_who_is_disabled_is_out_at_once_and_comes_back_with_all(tx, chief, hanako):
    identities.bind(tx, hanako.id, Identity("https://login.example.jp", "hanako"), NOON)
    token = sessions.begin(tx, hanako, "", NOON)
    off = administering.set_active(tx, chief, hanako.id, NOON, active=False)
    assert isinstance(off, Account)
    assert not off.active
    assert sessions.find(tx, token, NOON) is None
    on = administering.set_active(tx, chief, hanako.id, NOON, active=True)
    assert on == replace(hanako, has_identity=True, signed_in_at=NOON)


def test_second_factor_and_single_sign_on_are_taken_off(tx, chief, hanako):
    credentials.set_authenticator(tx, hanako.id, "JBSWY3DPEHPK3PXP", 1, NOON)
    identities.bind(tx, hanako.id, Identity("https://login.example.jp", "hanako"), NOON)
    token = sessions.begin(tx, hanako, "", NOON, proven=True)
    administering.unbind(tx, chief, hanako.id, NOON)
    assert sessions.find(tx, token, NOON) is None
    administering.forget_authenticator(tx, chief, hanako.id, NOON)
    after = accounts.own(tx, hanako.id)
    assert after == replace(hanako, signed_in_at=NOON)


def test_sessions_are_ended_one_by_one_and_together(tx, chief, hanako):
    tokens = [sessions.begin(tx, hanako, device, NOON) for device in "abc"]
    first = sessions.find(tx, tokens[0], NOON)
    administering.end_session(tx, chief, hanako.id, first.id, NOON)
    assert [sessions.find(tx, token, NOON) is None for token in tokens] == [True, False, False]
    assert administering.end_session(tx, chief, NOBODY, first.id, NOON) is Refusal.NOT_THERE
    assert administering.end_session(tx, chief, hanako.id, SessionId(10**9), NOON) == replace(
        hanako, signed_in_at=NOON
    )
    administering.end_sessions(tx, chief, hanako.id, NOON)
    assert sessions.of(tx, hanako.id, NOON) == ()


# The audit ------------------------------------------------------------------------------------------


def test_every_act_is_audited_without_names(tx, chief, hanako):
    subject = str(hanako.id)
    identities.bind(tx, hanako.id, Identity("https://login.example.jp", "hanako"), NOON)
    sessions.begin(tx, hanako, "", NOON)
    administering.change(tx, chief, hanako.id, draft_of(hanako, role=Role.OPERATOR, personal=True), NOON)
    for act in ACTS[1:]:
        act(tx, chief, hanako.id)
    for active in (False, False, True):
        administering.set_active(tx, chief, hanako.id, NOON, active=active)
    assert audited(tx, chief) == [
        (
            "change",
            subject,
            {"role": "operator", "section": "", "personal": "yes", "leads": "no", "outside": "no"},
        ),
        ("no password", subject, {}),
        ("invite", subject, {"purpose": "reset"}),
        ("no authenticator", subject, {}),
        ("unbind", subject, {}),
        ("disable", subject, {}),
        ("enable", subject, {}),
    ]
    assert "花子" not in str(tx.connection.execute(sa.select(audit)).all())
