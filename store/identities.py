"""Identities: who somebody is at the city's identity provider, and which account is theirs."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store import audit
from store.audit import Actor, ByAccount, Kind
from store.db import Tx
from store.sight import AccountId
from store.tables import accounts


@dataclass(frozen=True, slots=True)
class Identity:
    """A subject of an issuer: the two together name one person for ever."""

    issuer: str
    subject: str


def account_of(tx: Tx, identity: Identity) -> AccountId | None:
    """The account that is bound to it, whether active or not; it stays so until this transaction ends."""
    found = tx.connection.scalar(sa.select(accounts.c.id).where(_is(identity)).with_for_update())
    return None if found is None else AccountId(found)


def bind(tx: Tx, account: AccountId, identity: Identity, now: datetime) -> bool:
    """Its owner binds the account to it; False, and nothing is changed, where another account is."""
    if account_of(tx, identity) not in (None, account):
        return False
    try:
        with tx.connection.begin_nested():
            tx.connection.execute(
                accounts.update()
                .where(accounts.c.id == account)
                .values(issuer=identity.issuer, subject=identity.subject)
            )
    except sa.exc.IntegrityError:
        return False
    audit.record(tx, ByAccount(account), "bind", Kind.ACCOUNT, str(account), now)
    return True


def unbind(tx: Tx, account: AccountId, by: Actor, now: datetime) -> bool:
    """Takes single sign-on from the account; False where it had none."""
    bound = sa.and_(accounts.c.id == account, accounts.c.subject.is_not(None))
    parted = accounts.update().where(bound).values(issuer=None, subject=None)
    if tx.connection.execute(parted).rowcount == 0:
        return False
    audit.record(tx, by, "unbind", Kind.ACCOUNT, str(account), now)
    return True


def _is(identity: Identity) -> sa.ColumnElement[bool]:
    return sa.and_(accounts.c.issuer == identity.issuer, accounts.c.subject == identity.subject)
