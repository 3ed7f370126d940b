"""Statements by which rows that others may make at the same moment are made: a constraint decides who was first."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from store.db import Tx


def unless_there(tx: Tx, table: sa.Table, values: Mapping[str, Any]) -> int | None:
    """Inserts a row; its id, or None where a unique constraint has another already."""
    insert = postgresql.insert if tx.connection.dialect.name == "postgresql" else sqlite.insert
    made = insert(table).values(values).on_conflict_do_nothing().returning(*table.primary_key.columns)
    row = tx.connection.execute(made).first()
    return None if row is None else row[0]


def change_unless_there(tx: Tx, table: sa.Table, row_id: int, values: Mapping[str, Any]) -> bool:
    """Changes a row; False, and nothing has changed, where a unique constraint has another already."""
    try:
        with tx.connection.begin_nested():
            tx.connection.execute(table.update().where(table.c.id == row_id).values(values))
    except sa.exc.IntegrityError as error:
        if not _is_unique(error):
            raise
        return False
    return True


def _is_unique(error: sa.exc.IntegrityError) -> bool:
    """Whether it is a unique constraint that refuses (SQLSTATE 23505), and not another."""
    state = getattr(error.orig, "sqlstate", None)
    return state == "23505" if state else "UNIQUE constraint failed" in str(error.orig)
