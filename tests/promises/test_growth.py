"""A city of a million: what is done for one resident, and what the clock does, reads no table of all of them whole."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot.city import LiveCity
from store.db import Database
from tests.bench.growth import World, acts, world_over
from tests.bench.plans import heard, scans
from tests.conftest import NOON

RESIDENTS = 5_000
AS_IF = 200
"""So many times as many rows are claimed to PostgreSQL's planner as there are."""
GROWS = frozenset(
    {
        "audit",
        "clustered",
        "inbox",
        "outbox",
        "queries",
        "resident_keys",
        "residents",
        "subscribers",
        "subscriptions",
    }
)
"""What has a row for each few residents; `tests.bench.growth` looks at all tables, at their true size."""
WHOLE = {
    "page /staff/unmatched": {"clustered"},  # each question counts once
    "page /staff/mailings": {"residents", "subscribers", "subscriptions"},  # as many as chose something
}
"""Who reads what whole, knowingly."""


@pytest.fixture
def world(postgres: Database, city: LiveCity) -> Iterator[World]:
    """A few residents, whom the planner takes for a million."""
    with world_over(postgres, city, RESIDENTS, NOON) as world:
        _claim_more(postgres)
        yield world


def _claim_more(database: Database) -> None:
    names = sa.bindparam("names", sorted(GROWS), expanding=True)
    more = f"UPDATE pg_class SET reltuples = reltuples * {AS_IF} WHERE relname IN :names AND relkind = 'r'"
    with database.engine.begin() as connection:
        connection.execute(sa.text(more).bindparams(names))


def read_whole(world: World) -> dict[str, set[str]]:
    """The tables that PostgreSQL would read from end to end, by what is done."""
    found: dict[str, set[str]] = {}
    for name, act in acts(world).items():
        if name.startswith("page") and "/staff/" not in name:
            continue
        with heard(world.database) as statements:
            act()
        if tables := {each.table for each in scans(world.database, statements, set(GROWS), forced=False)}:
            found[name] = tables
    return found


def test_nothing_that_grows_is_read_whole(world: World) -> None:
    found = {name: tables - WHOLE.get(name, set()) for name, tables in read_whole(world).items()}
    assert {name: tables for name, tables in found.items() if tables} == {}


def test_an_index_that_is_missing_is_noticed(world: World) -> None:
    with world.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_outbox_ended")
    assert "outbox" in read_whole(world)["chore retention"]
