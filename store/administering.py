"""What an administrator does with accounts.

Two rules hold whoever asks: an administrator who can sign in is always left, and nobody changes what they
themselves may do, so that more than one person knows of every right that is given.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from store import accounts, credentials, identities, invitations, sessions
from store.accounts import Account, Draft, NameTaken
from store.audit import ByAccount
from store.db import Tx
from store.invitations import Invitation
from store.sessions import SessionId
from store.sight import AccountId, Role, Viewer
from store.tables import accounts as table


class Refusal(StrEnum):
    """Why nothing was done. An account that is not there and one that is not theirs look alike."""

    NOT_THERE = "not_there"
    ONESELF = "oneself"
    """Another administrator has to do it."""
    LAST_ADMINISTRATOR = "last_administrator"


@dataclass(frozen=True, slots=True)
class Invited:
    """An account, and the link by which its owner comes in; its token can be read nowhere again."""

    account: Account
    invitation: Invitation


def add(tx: Tx, by: Viewer, draft: Draft, now: datetime) -> Invited | NameTaken:
    """A new account and its first sign-in link."""
    actor = ByAccount(by.account)
    made = accounts.add(tx, draft, actor, now)
    return made if isinstance(made, NameTaken) else Invited(made, invitations.invite(tx, made.id, actor, now))


def change(
    tx: Tx, by: Viewer, account: AccountId, draft: Draft, now: datetime
) -> Account | NameTaken | Refusal:
    """Changes names and rights; where rights change, the account's sessions end."""
    before = accounts.find(tx, by, account)
    if before is None:
        return Refusal.NOT_THERE
    if draft.rights != before.rights and account == by.account:
        return Refusal.ONESELF
    if before.role is Role.ADMIN and draft.role is not Role.ADMIN and not _others_administer(tx, account):
        return Refusal.LAST_ADMINISTRATOR
    return accounts.change(tx, by, account, draft, now) or Refusal.NOT_THERE


def set_active(tx: Tx, by: Viewer, account: AccountId, now: datetime, *, active: bool) -> Account | Refusal:
    """Keeps an account out, or lets it in again with all that it had."""
    found = _another(tx, by, account)
    if isinstance(found, Refusal):
        return found
    if not active and found.role is Role.ADMIN and not _others_administer(tx, account):
        return Refusal.LAST_ADMINISTRATOR
    accounts.set_active(tx, account, ByAccount(by.account), now, active=active)
    return accounts.find(tx, by, account) or Refusal.NOT_THERE


def invite(tx: Tx, by: Viewer, account: AccountId, now: datetime) -> Invited | Refusal:
    """A link to choose a password. One that they have is taken from them: they, or another, may have given it away."""
    found = _another(tx, by, account)
    if isinstance(found, Refusal):
        return found
    make = invitations.reset if found.has_password else invitations.invite
    return Invited(found, make(tx, account, ByAccount(by.account), now))


def forget_authenticator(tx: Tx, by: Viewer, account: AccountId, now: datetime) -> Account | Refusal:
    """For who lost the device: they set another up when they sign in next."""
    found = _another(tx, by, account)
    if not isinstance(found, Refusal):
        credentials.forget_authenticator(tx, account, ByAccount(by.account), now)
    return found


def unbind(tx: Tx, by: Viewer, account: AccountId, now: datetime) -> Account | Refusal:
    """Parts the account from the identity provider; sessions may have begun there, so they end."""
    found = _another(tx, by, account)
    if not isinstance(found, Refusal) and identities.unbind(tx, account, ByAccount(by.account), now):
        sessions.end_all(tx, account, ByAccount(by.account), now)
    return found


def end_session(
    tx: Tx, by: Viewer, account: AccountId, session: SessionId, now: datetime
) -> Account | Refusal:
    """Ends a session of the account; one that is over already is no fault."""
    found = accounts.find(tx, by, account)
    if found is None:
        return Refusal.NOT_THERE
    sessions.end(tx, account, session, ByAccount(by.account), now)
    return found


def end_sessions(tx: Tx, by: Viewer, account: AccountId, now: datetime) -> Account | Refusal:
    """Ends every session of another's account."""
    found = _another(tx, by, account)
    if not isinstance(found, Refusal):
        sessions.end_all(tx, account, ByAccount(by.account), now)
    return found


def _another(tx: Tx, by: Viewer, account: AccountId) -> Account | Refusal:
    """An account that is not their own: to their own belong their own pages, which ask for the password."""
    if account == by.account:
        return Refusal.ONESELF
    return accounts.find(tx, by, account) or Refusal.NOT_THERE


def _others_administer(tx: Tx, account: AccountId) -> bool:
    """Whether somebody else can administer. Two who take it from each other at one moment wait here in turn."""
    can = sa.and_(
        table.c.role == Role.ADMIN.value,
        table.c.active,
        sa.or_(table.c.password.is_not(None), table.c.subject.is_not(None)),
    )
    found = tx.connection.scalars(sa.select(table.c.id).where(can).order_by(table.c.id).with_for_update())
    return any(each != account for each in found)
