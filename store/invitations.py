"""Invitations: one-time links by which the owner of an account chooses a password."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from store import accounts, audit, credentials, identities, links, sessions
from store.accounts import Account
from store.audit import Actor, ByAccount, Kind
from store.db import Tx
from store.identities import Identity
from store.links import Link, Purpose, Refusal
from store.sight import AccountId

LIVES: Final = MappingProxyType({Purpose.FIRST_SIGN_IN: timedelta(days=7), Purpose.RESET: timedelta(days=1)})


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link to be handed to the owner of an account."""

    token: str
    expires_at: datetime


def invite(tx: Tx, account: AccountId, by: Actor, now: datetime) -> Invitation:
    """A link for the first sign-in; an earlier one opens nothing any more."""
    return _invite(tx, Purpose.FIRST_SIGN_IN, account, by, now)


def reset(tx: Tx, account: AccountId, by: Actor, now: datetime) -> Invitation:
    """A link to choose another password. The present one lets nobody in from now on, and all sessions end."""
    credentials.set_password(tx, account, None, by, now)
    sessions.end_all(tx, account, by, now)
    return _invite(tx, Purpose.RESET, account, by, now)


def look(tx: Tx, token: str, now: datetime) -> Account | Refusal:
    """Whose password may be chosen by it, without spending it."""
    found = links.look(tx, Purpose.FIRST_SIGN_IN, token, now)
    if found is Refusal.UNKNOWN:
        found = links.look(tx, Purpose.RESET, token, now)
    return _owner(tx, found)


def accept(tx: Tx, token: str, hashed: str, now: datetime) -> Account | Refusal:
    """Spends the link and sets the password; whoever was signed in by an older one is so no longer."""
    account = _owner(tx, _spent(tx, token, now))
    if isinstance(account, Account):
        own = ByAccount(account.id)
        credentials.set_password(tx, account.id, hashed, own, now)
        sessions.end_all(tx, account.id, own, now)
        for purpose in LIVES:
            links.revoke(tx, purpose, account.id)
    return account


def accept_as(tx: Tx, token: str, identity: Identity, now: datetime) -> Account | Refusal | None:
    """Spends the link and binds its account to who its owner is at the city's identity provider.

    None, and nothing is spent, where another account is theirs already.
    """
    account = look(tx, token, now)
    if isinstance(account, Refusal):
        return account
    if identities.account_of(tx, identity) not in (None, account.id):
        return None
    spent = _owner(tx, _spent(tx, token, now))
    if isinstance(spent, Account):
        for purpose in LIVES:
            links.revoke(tx, purpose, account.id)
        return spent if identities.bind(tx, account.id, identity, now) else None
    return spent


def _spent(tx: Tx, token: str, now: datetime) -> Link | Refusal:
    found = links.spend(tx, Purpose.FIRST_SIGN_IN, token, now)
    return links.spend(tx, Purpose.RESET, token, now) if found is Refusal.UNKNOWN else found


def _invite(tx: Tx, purpose: Purpose, account: AccountId, by: Actor, now: datetime) -> Invitation:
    for each in LIVES:
        links.revoke(tx, each, account)
    life = LIVES[purpose]
    token = links.mint(tx, purpose, account, account, life, now)
    audit.record(tx, by, "invite", Kind.ACCOUNT, str(account), now, purpose=purpose.value)
    return Invitation(token, now + life)


def _owner(tx: Tx, found: Link | Refusal) -> Account | Refusal:
    if isinstance(found, Refusal):
        return found
    account = accounts.own(tx, found.account) if found.account is not None else None
    return account if account is not None and account.active else Refusal.UNKNOWN
