"""Several cities on one PostgreSQL, each in a schema of its own, as Citus shards by schema (`docs/scale.md`).

Nothing of the service names a schema or looks beyond its own: what one city is told, no other knows.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import seeds
from bot.city import LiveCity, Sayings
from store import backup, keys_file, knowledge, residents, restoring
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.migrations import is_current, migrate
from store.tables import metadata, queries
from tests.conftest import DATA, NOON
from tests.line import HANAKO, running, text_event

CITIES = ("kumamoto", "uto")


@pytest.fixture
def server(postgresql_server: str) -> Iterator[str]:
    """A database of its own for all cities."""
    admin = sa.create_engine(
        postgresql_server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE many_cities")
        yield postgresql_server.replace("/postgres?", "/many_cities?")
        connection.exec_driver_sql("DROP DATABASE many_cities WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def cities(server: str) -> Iterator[dict[str, Database]]:
    """A database for each city, told by the address alone which schema is its own."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(closing(_made(server, name))) for name in CITIES}


def _made(server: str, name: str) -> Database:
    with closing(Database(server, Keyring.parse(random_key_text()))) as whole, whole.write() as tx:
        tx.connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    database = Database(f"{server}&options=-csearch_path%3D{name}", Keyring.parse(random_key_text()))
    migrate(database)
    seeds.fill_if_empty(database, DATA, NOON)
    return database


def test_what_one_city_hears_no_other_knows(
    cities: dict[str, Database], server: str, sayings: Sayings, tmp_path: Path
) -> None:
    ours, theirs = (cities[name] for name in CITIES)
    assert _asked_after_one_has(ours, theirs, sayings) == [1, 0]
    with theirs.read() as tx:
        assert residents.lookup(tx, HANAKO) is None
        assert knowledge.version(tx)
    assert all(map(is_current, cities.values()))
    assert not _tables(server, "public")
    assert {table.name for table in metadata.sorted_tables} <= _tables(server, CITIES[0])
    _moves_out(theirs, server, tmp_path)


def test_without_a_schema_of_its_own_it_does(postgres: Database, sayings: Sayings) -> None:
    """The control: addresses that name none."""
    address = postgres.url.render_as_string(hide_password=False)
    with closing(Database(address, postgres.keyring)) as theirs:
        assert _asked_after_one_has(postgres, theirs, sayings) == [1, 1]
    assert _tables(address, "public")


def _asked_after_one_has(ours: Database, theirs: Database, sayings: Sayings) -> list[int]:
    """A resident asks the one city, and is answered: how many questions each of them knows of then."""
    with running(ours, LiveCity(sayings)) as service:
        service.hears(text_event("転入届はいつまで"))
        service.works()
        assert any("14日" in each for each in service.said())
    return [_asked(each) for each in (ours, theirs)]


def _moves_out(database: Database, server: str, folder: Path) -> None:
    """A city leaves for a server of its own by backup and restore; the other stays."""
    backup.back_up(database, folder / "uto.db", _silently)
    keys_file.write(database, folder / "uto.keys")
    with closing(Database(f"sqlite:///{folder}/alone.db", database.keyring)) as alone:
        restoring.restore(alone, folder / "uto.db", folder / "uto.keys", NOON, _silently)
        with alone.read() as tx, database.read() as there:
            assert len(knowledge.all_entries(tx)) == len(knowledge.all_entries(there)) > 100
            assert residents.lookup(tx, HANAKO) is None


def _asked(database: Database) -> int:
    with database.read() as tx:
        return tx.connection.scalar(sa.select(sa.func.count()).select_from(queries)) or 0


def _tables(server: str, schema: str) -> set[str]:
    with closing(Database(server, Keyring.parse(random_key_text()))) as whole, whole.read() as tx:
        return set(sa.inspect(tx.connection).get_table_names(schema=schema))


def _silently(_done: int, _of: int) -> None:
    """Nobody waits for it."""
