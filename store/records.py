"""Records of any kind, by the name of the kind and the names that staff know them by (`Schema.name_of`)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from faq.kinds import KINDS
from store import keeping, knowledge
from store.db import Tx
from store.keeping import Kept, Key


def all_of(tx: Tx, kind: str) -> tuple[Any, ...]:
    """All records of a kind, by their key."""
    kept = knowledge.kept_of(kind)
    return tuple(map(kept.parse, keeping.rows(tx, kept.table)))


def find(tx: Tx, kind: str, name: str) -> Any | None:
    """The record of a name."""
    return named(tx, kind, [name]).get(name)


def named(tx: Tx, kind: str, names: Iterable[str]) -> dict[str, Any]:
    """Those records of the names that are there, by name."""
    kept, schema = knowledge.kept_of(kind), KINDS[kind]
    keys = [key for name in names if (key := _key(kept, name)) is not None]
    found = map(kept.parse, keeping.rows_of(tx, kept.table, keys))
    return {schema.name_of(record): record for record in found}


def _key(kept: Kept, name: str) -> Key | None:
    columns = list(kept.table.primary_key.columns)
    parts = name.split(" ", len(columns) - 1)
    if len(parts) != len(columns):
        return None
    try:
        return tuple(
            date.fromisoformat(part) if isinstance(column.type, sa.Date) else part
            for column, part in zip(columns, parts, strict=True)
        )
    except ValueError:  # no day
        return None
