"""Backup: one SQLite file with every table but the keys, from either database.

It is read in one transaction, so it shows one moment, and written in small portions, so it may be large. What is
sealed in it can be read with the copy of the keys alone (`store/keys_file.py`). So data also move between databases.

Left out is what waits to go on to the other system: it is sealed under a key of the service's own, so that erasing a
resident could not reach it, and brought back later it would be stale.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from faq.replacing import replacing
from store import keys_file, migrations, sequences
from store.db import Database, Tx
from store.tables import metadata, relay
from store.wrapped import KEY_TABLES

Progress = Callable[[int, int], None]
"""Is told how many rows of how many are copied."""
_AT_ONCE: Final = 1000
_WITHOUT: Final = frozenset(keys.table.name for keys in KEY_TABLES)
_VERSION: Final = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32)))


class NotWritten(Exception):
    """The backup could not be written, or is not what was read; the message says why."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was written, and looked at afterwards."""

    rows: int
    bytes: int
    keys: int
    """In the copy of the keys; 0 where none was asked for."""


def back_up(database: Database, file: Path, progress: Progress, keys: Path | None = None) -> BackedUp:
    """Writes the file whole or not at all. Raises OSError or NotWritten.

    `keys`: the copy of the keys. They are read after the backup's moment and written before the backup is shown: who
    finds a backup finds the keys of all who are in it, but for those who were erased meanwhile.
    """
    with replacing(file) as temporary:
        counts = _written(database, temporary, progress)
        _look_at(temporary, counts)
        kept = keys_file.write(database, keys) if keys else 0
        size = temporary.stat().st_size
    return BackedUp(sum(counts.values()), size, kept)


def _written(database: Database, file: Path, progress: Progress) -> Mapping[str, int]:
    try:
        with _opened(file, database.file) as copy:
            metadata.create_all(copy)
            _VERSION.create(copy)
            copy.execute(_VERSION.insert().values(version_num=migrations.HEAD))
            if database.file:
                counts = _within_sqlite(copy, progress)
            else:
                with database.read() as tx:
                    counts = copy_rows(tx.connection, copy, progress)
            with database.read() as tx:  # numbers that were given meanwhile do no harm
                sequences.set_to(Tx(copy, tx.keyring), sequences.read(tx))
    except sa.exc.DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise NotWritten(f"{file.name} cannot be written: {error.orig}") from error
        raise
    return counts


def tables() -> list[sa.Table]:
    """All but the keys, those that others name first."""
    return [table for table in metadata.sorted_tables if table.name not in _WITHOUT]


def _rows(table: sa.Table) -> sa.Select[Any]:
    rows = sa.select(table).order_by(*table.primary_key.columns)
    return rows.where(table.c.body.is_(None)) if table.name == relay.name else rows


def _counts(source: sa.Connection, of: list[sa.Table]) -> dict[str, int]:
    counted = (sa.select(sa.func.count()).select_from(_rows(table).order_by(None).subquery()) for table in of)
    return {table.name: source.scalar(count) or 0 for table, count in zip(of, counted, strict=True)}


@contextmanager
def _opened(file: Path, source: Path | None) -> Iterator[sa.Connection]:
    """A new SQLite file, beside it an SQLite database as `live`. It needs no log: unfinished it is thrown away."""

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(file.resolve().as_uri(), uri=True, isolation_level=None)

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.NullPool, hide_parameters=True)
    with engine.connect() as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        if source:
            address = f"{source.resolve().as_uri()}?mode=ro"
            connection.exec_driver_sql("ATTACH DATABASE ? AS live", (address,))
        connection.commit()
        with connection.begin():
            connection.exec_driver_sql("BEGIN")
            yield connection


def _within_sqlite(copy: sa.Connection, progress: Progress) -> Mapping[str, int]:
    """SQLite copies by itself: ten times as fast as rows through Python, and other threads run meanwhile."""
    elsewhere = sa.MetaData()
    live = [table.to_metadata(elsewhere, schema="live") for table in tables()]
    counts, done = _counts(copy, live), 0
    for table, source in zip(tables(), live, strict=True):
        copy.execute(table.insert().from_select(table.columns.keys(), _rows(source), include_defaults=False))
        done += counts[table.name]
        if counts[table.name]:
            progress(done, sum(counts.values()))
    return counts


def copy_rows(source: sa.Connection, target: sa.Connection, progress: Progress) -> Mapping[str, int]:
    """All rows but the keys, in small portions; how many of each table."""
    counts, done = _counts(source, tables()), 0
    for table in tables():
        with source.execute(_rows(table).execution_options(yield_per=_AT_ONCE)) as found:
            for part in found.partitions():
                target.execute(table.insert(), [dict(row._mapping) for row in part])
                done += len(part)
                progress(done, sum(counts.values()))
    return counts


def _look_at(file: Path, counts: Mapping[str, int]) -> None:
    """Reads what was written: every page, and how many rows there are. Raises NotWritten."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as raw:
            well = raw.execute("PRAGMA quick_check").fetchone() == ("ok",)
            found = {name: _count(raw, name) for name in counts}
    except sqlite3.Error as error:
        raise NotWritten(f"{file.name} cannot be read again: {error}") from error
    if not well or found != counts:
        raise NotWritten(f"{file.name} does not hold what was read")


def _count(raw: sqlite3.Connection, table: str) -> int:
    (count,) = raw.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608 - a table of ours
    return int(count)
