"""What an administrator does with accounts. Each act is audited in its own transaction.

Two rules hold whoever asks: an administrator who can sign in is always left, and nobody changes what they
themselves may do, so that more than one person knows of every right that is given.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from store import accounts, audit, credentials, identities, links, sessions
from store.accounts import Account, Draft, NameTaken
from store.audit import ByAccount, Kind
from store.db import Tx
from store.links import Purpose
from store.sessions import SessionId
from store.sight import AccountId, Role, Viewer
from store.tables import accounts as table

INVITATION_LIFE: Final = timedelta(days=7)
"""A colleague may be away for some days."""
RESET_LIFE: Final = timedelta(hours=24)
"""Who cannot sign in waits for it."""


class Refusal(StrEnum):
    """Why nothing was done. An account that is not there and one that is not theirs look alike."""

    NOT_THERE = "not_there"
    ONESELF = "oneself"
    """Another administrator has to do it."""
    LAST_ADMINISTRATOR = "last_administrator"


@dataclass(frozen=True, slots=True)
class Invited:
    """An account, and the token of the link by which its owner comes in; it can be read nowhere again."""

    account: Account
    token: str
    purpose: Purpose


def add(tx: Tx, by: Viewer, draft: Draft, now: datetime) -> Invited | NameTaken:
    """A new account and its first sign-in link."""
    made = accounts.add(tx, draft, now)
    if isinstance(made, NameTaken):
        return made
    _note(tx, by, "add", made, now, **_rights(draft))
    return _invited(tx, by, made, now)


def change(
    tx: Tx, by: Viewer, account: AccountId, draft: Draft, now: datetime
) -> Account | NameTaken | Refusal:
    """Changes names and rights; where rights change, the account's sessions end."""
    before = accounts.find(tx, by, account)
    if before is None:
        return Refusal.NOT_THERE
    lifted = (draft.role, draft.section, draft.personal) != (before.role, before.section, before.personal)
    if lifted and account == by.account:
        return Refusal.ONESELF
    if before.role is Role.ADMIN and draft.role is not Role.ADMIN and not _others_administer(tx, account):
        return Refusal.LAST_ADMINISTRATOR
    after = accounts.change(tx, by, account, draft)
    if after is None:
        return Refusal.NOT_THERE
    if not isinstance(after, NameTaken):
        _note(tx, by, "change", after, now, **(_rights(draft) if lifted else {}))
    return after


def set_active(tx: Tx, by: Viewer, account: AccountId, now: datetime, *, active: bool) -> Account | Refusal:
    """Keeps an account out, or lets it in again with all that it had."""
    found = _another(tx, by, account)
    if isinstance(found, Refusal) or found.active == active:
        return found
    if not active and found.role is Role.ADMIN and not _others_administer(tx, account):
        return Refusal.LAST_ADMINISTRATOR
    accounts.set_active(tx, account, active=active)
    _note(tx, by, "enable" if active else "disable", found, now)
    return accounts.find(tx, by, account) or Refusal.NOT_THERE


def invite(tx: Tx, by: Viewer, account: AccountId, now: datetime) -> Invited | Refusal:
    """A link to set a password anew, or for the first time. Earlier links open nothing any more."""
    found = _another(tx, by, account)
    return found if isinstance(found, Refusal) else _invited(tx, by, found, now)


def forget_authenticator(tx: Tx, by: Viewer, account: AccountId, now: datetime) -> Account | Refusal:
    """For who lost the device: they set another up when they sign in next."""
    found = _another(tx, by, account)
    if not isinstance(found, Refusal):
        credentials.forget_authenticator(tx, account)
        _note(tx, by, "forget authenticator", found, now)
    return found


def unbind(tx: Tx, by: Viewer, account: AccountId, now: datetime) -> Account | Refusal:
    """Parts the account from the identity provider; sessions that began there end."""
    found = _another(tx, by, account)
    if not isinstance(found, Refusal) and identities.unbind(tx, account):
        sessions.end_all(tx, account)
        _note(tx, by, "unbind", found, now)
    return found


def end_session(
    tx: Tx, by: Viewer, account: AccountId, session: SessionId, now: datetime
) -> Account | Refusal:
    """Ends a session of the account; one that is over already is no fault."""
    found = accounts.find(tx, by, account)
    if found is None:
        return Refusal.NOT_THERE
    if sessions.end(tx, account, session):
        audit.record(tx, ByAccount(by.account), "end", Kind.SESSION, str(session), now, account=str(account))
    return found


def end_sessions(tx: Tx, by: Viewer, account: AccountId, now: datetime) -> Account | Refusal:
    """Ends every session of another's account."""
    found = _another(tx, by, account)
    if not isinstance(found, Refusal):
        ended = sessions.end_all(tx, account)
        _note(tx, by, "end sessions", found, now, ended=str(ended))
    return found


def _invited(tx: Tx, by: Viewer, account: Account, now: datetime) -> Invited:
    purpose = Purpose.RESET if account.has_password else Purpose.FIRST_SIGN_IN
    life = RESET_LIFE if account.has_password else INVITATION_LIFE
    for each in (Purpose.RESET, Purpose.FIRST_SIGN_IN):
        links.revoke(tx, each, account.id)
    token = links.mint(tx, purpose, account.id, account.id, life, now)
    _note(tx, by, "invite", account, now, purpose=purpose.value)
    return Invited(account, token, purpose)


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


def _rights(draft: Draft) -> dict[str, str]:
    return {
        "role": draft.role.value,
        "section": draft.section or "",
        "personal": "yes" if draft.personal else "no",
    }


def _note(tx: Tx, by: Viewer, act: str, account: Account, now: datetime, **detail: str) -> None:
    audit.record(tx, ByAccount(by.account), act, Kind.ACCOUNT, str(account.id), now, **detail)
