"""What the tests share: a database of each kind, and the city as it ships."""

import gc
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from bot import seeds
from bot.about import about
from bot.city import LiveCity, Sayings, read_sayings
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.migrations import migrate
from tests import postgresql, quick_pages, quick_statements
from tests.embeddings import RealServer
from tests.taken_up import CityAsShipped

DATA = Path(__file__).parent.parent / "data"
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3
NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""Tuesday 24 November 2026, 12:00 in Kumamoto."""


@dataclass(frozen=True, slots=True)
class Template:
    """A migrated and filled database to copy, and the keys that open it."""

    url: str
    keyring: Keyring


def pytest_configure() -> None:
    """Temporary files in memory where there is room: SQLite waits for the disk at each commit, thousands of times."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are cores: a third of the time a test waits for a browser, a server or a disk."""
    return ((os.cpu_count() or 1) * 3 + 1) // 2


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: no look for rubbish need go through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _quick() -> None:
    quick_pages.make_them_quick()
    quick_statements.make_them_quick()


@pytest.fixture(autouse=True)
def _logging_begins_anew() -> Iterator[None]:
    """What a thread learns, and what a command leaves out, stays to the end of a process: here that is many tests."""
    with about():
        yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    return Keyring.parse(random_key_text())


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    programs = postgresql.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with postgresql.cluster(programs) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(keyring: Keyring, sayings: Sayings, tmp_path_factory: pytest.TempPathFactory) -> Template:
    file = tmp_path_factory.mktemp("template") / "template.db"
    return _filled(Template(f"sqlite:///{file}", keyring), sayings)


@pytest.fixture(scope="session")
def postgresql_template(keyring: Keyring, sayings: Sayings, postgresql_server: str) -> Template:
    _admin(postgresql_server, "CREATE DATABASE template_helpdesk")
    return _filled(Template(postgresql_server.replace("/postgres?", "/template_helpdesk?"), keyring), sayings)


def _filled(template: Template, sayings: Sayings) -> Template:
    database = Database(template.url, template.keyring)
    migrate(database)
    seeds.fill_if_empty(database, DATA, NOON)
    with database.read() as tx:
        CityAsShipped.take_up(tx, LiveCity(sayings))
    database.close()
    return template


def template_of(database: Database, sayings: Sayings) -> Template:
    """An SQLite database as it is now, to be copied; the city that its copies begin with is taken up."""
    with database.write() as tx:
        CityAsShipped.tell_apart(tx)
    with database.read() as tx:
        CityAsShipped.take_up(tx, LiveCity(sayings))
    database.forget()
    return Template(f"sqlite:///{database.file}", database.keyring)


def _admin(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


def _copy_of_template(server: str, name: str) -> None:
    """File by file, as before PostgreSQL 15: through the log, its way since, a small database takes twice as long."""
    with psycopg.connect(server, autocommit=True) as connection:
        by_file = " STRATEGY FILE_COPY" if connection.info.server_version >= 15_00_00 else ""
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template_helpdesk{by_file}".encode())


@contextmanager
def copied(template: Template, folder: Path) -> Iterator[Database]:
    """A copy of an SQLite template, open."""
    file = folder / "helpdesk.db"
    shutil.copy(template.url.removeprefix("sqlite:///"), file)
    database = Database(f"sqlite:///{file}", template.keyring)
    yield database
    database.close()


@pytest.fixture
def sqlite(sqlite_template: Template, tmp_path: Path) -> Iterator[Database]:
    """A filled SQLite database of the test's own."""
    with copied(sqlite_template, tmp_path) as database:
        yield database


@pytest.fixture
def postgres(
    postgresql_template: Template, postgresql_server: str, request: pytest.FixtureRequest
) -> Iterator[Database]:
    """A filled PostgreSQL database of the test's own."""
    name = f"test_{abs(hash(request.node.nodeid))}"
    _copy_of_template(postgresql_server, name)
    database = Database(postgresql_server.replace("/postgres?", f"/{name}?"), postgresql_template.keyring)
    yield database
    database.close()
    _admin(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """A database of each kind: what asks for it runs on both."""
    found: Database = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def real_embeddings() -> Iterator[RealServer]:
    """A real model of embeddings, started once; who kills it starts it again."""
    server = RealServer()
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def sayings() -> Sayings:
    return read_sayings(DATA)


@pytest.fixture
def city(sayings: Sayings) -> LiveCity:
    return CityAsShipped(sayings)
