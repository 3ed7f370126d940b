"""What people prove who they are by: the hash of a password, and the secret of an authenticator app, sealed."""

import base64
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store import audit, residents
from store.accounts import folded
from store.audit import Actor, ByAccount, Kind
from store.db import Tx
from store.keyring import WrongKey
from store.sight import AccountId
from store.tables import accounts, sessions


@dataclass(frozen=True, slots=True)
class Kept:
    """What a password is checked against."""

    account: AccountId
    password: str | None
    """The hash; None where no password lets them in."""


def kept_of(tx: Tx, name: str) -> Kept | None:
    """Of an account that may sign in."""
    row = tx.connection.execute(
        sa.select(accounts.c.id, accounts.c.password).where(
            accounts.c.name == folded(name), accounts.c.active
        )
    ).first()
    return None if row is None else Kept(AccountId(row.id), row.password)


def is_still(tx: Tx, kept: Kept) -> bool:
    """Whether the account may sign in and the password is the same as when it was read; keeps it so."""
    row = tx.connection.execute(
        sa.select(accounts.c.active, accounts.c.password)
        .where(accounts.c.id == kept.account)
        .with_for_update()
    ).first()
    return row is not None and row.active and row.password == kept.password


def set_password(tx: Tx, account: AccountId, hashed: str | None, by: Actor, now: datetime) -> None:
    """Keeps the hash of a new password; None: no password lets them in any more."""
    tx.connection.execute(accounts.update().where(accounts.c.id == account).values(password=hashed))
    audit.record(tx, by, "password" if hashed else "no password", Kind.ACCOUNT, str(account), now)


def rehash(tx: Tx, kept: Kept, hashed: str) -> None:
    """Keeps a better hash of the same password, unless it was changed meanwhile."""
    tx.connection.execute(
        accounts.update()
        .where(accounts.c.id == kept.account, accounts.c.password == kept.password)
        .values(password=hashed)
    )


def authenticator(tx: Tx, account: AccountId) -> str | None:
    """The secret of their authenticator app, in base32."""
    sealed = tx.connection.scalar(sa.select(accounts.c.totp).where(accounts.c.id == account))
    return None if sealed is None else residents.system_key(tx, "accounts").open(sealed, "totp").decode()


def set_authenticator(tx: Tx, account: AccountId, secret: str, step: int, now: datetime) -> None:
    """Keeps the secret of an app that has just shown the code of this step, which is thereby used."""
    sealed = residents.system_key(tx, "accounts").seal(secret.encode(), "totp")
    tx.connection.execute(
        accounts.update().where(accounts.c.id == account).values(totp=sealed, totp_step=step)
    )
    audit.record(tx, ByAccount(account), "authenticator", Kind.ACCOUNT, str(account), now)


def forget_authenticator(tx: Tx, account: AccountId, by: Actor, now: datetime) -> None:
    """For who lost the device: they set another up when they sign in next."""
    tx.connection.execute(accounts.update().where(accounts.c.id == account).values(totp=None, totp_step=None))
    tx.connection.execute(sessions.delete().where(sessions.c.account_id == account))
    audit.record(tx, by, "no authenticator", Kind.ACCOUNT, str(account), now)


def take_step(tx: Tx, account: AccountId, step: int) -> bool:
    """Uses up the code of a step of 30 seconds; False where it, or a later one, is used already."""
    unused = sa.or_(accounts.c.totp_step.is_(None), accounts.c.totp_step < step)
    taken = tx.connection.execute(
        accounts.update().where(accounts.c.id == account, unused).values(totp_step=step)
    )
    return taken.rowcount == 1


def seal_draft(tx: Tx, account: AccountId, secret: str) -> str:
    """The secret of an app that is being set up, to be given to a page and taken back from it."""
    sealed = residents.system_key(tx, "accounts").seal(secret.encode(), f"totp draft {account}")
    return base64.urlsafe_b64encode(sealed).decode()


def open_draft(tx: Tx, account: AccountId, text: str) -> str | None:
    """The secret that was sealed for this account; None where the text is none of ours."""
    try:
        sealed = base64.urlsafe_b64decode(text)
        return residents.system_key(tx, "accounts").open(sealed, f"totp draft {account}").decode()
    except (ValueError, WrongKey):
        return None
