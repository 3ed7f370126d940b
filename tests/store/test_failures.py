import pytest
import sqlalchemy as sa

from store.db import Database, Tx
from store.failures import DatabaseFailure, is_passing


def failure(database: Database, *statements: str) -> Exception:
    """What the last of these raises."""
    with database.write() as tx, pytest.raises(DatabaseFailure) as raised:
        run(tx, statements)
    return raised.value


def run(tx: Tx, statements: tuple[str, ...]) -> None:
    for statement in statements:
        tx.connection.execute(sa.text(statement))


@pytest.mark.parametrize(
    "statements",
    [
        ["SET TRANSACTION READ ONLY", "DELETE FROM inbox"],
        ["SET LOCAL statement_timeout = 1", "SELECT pg_sleep(5)"],
        ["DO $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = 'disk_full'; END $$"],
    ],
)
def test_the_database_alone_is_in_trouble(postgres: Database, statements: list[str]):
    assert is_passing(failure(postgres, *statements))


def test_a_full_or_read_only_file(sqlite: Database):
    assert is_passing(failure(sqlite, "PRAGMA query_only = 1", "DELETE FROM inbox"))
    sqlite.engine.dispose()
    full = "INSERT INTO chores (name, begun_at) SELECT hex(randomblob(9999)), 0 FROM entries"
    assert is_passing(failure(sqlite, "PRAGMA max_page_count = 1", full))


@pytest.mark.parametrize("statement", ["SELECT nonsense", "INSERT INTO chores (name) VALUES (NULL)"])
def test_the_statement_is_the_cause(database: Database, statement: str):
    assert not is_passing(failure(database, statement))


def test_what_never_came_to_a_statement():
    assert is_passing(OSError("the lock"))
    assert is_passing(sa.exc.OperationalError("SELECT 1", {}, Exception("the server is gone")))
    assert is_passing(sa.exc.TimeoutError("no connection is free"))
    assert not is_passing(ValueError("a mistake of ours"))
