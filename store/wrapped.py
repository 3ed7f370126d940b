"""The tables of keys: what is in them is wrapped by `FIELD_KEYS`, and belongs in no copy of the database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from store.db import Database, Tx
from store.keyring import WrongKey
from store.tables import (
    case_keys,
    collaboration_keys,
    opinion_keys,
    particulars_keys,
    photograph_keys,
    resident_keys,
    system_keys,
)

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class KeyTable:
    """One table of wrapped keys."""

    kind: str
    table: sa.Table
    owner: sa.Column[Any]
    """Whose key it is; its primary key."""

    def purpose(self, owner: int | str) -> str:
        """What a key is wrapped for, so that it cannot be given to another."""
        return f"{self.kind}:{owner}"


KEY_TABLES: Final = (
    KeyTable("system", system_keys, system_keys.c.name),
    KeyTable("resident", resident_keys, resident_keys.c.resident_id),
    KeyTable("particulars", particulars_keys, particulars_keys.c.particulars_id),
    KeyTable("case", case_keys, case_keys.c.case_id),
    KeyTable("opinion", opinion_keys, opinion_keys.c.opinion_id),
    KeyTable("photograph", photograph_keys, photograph_keys.c.photograph_id),
    KeyTable("collaboration", collaboration_keys, collaboration_keys.c.collaboration_id),
)


def rewrap(database: Database, progress: Callable[[int], None] = lambda _: None) -> int:
    """Wraps each key by the first of `FIELD_KEYS`, in small transactions; how many were wrapped by another.

    Raises WrongKey where none of them opens a key. `progress` is told how many were looked at.
    """
    rewrapped, seen = 0, 0
    for keys in KEY_TABLES:
        last: int | str | None = None
        while True:
            with database.write() as tx:
                owners, changed = _rewrap_some(tx, keys, last)
            if not owners:
                break
            rewrapped, seen, last = rewrapped + changed, seen + len(owners), owners[-1]
            progress(seen)
    return rewrapped


def _rewrap_some(tx: Tx, keys: KeyTable, after: int | str | None) -> tuple[list[int | str], int]:
    """The owners of the next keys, and how many of these were wrapped anew."""
    query = sa.select(keys.owner, keys.table.c.wrapped).order_by(keys.owner).limit(_AT_ONCE)
    rows = tx.connection.execute(query if after is None else query.where(keys.owner > after)).all()
    changed = 0
    for owner, wrapped in rows:
        purpose = keys.purpose(owner)
        if not _is_of_first(tx, wrapped, purpose):
            anew = tx.keyring.wrap(tx.keyring.unwrap(wrapped, purpose), purpose)
            tx.connection.execute(keys.table.update().where(keys.owner == owner).values(wrapped=anew))
            changed += 1
    return [owner for owner, _ in rows], changed


def _is_of_first(tx: Tx, wrapped: bytes, purpose: str) -> bool:
    try:
        tx.keyring.keys[0].open(wrapped, purpose)
    except WrongKey:
        return False
    return True
