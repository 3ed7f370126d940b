"""A database as each earlier version of the program left it, with something in every table of that version."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import store.migrations
from store.db import Database, Tx
from store.migrations import make_system_keys
from tests.planted import FITTING

HERE = Path(store.migrations.__file__).parent
VERSIONS = tuple(sorted(path.name[:4] for path in (HERE / "versions").glob("[0-9]*.py")))
THEN = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
_CHAINED_SINCE = "0005"
_FITTING = FITTING | {
    "collaboration_steps": {"number": 1, "before": "new", "stage": "submitted"},
    "entries": {
        "kind": "fact",
        "tone": "normal",
        "status": "確認済み",
        "analyzer_version": -1,
        "tokens": "[]",
    },
    "knowledge": {"id": 1},
    "opinion_results": {"state": "draft"},
    "proposal_changes": {"after": '{"ID":"x"}'},
    "revisions": {"before": '{"ID":"x"}'},
    "staff_notices": {"contact_id": 1, "state": "waiting"},
}

Contents = Mapping[str, Sequence[Mapping[str, object]]]
"""The rows, by table."""


def bring_to(database: Database, version: str) -> None:
    """The steps up to this one, and the keys that its program made."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    with database.write() as tx:
        config.attributes["connection"] = tx.connection
        command.upgrade(config, version)
        if version >= _CHAINED_SINCE:
            make_system_keys(tx)


def tables_of(database: Database) -> sa.MetaData:
    """The tables as they are in the database."""
    found = sa.MetaData()
    with database.read() as tx:
        found.reflect(tx.connection)
    return found


def fill(database: Database, tables: sa.MetaData) -> None:
    """Two rows in each table that has none; one where its rules allow no second."""
    with database.write() as tx:
        for table in tables.sorted_tables:
            if table.name != "alembic_version" and not tx.connection.execute(sa.select(table)).first():
                tx.connection.execute(table.insert().values(_row(tx, table, 1)))
                _second(tx, table)


def _second(tx: Tx, table: sa.Table) -> None:
    try:
        with tx.connection.begin_nested():
            tx.connection.execute(table.insert().values(_row(tx, table, 2)))
    except sa.exc.IntegrityError:
        pass


def _row(tx: Tx, table: sa.Table, number: int) -> dict[str, object]:
    fitting = {name: value for name, value in _FITTING.get(table.name, {}).items() if name in table.columns}
    needed = (column for column in table.columns if not column.nullable and column.name not in fitting)
    return fitting | {column.name: _value(tx, column, number) for column in needed}


def _value(tx: Tx, column: sa.Column[object], number: int) -> object:
    elsewhere = [key for key in column.foreign_keys if key.column.table is not column.table]
    for key in elsewhere[:1]:
        there = tx.connection.scalars(sa.select(key.column).order_by(key.column)).all()
        return there[min(number, len(there)) - 1]
    if isinstance(column.type, sa.JSON):
        return ["x"]
    made = {
        date: THEN.date(),
        datetime: THEN.replace(tzinfo=None) if not getattr(column.type, "timezone", False) else THEN,
        time: time(9, 0),
        bool: True,
        int: number,
        str: f"x{number}",
        bytes: bytes([number]) * 32,
        float: 1.5,
    }
    return made[column.type.python_type]


def contents(database: Database, tables: sa.MetaData) -> Contents:
    """What is in these columns of these tables, in the order of their keys."""
    with database.read() as tx:
        return {
            table.name: [
                dict(row._mapping)
                for row in tx.connection.execute(sa.select(table).order_by(*table.primary_key.columns))
            ]
            for table in tables.sorted_tables
        }


MADE_ANEW = {
    "entries": {"tokens", "analyzer_version", "fingerprint"},
    "inbox": {"done_at"},
    "knowledge": {"version", "changed_at"},
}
"""What migrating computes again, or fills in where it was empty."""


def lost(before: Contents, after: Contents) -> list[str]:
    """The tables that lack a row of before, or have it otherwise."""
    return [name for name in before if name != "alembic_version" and _lacks(name, before, after)]


def _lacks(name: str, before: Contents, after: Contents) -> bool:
    left = [_kept(name, row) for row in after[name]]
    return any(_kept(name, row) not in left for row in before[name])


def _kept(name: str, row: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if key not in MADE_ANEW.get(name, ())}
