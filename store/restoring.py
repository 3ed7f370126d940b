"""Restore: a backup into an empty database of either kind, all of it or nothing."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

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
from store.backup import Progress, copy_rows
from store.db import Database, Tx
from store.particulars import ParticularsId
from store.residents import ResidentId, system_key
from store.tables import metadata, particulars_keys, resident_keys, residents
from store.tables import particulars as particulars_table
from store.wrapped import KEY_TABLES, KeyTable


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


def restore(database: Database, file: Path, keys: Path, now: datetime, progress: Progress) -> Restored:
    """Brings a backup into an empty database, all of it or nothing.

    Raises NotEmpty, NotABackup, `keys_file.WrongKeysFile`, `store.keyring.WrongKey` (FIELD_KEYS are not those that
    the keys were wrapped by), or OSError where a file cannot be read.
    """
    if not migrations.is_empty(database):
        raise NotEmpty
    with _as_of_now(file, database) as copied, copied.read() as source, database.write() as tx:
        if not migrations.begin_in_empty(tx):
            raise NotEmpty  # somebody has filled it meanwhile
        _empty(tx)
        rows = sum(copy_rows(source.connection, tx.connection, progress).values())
        _bring_keys(tx, keys)
        system_key(tx, "audit")  # fails early, and says that FIELD_KEYS are others
        migrations.make_system_keys(tx)
        sequences.set_to(tx, sequences.read(source))
        went = _drop_keyless(tx, now)
        knowledge.renew(tx)
        _count(tx)
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


def _count(tx: Tx) -> None:
    """PostgreSQL would plan as for nearly nothing until it comes by, a minute later. SQLite goes by no counts."""
    if tx.connection.dialect.name == "postgresql":
        tables = ", ".join(table.name for table in metadata.sorted_tables)
        tx.connection.exec_driver_sql(f"ANALYZE {tables}")


def _bring_keys(tx: Tx, path: Path) -> None:
    """The service's own, and those of all that is in the database; those of what came later are left."""
    tables = {keys.kind: keys for keys in KEY_TABLES}
    there = {
        keys.kind: frozenset(tx.connection.scalars(sa.select(of.column)))
        for keys in KEY_TABLES
        for of in keys.owner.foreign_keys
    }
    rows: dict[str, list[dict[str, object]]] = {kind: [] for kind in tables}
    for key in keys_file.read(path):
        if key.kind not in tables:
            raise keys_file.WrongKeysFile(f"{path} has keys of an unknown kind: {key.kind}")
        if key.kind not in there or key.owner in there[key.kind]:
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
