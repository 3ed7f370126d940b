"""Statements by which rows that others may make at the same moment are made: a constraint decides who was first."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from store.db import Tx


def unless_there(tx: Tx, table: sa.Table, values: Mapping[str, Any]) -> int | None:
    """Inserts a row; its id, or None where a unique constraint has another already."""
    row = tx.connection.execute(_unless_there(table, tx.connection.dialect.name), values).first()
    return None if row is None else row[0]


@cache
def _unless_there(table: sa.Table, dialect: str) -> sa.Executable:
    """Made once for each table."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)


def all_unless_there(tx: Tx, key: sa.Column[str], rows: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Inserts rows, in this order, but those that a unique constraint has already; the keys of those inserted."""
    insert = _all_unless_there(key, tx.connection.dialect.name)
    return frozenset(tx.connection.scalars(insert, list(rows)))


@cache
def _all_unless_there(key: sa.Column[str], dialect: str) -> Any:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(key.table).on_conflict_do_nothing().returning(key)


def or_replace(tx: Tx, table: sa.Table, values: Mapping[str, Any]) -> None:
    """Inserts a row, in place of the one with the same primary key where there is one."""
    tx.connection.execute(_or_replace(table, tx.connection.dialect.name), values)


@cache
def _or_replace(table: sa.Table, dialect: str) -> sa.Executable:
    insert = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    others = {each.name: insert.excluded[each.name] for each in table.c if not each.primary_key}
    return insert.on_conflict_do_update(index_elements=table.primary_key.columns, set_=others)


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
