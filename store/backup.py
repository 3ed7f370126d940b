"""Backup and restore: one SQLite file with every table but the keys, from and to either database.

It is read in one transaction, so it shows one moment, and written in small portions, so it may be large. What is
sealed in it can be read with the copy of the keys alone (`store/keys_file.py`). So data also move between databases.

Left out is what waits to go on to the other system: it is sealed under a key of the service's own, so that erasing a
resident could not reach it, and brought back later it would be stale.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from faq.replacing import replacing
from store import (
    audit,
    case_erasing,
    collaboration_erasing,
    erasure,
    keys_file,
    knowledge,
    migrations,
    opinions,
    particulars,
    photographs,
    sequences,
)
from store.audit import COMMAND, SERVICE, Kind
from store.db import Database, Tx
from store.particulars import ParticularsId
from store.residents import ResidentId, system_key
from store.tables import cases, collaborations, metadata, particulars_keys, relay, resident_keys, residents
from store.tables import particulars as particulars_table
from store.tables import photographs as photographs_table
from store.wrapped import KEY_TABLES, KeyTable

Progress = Callable[[int, int], None]
"""Is told how many rows of how many are copied."""
_AT_ONCE: Final = 1000
_WITHOUT: Final = frozenset(keys.table.name for keys in KEY_TABLES)
_VERSION: Final = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32)))


class NotABackup(Exception):
    """The file is none that this program can bring back; the message says why."""


class NotEmpty(Exception):
    """There is something in the database already."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what did not."""

    rows: int
    residents: int
    """Residents without a key, who were erased after the backup, and went again."""
    particulars: int
    """Sets of particulars, likewise."""
    cases: int
    """Cases, likewise."""


def back_up(database: Database, file: Path, progress: Progress) -> int:
    """Writes the file whole or not at all; how many rows. Raises OSError where it cannot be written."""
    tables = _tables()
    with replacing(file) as temporary, database.read() as tx, _opened(temporary) as copy:
        metadata.create_all(copy)
        _VERSION.create(copy)
        copy.execute(_VERSION.insert().values(version_num=migrations.HEAD))
        rows = _copy(tx.connection, copy, tables, progress)
        copy.execute(relay.delete().where(relay.c.body.is_not(None)))
        sequences.set_to(Tx(copy, tx.keyring), sequences.read(tx))
    return rows


def _tables() -> list[sa.Table]:
    """All but the keys, those that others name first."""
    return [table for table in metadata.sorted_tables if table.name not in _WITHOUT]


@contextmanager
def _opened(file: Path) -> Iterator[sa.Connection]:
    """A new SQLite file. It needs no log of its own: it is thrown away where it is not finished."""
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(file)), poolclass=sa.NullPool)
    with engine.connect() as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        connection.commit()
        with connection.begin():
            yield connection


def _copy(source: sa.Connection, target: sa.Connection, tables: list[sa.Table], progress: Progress) -> int:
    counts = [source.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables]
    done, total = 0, sum(counts)
    for table in tables:
        rows = sa.select(table).order_by(*table.primary_key.columns)
        with source.execute(rows.execution_options(yield_per=_AT_ONCE)) as found:
            for part in found.partitions():
                target.execute(table.insert(), [dict(row._mapping) for row in part])
                done += len(part)
                progress(done, total)
    return done


def restore(database: Database, file: Path, keys: Path, now: datetime, progress: Progress) -> Restored:
    """Brings a backup into an empty database, all of it or nothing.

    Raises NotEmpty, NotABackup, `keys_file.WrongKeysFile`, `store.keyring.WrongKey` (FIELD_KEYS are not those that
    the keys were wrapped by), or OSError where a file cannot be read.
    """
    if not migrations.is_empty(database):
        raise NotEmpty
    with _as_of_now(file, database) as copied, copied.read() as source, database.write() as tx:
        migrations.upgrade(tx)
        _empty(tx)
        rows = _copy(source.connection, tx.connection, _tables(), progress)
        _bring_keys(tx, keys)
        system_key(tx, "audit")  # fails early, and says that FIELD_KEYS are others
        migrations.make_system_keys(tx)
        sequences.set_to(tx, sequences.read(source))
        went = _drop_keyless(tx, now)
        knowledge.renew(tx)
        audit.record(tx, COMMAND, "database.restored", Kind.DATABASE, "", now, rows=str(rows))
    return Restored(rows, *went)


@contextmanager
def _as_of_now(file: Path, database: Database) -> Iterator[Database]:
    """A copy of the file that has had every later migration; the file itself stays as it is."""
    _check(file)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        shutil.copyfile(file, copy)
        with closing(Database(f"sqlite:///{copy}", database.keyring)) as copied:
            with copied.write() as tx:
                try:
                    migrations.upgrade(tx)
                except migrations.UnknownVersion as error:
                    raise NotABackup(f"{file} was made by a later version of the program") from error
            yield copied


def _check(file: Path) -> None:
    with file.open("rb"):
        pass  # an OSError tells more than SQLite's
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as raw:
            names = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
            well = raw.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError as error:
        raise NotABackup(f"{file} is no SQLite file, or is damaged") from error
    if not well or not {"alembic_version", "residents"} <= names:
        raise NotABackup(f"{file} is damaged" if not well else f"{file} is no backup of this program")


def _empty(tx: Tx) -> None:
    """Steps of the migration may have put rows in; the constraints between rows count at the end."""
    if tx.connection.dialect.name == "sqlite":
        tx.connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for table in reversed(metadata.sorted_tables):
        tx.connection.execute(table.delete())


def _bring_keys(tx: Tx, path: Path) -> None:
    """The keys of all who are in the database; those of later ones are left."""
    tables = {keys.kind: keys for keys in KEY_TABLES}
    wanted = {
        "resident": frozenset(tx.connection.scalars(sa.select(residents.c.id))),
        "particulars": frozenset(tx.connection.scalars(sa.select(particulars_table.c.id))),
        "case": frozenset(tx.connection.scalars(sa.select(cases.c.id))),
        "collaboration": frozenset(tx.connection.scalars(sa.select(collaborations.c.id))),
        "photograph": frozenset(tx.connection.scalars(sa.select(photographs_table.c.id))),
    }
    rows: dict[str, list[dict[str, object]]] = {kind: [] for kind in tables}
    for key in keys_file.read(path):
        if key.kind not in tables:
            raise keys_file.WrongKeysFile(f"{path} has keys of an unknown kind: {key.kind}")
        if key.kind not in wanted or key.owner in wanted[key.kind]:
            rows[key.kind].append(_row(tables[key.kind], key))
    for kind, found in rows.items():
        if found:
            tx.connection.execute(tables[kind].table.insert(), found)
    if not rows["system"]:
        raise keys_file.WrongKeysFile(f"{path} lacks the service's own keys")


def _row(keys: KeyTable, key: keys_file.KeptKey) -> dict[str, object]:
    return {keys.owner.name: key.owner, "wrapped": key.wrapped}


def _drop_keyless(tx: Tx, now: datetime) -> tuple[int, int, int]:
    """Erases again what was erased after the backup was made; how many residents, sets of particulars and cases."""
    keyed = sa.select(resident_keys.c.resident_id)
    gone = tx.connection.scalars(sa.select(residents.c.id).where(residents.c.id.not_in(keyed))).all()
    for each in gone:
        # Whether they asked or only left, nobody knows; an opinion that went with them has no key any more.
        erasure.erase(tx, ResidentId(each), SERVICE, now)
    for opinion in opinions.keyless(tx):
        opinions.erase(tx, opinion, COMMAND, now)
    for proposal in collaboration_erasing.keyless(tx):
        collaboration_erasing.erase(tx, proposal, COMMAND, now)
    lost = case_erasing.keyless(tx)
    for case in lost:
        case_erasing.erase(tx, case, COMMAND, now)
    keyed = sa.select(particulars_keys.c.particulars_id)
    table = particulars_table.c
    sets = tx.connection.scalars(sa.select(table.id).where(table.id.not_in(keyed))).all()
    for each in sets:
        particulars.erase(tx, ParticularsId(each), COMMAND, now)
    photographs.drop_keyless(tx)
    return len(gone), len(sets), len(lost)
