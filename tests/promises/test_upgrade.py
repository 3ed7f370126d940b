"""From each earlier version to this one, killed at statements on the way: nothing is lost, and it can go on."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.awaiting import wait_until_current
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.migrations import HEAD, UnknownVersion, is_current, migrate
from store.tables import metadata
from tests import versions
from tests.conftest import _admin
from tests.dying import Mortals
from tests.promises.length import FULL, at_length
from tests.versions import Contents

EARLIER = versions.VERSIONS[:-1]
SAMPLED = ("0012", "0030")
"""Before `notices` is made anew for the first time, and before it is for the last."""
HOW_OFTEN = 3
"""Kills on the way from each of them, in the short form."""
NEXT = 240
"""Moments of the next steps: the longest has 216, on SQLite."""
FURTHER = 7
"""Of so many moments after these one is died in."""
KEY = random_key_text()
KEYRING = Keyring.parse(KEY)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A database that an earlier version left, with something in every table."""

    database: Database
    tables: sa.MetaData
    before: Contents
    version: str

    @property
    def is_first(self) -> bool:
        return self.version == EARLIER[0]

    @property
    def url(self) -> str:
        return self.database.url.render_as_string(hide_password=False)

    @property
    def is_untouched(self) -> bool:
        """Whether it has the rows and the tables of before, and no other."""
        with self.database.read() as tx:
            there = set(sa.inspect(tx.connection).get_table_names())
        return there == set(self.tables.tables) and self.before == versions.contents(
            self.database, self.tables
        )

    def lost(self) -> list[str]:
        """Read by a process that begins anew: PostgreSQL refuses what it has prepared over columns of another type."""
        self.database.engine.dispose()
        return versions.lost(self.before, versions.contents(self.database, self.tables))

    def is_well(self) -> bool:
        """Whether its tables are those that the statements are written for."""
        with self.database.read() as tx:
            context = MigrationContext.configure(tx.connection, opts={"compare_type": True})
            return is_current(self.database) and compare_metadata(context, metadata) == []


Make = Callable[[str], Earlier]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Database]]:
    """Makes empty databases of a kind."""
    with _sqlite(tmp_path) if request.param == "sqlite" else _postgresql(request) as make:
        yield make


@contextmanager
def _sqlite(folder: Path) -> Iterator[Callable[[str], Database]]:
    made: list[Database] = []

    def make(name: str) -> Database:
        made.append(Database(f"sqlite:///{folder}/{name}.db", KEYRING))
        return made[-1]

    yield make
    for each in made:
        each.close()


@contextmanager
def _postgresql(request: pytest.FixtureRequest) -> Iterator[Callable[[str], Database]]:
    server: str = request.getfixturevalue("postgresql_server")
    made: list[Database] = []

    def make(name: str) -> Database:
        _admin(server, f"CREATE DATABASE upgrade_{name}")
        made.append(Database(server.replace("/postgres?", f"/upgrade_{name}?"), KEYRING))
        return made[-1]

    yield make
    for each in made:
        each.close()
        _admin(server, f"DROP DATABASE {each.url.database} WITH (FORCE)")


@pytest.fixture
def earlier(empty: Callable[[str], Database]) -> Make:
    def make(version: str) -> Earlier:
        database = empty(f"v{version}")
        versions.bring_to(database, version)
        tables = versions.tables_of(database)
        versions.fill(database, tables)
        return Earlier(database, tables, versions.contents(database, tables), version)

    return make


@pytest.fixture
def mortals(tmp_path: Path) -> Iterator[Mortals]:
    made = Mortals(tmp_path, KEY)
    yield made
    made.end()


def moments(mortals: Mortals, job: str, there: Earlier) -> Iterator[int]:
    """Moments until the job comes to its end: from the first version each; from later ones each of the steps that come
    next, and some of those that were died in from the versions before; in the short form a few.
    """
    if FULL:
        at = 1
        while not mortals.run(job, there.url, dies_at=at):
            yield at
            at += 1 if there.is_first or at < NEXT else FURTHER
        return
    chosen = random.Random(36)
    for at in sorted(chosen.sample(range(5, 90), HOW_OFTEN)):
        if mortals.run(job, there.url, dies_at=at):
            return
        yield at
    mortals.run(job, there.url)


@pytest.mark.parametrize("version", EARLIER if FULL else SAMPLED)
def test_killed_at_any_statement_a_database_is_as_it_was_and_then_as_it_should_be(
    version: str, earlier: Make, mortals: Mortals
) -> None:
    there = earlier(version)
    kills = 0
    for at in moments(mortals, "migrate", there):
        kills += 1
        # What comes after the commit makes no difference any more.
        assert there.is_untouched or (there.is_well() and there.lost() == []), at
    assert kills >= at_length(HOW_OFTEN, 5)
    assert there.lost() == []
    assert there.is_well()


@pytest.mark.parametrize("empty", ["sqlite", "postgresql"] if FULL else ["sqlite"], indirect=True)
def test_without_its_transaction_a_kill_is_noticed(earlier: Make, mortals: Mortals) -> None:
    there = earlier("0030")
    assert mortals.run("migrate_without_a_transaction", there.url, dies_at=40) == 0
    assert not there.is_untouched
    assert not is_current(there.database)


def test_an_earlier_program_goes_on_over_the_present_tables(
    empty: Callable[[str], Database], earlier: Make
) -> None:
    """Every step only adds: what an earlier version writes, and all that it reads, has its place."""
    for version in EARLIER if FULL else EARLIER[-1:]:
        there, now = earlier(version), empty(f"now{version}")
        migrate(now)
        present = versions.tables_of(now)
        for table in there.tables.sorted_tables:
            assert set(table.columns.keys()) <= set(present.tables[table.name].columns.keys()), table.name
        versions.fill(now, there.tables)


def test_a_later_versions_database_is_refused(database: Database) -> None:
    with database.write() as tx:
        tx.connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UnknownVersion):
        migrate(database)
    with pytest.raises(UnknownVersion):
        wait_until_current(database, rest=lambda _: pytest.fail("it would wait for ever"))


def test_web_and_worker_wait_for_migrate(
    empty: Callable[[str], Database], capsys: pytest.CaptureFixture[str]
) -> None:
    database = empty("waiting")
    versions.bring_to(database, "0030")
    rests: list[float] = []

    def rest(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 2:
            migrate(database)

    wait_until_current(database, rest)
    assert len(rests) == 2
    assert "waiting for `python -m bot migrate`" in capsys.readouterr().out


def test_the_newest_step_is_the_last_of_the_versions() -> None:
    assert versions.VERSIONS[-1] == HEAD
