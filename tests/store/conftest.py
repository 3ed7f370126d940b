"""What the tests of the store share."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from store import residents
from store.db import Database, Tx
from store.residents import ResidentId
from tests.conftest import NOON, Template, _admin
from tests.line import HANAKO, TARO


@pytest.fixture(scope="session")
def _sqlite(sqlite_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    file = tmp_path_factory.mktemp("shared") / "shared.db"
    shutil.copy(Path(sqlite_template.url.removeprefix("sqlite:///")), file)
    with closing(Database(f"sqlite:///{file}", sqlite_template.keyring)) as database:
        yield database


@pytest.fixture(scope="session")
def _postgres(postgresql_template: Template, postgresql_server: str) -> Iterator[Database]:
    _admin(postgresql_server, "CREATE DATABASE shared TEMPLATE template_helpdesk")
    url = postgresql_server.replace("/postgres?", "/shared?")
    with closing(Database(url, postgresql_template.keyring)) as database:
        yield database


@pytest.fixture(scope="session", params=["_sqlite", "_postgres"])
def _shared(request: pytest.FixtureRequest) -> Database:
    """Stays open to the end: tests come in any order, and so the one after the other and the first again."""
    database: Database = request.getfixturevalue(request.param)
    return database


@pytest.fixture
def tx(_shared: Database) -> Iterator[Tx]:
    """A transaction on each database; taken back after the test, so that tests share the database."""
    with _shared.write() as tx:
        yield tx
        tx.connection.rollback()


@pytest.fixture
def hanako(tx: Tx) -> ResidentId:
    return residents.meet(tx, HANAKO, NOON).id


@pytest.fixture
def taro(tx: Tx) -> ResidentId:
    return residents.meet(tx, TARO, NOON).id
