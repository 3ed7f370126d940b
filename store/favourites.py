"""What an operator marked with a star: entries, offices and programmes, by the keys that forms name them with."""

from datetime import datetime
from typing import Final

import sqlalchemy as sa

from store.db import Tx
from store.inserting import unless_there
from store.sight import AccountId
from store.tables import favourites

MOST: Final = 50
"""Of one person; more is no help."""
LONGEST: Final = 100
"""Letters of a key."""


def listed(tx: Tx, account: AccountId) -> tuple[str, ...]:
    """Theirs, what was used last first."""
    theirs = favourites.c.account_id == account
    found = (
        sa.select(favourites.c.thing).where(theirs).order_by(favourites.c.used_at.desc(), favourites.c.thing)
    )
    return tuple(tx.connection.scalars(found))


def is_marked(tx: Tx, account: AccountId, thing: str) -> bool:
    """Whether they marked it."""
    return bool(tx.connection.scalar(sa.select(sa.func.count()).where(_one(account, thing))))


def mark(tx: Tx, account: AccountId, thing: str, now: datetime) -> None:
    """Puts it among theirs, on top; of more than `MOST` the one that was used longest ago goes."""
    values = {"account_id": account, "thing": thing, "used_at": now}
    if unless_there(tx, favourites, values) is None:
        use(tx, account, thing, now)
    for old in listed(tx, account)[MOST:]:
        unmark(tx, account, old)


def unmark(tx: Tx, account: AccountId, thing: str) -> None:
    """Takes it away; where it is not there, nothing happens."""
    tx.connection.execute(favourites.delete().where(_one(account, thing)))


def use(tx: Tx, account: AccountId, thing: str, now: datetime) -> None:
    """Notes that it was opened, where it is one of theirs."""
    tx.connection.execute(favourites.update().where(_one(account, thing)).values(used_at=now))


def _one(account: AccountId, thing: str) -> sa.ColumnElement[bool]:
    return sa.and_(favourites.c.account_id == account, favourites.c.thing == thing)
