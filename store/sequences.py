"""The numbers that rows were given so far: a number that was given is never given again, also after a restore."""

from collections.abc import Mapping

import sqlalchemy as sa

from store.db import Tx
from store.tables import metadata


def _numbered() -> tuple[sa.Table, ...]:
    """The tables whose rows are numbered by the database."""
    return tuple(
        table for table in metadata.sorted_tables if table.dialect_options["sqlite"]["autoincrement"]
    )


def read(tx: Tx) -> Mapping[str, int]:
    """The last number that was given, by table."""
    if tx.connection.dialect.name == "sqlite":
        rows = tx.connection.execute(sa.text("SELECT name, seq FROM sqlite_sequence")).all()
        return {row.name: row.seq for row in rows}
    return {table.name: _last(tx, table) for table in _numbered()}


def _last(tx: Tx, table: sa.Table) -> int:
    (key,) = table.primary_key.columns
    name = tx.connection.scalar(sa.select(sa.func.pg_get_serial_sequence(table.name, key.name)))
    row = tx.connection.execute(sa.text(f"SELECT last_value, is_called FROM {name}")).one()  # noqa: S608 - PostgreSQL's own name
    return int(row.last_value) if row.is_called else 0


def set_to(tx: Tx, last: Mapping[str, int]) -> None:
    """The next row of each table gets a number after these, and after all that are in it."""
    for table in _numbered():
        (key,) = table.primary_key.columns
        highest = tx.connection.scalar(sa.select(sa.func.max(key))) or 0
        value = max(highest, last.get(table.name, 0))
        if value:
            _set(tx, table.name, key.name, value)


def _set(tx: Tx, table: str, key: str, value: int) -> None:
    if tx.connection.dialect.name == "sqlite":
        given = {"name": table, "seq": value}
        changed = tx.connection.execute(
            sa.text("UPDATE sqlite_sequence SET seq = :seq WHERE name = :name"), given
        )
        if not changed.rowcount:
            tx.connection.execute(
                sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), given
            )
        return
    sequence = sa.func.pg_get_serial_sequence(table, key)
    tx.connection.execute(sa.select(sa.func.setval(sequence, value)))
