import sqlite3
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from store import db, knowledge
from store.db import Database
from store.failures import DatabaseFailure
from tests.conftest import NOON
from tests.faq.town import DOG

WRITER = """
import sys
import sqlalchemy as sa
from store.db import Database
from store.keyring import Keyring, random_key_text

database = Database(sys.argv[1], Keyring.parse(random_key_text()))
for number in range(200):
    with database.write() as tx:
        before = tx.connection.scalar(sa.text("SELECT count(*) FROM written"))
        tx.connection.execute(sa.text("INSERT INTO written VALUES (:who, :before)"),
                              {"who": sys.argv[2], "before": before})
database.close()
"""


@pytest.fixture
def table(database: Database) -> Database:
    with database.write() as tx:
        tx.connection.execute(sa.text("CREATE TABLE written (who TEXT, before INTEGER)"))
    return database


def rows(database: Database) -> int:
    with database.read() as tx:
        return tx.connection.scalar(sa.text("SELECT count(*) FROM written")) or 0


def write(database: Database, who: str, size: int = 1) -> None:
    with database.write() as tx:
        tx.connection.execute(
            sa.text("INSERT INTO written SELECT :who, count(*) FROM written"), {"who": who * size}
        )


def test_what_fails_leaves_nothing(table):
    def fails() -> None:
        with table.write() as tx:
            tx.connection.execute(sa.text("INSERT INTO written VALUES ('x', 0)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert rows(table) == 0
    write(table, "next")
    assert rows(table) == 1


def test_a_reader_sees_one_state_while_others_write(table):
    count = sa.text("SELECT count(*) FROM written")
    with table.read() as tx:
        assert tx.connection.scalar(count) == 0
        write(table, "meanwhile")
        assert tx.connection.scalar(count) == 0
    assert rows(table) == 1


def test_a_reader_changes_nothing(table):
    with pytest.raises(DatabaseFailure), table.read() as tx:
        tx.connection.execute(sa.text("INSERT INTO written VALUES ('x', 0)"))
    write(table, "x")
    assert rows(table) == 1


def test_threads_queue_and_nothing_is_lost(table):
    start = threading.Barrier(8)

    def run(number: int) -> None:
        start.wait(10)
        for _ in range(10):
            write(table, str(number))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(run, range(8)))
    assert rows(table) == 80


def test_two_processes_write_and_nothing_is_lost(sqlite):
    with sqlite.write() as tx:
        tx.connection.execute(sa.text("CREATE TABLE written (who TEXT, before INTEGER UNIQUE)"))
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(sqlite.url)]
    processes = [subprocess.Popen([*command, who], stderr=subprocess.PIPE) for who in "ab"]
    for process in processes:
        _, complaint = process.communicate(timeout=60)
        assert (process.returncode, complaint) == (0, b"")
    assert rows(sqlite) == 400


def test_the_log_is_moved_into_the_database_before_it_grows_large(sqlite):
    log = sqlite.file.with_name(sqlite.file.name + "-wal")
    with sqlite.write() as tx:
        tx.connection.execute(sa.text("CREATE TABLE written (who TEXT, before INTEGER)"))
    for _ in range(60):
        write(sqlite, "x", 500_000)
    assert log.stat().st_size < 2 * db.CHECKPOINT_BYTES
    assert rows(sqlite) == 60


def test_a_checkpoint_that_fails_is_no_failure_of_what_was_committed(sqlite, monkeypatch, caplog):
    """The caller would take back what is already done: apologize for an answer, or ask LINE to send again."""
    with sqlite.write() as tx:
        tx.connection.execute(sa.text("CREATE TABLE written (who TEXT, before INTEGER)"))

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(sqlite, "_checkpoint", full)
    write(sqlite, "x", 2 * db.CHECKPOINT_BYTES)
    assert rows(sqlite) == 1
    assert "checkpoint" in caplog.text


def test_a_lock_that_cannot_be_had_is_free_for_the_next(sqlite, monkeypatch):
    def fails(*_: object) -> None:
        raise OSError("no locks available")

    monkeypatch.setattr(db.fcntl, "flock", fails)
    with pytest.raises(DatabaseFailure), sqlite.write():
        pass
    monkeypatch.undo()
    with sqlite.write() as tx:
        assert tx.connection.scalar(sa.text("SELECT 1")) == 1


def test_sqlite_keeps_its_promises(sqlite):
    with sqlite.read() as tx:
        for pragma, value in {
            "foreign_keys": 1,
            "secure_delete": 1,
            "synchronous": 2,
            "journal_mode": "wal",
            "wal_autocheckpoint": 0,
        }.items():
            assert tx.connection.scalar(sa.text(f"PRAGMA {pragma}")) == value, pragma


def test_foreign_keys_hold(database):
    with pytest.raises(sa.exc.IntegrityError), database.write() as tx:
        tx.connection.execute(sa.text("INSERT INTO resident_keys VALUES (4711, :key)"), {"key": b"x"})


def test_what_residents_wrote_is_in_no_error(database):
    with pytest.raises(sa.exc.DBAPIError) as error, database.write() as tx:
        tx.connection.execute(sa.text("INSERT INTO nowhere VALUES (:said)"), {"said": "zzSECRETzz"})
    assert "zzSECRETzz" not in str(error.value)


def test_a_transaction_that_only_looked_is_taken_back(database):
    """As `ask` and `import --check` do."""
    with database.write() as tx:
        before = knowledge.version(tx)
        knowledge.take_in(tx, [DOG], NOON)
        tx.connection.rollback()
    with database.read() as tx:
        assert knowledge.version(tx) == before


@pytest.mark.parametrize("url", ["postgres://h/d", "postgresql://h/d", "postgresql+psycopg://h/d"])
def test_the_names_that_platforms_give_postgresql(url, keyring):
    database = Database(url, keyring)
    assert (database.url.drivername, database.is_sqlite, database.file) == ("postgresql+psycopg", False, None)
    database.close()
