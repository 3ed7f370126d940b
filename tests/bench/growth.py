"""What a city costs as it grows: `python -m tests.bench.growth [RESIDENTS ...]`, on PostgreSQL.

Every page that has an address of its own, every chore of the clock, and what one resident does, at each size, with
what grew worse than n log n and what is read from end to end.
"""

import logging
import math
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

import flask
import sqlalchemy as sa

from bot import seeds
from bot.city import LiveCity, read_sayings
from bot.due import Due
from faq.periods import Period
from store import accounts, erasure, figures, knowledge, my_data, places, queries, sessions
from store.accounts import Account, Draft
from store.audit import COMMAND, SERVICE
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.migrations import migrate
from store.queries import UNANSWERED, Query
from store.residents import ResidentId
from store.sight import Role
from tests import line, postgresql
from tests.bench.growth_town import Town, address_of, fill, newest
from tests.bench.plans import Scan, heard, indexes, scans
from tests.bench.tables import Table, milliseconds

DATA = Path(__file__).parent.parent.parent / "data"
SIZES = (10_000, 100_000)
RUNS = 3
LARGE = 1_000
"""Rows from which on a table counts as large."""
NOTICED = 0.02
"""Seconds below which nobody minds how an act grows."""

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Timed:
    """An act at a size."""

    seconds: float
    scans: frozenset[Scan]
    indexes: frozenset[str]
    """By which it finds its rows."""


@dataclass(frozen=True, slots=True)
class World:
    """A service over a city of a size, and somebody signed in who may see everything."""

    town: Town
    service: line.Service
    account: Account
    door: str

    @property
    def database(self) -> Database:
        return self.service.database

    def get(self, path: str) -> None:
        client = self.service.app.test_client()
        client.set_cookie("door", self.door)
        answer = client.get(path)
        assert answer.status_code < 500, (path, answer.status_code)
        _ = answer.data


@contextmanager
def grown(number: int, url: str) -> Iterator[World]:
    """A world of so many residents in an empty database."""
    database = Database(url, Keyring.parse(random_key_text()))
    migrate(database)
    now = datetime.now(UTC)
    seeds.fill_if_empty(database, DATA, now)
    with world_over(database, LiveCity(read_sayings(DATA)), number, now) as world:
        yield world
    database.close()


@contextmanager
def world_over(database: Database, city: LiveCity, number: int, now: datetime) -> Iterator[World]:
    """The same in a database that has its seeds and no residents."""
    with database.write() as tx:
        city.current(tx)
        entries, section = knowledge.all_entries(tx), places.all_sections(tx)[0]
        account = accounts.add(tx, Draft("bench", "計測", Role.ADMIN, None, True, True), COMMAND, now)
        assert isinstance(account, Account)
        door = sessions.begin(tx, account, "bench", now, proven=True)
    questions, ids = [each.question for each in entries], [each.id for each in entries]
    town = Town(number, now, questions, ids, section.id)
    fill(database, town, account.id)
    with line.running(database, city) as service:
        service.clock.now = now
        yield World(town, service, account, door)


def acts(world: World) -> dict[str, Act]:
    """What is measured, by name."""
    someone = newest(world.town)
    clock = world.service.clock

    def kept() -> object:
        with world.database.read() as tx:
            return my_data.kept_of(tx, ResidentId(next(someone)), clock())

    def counted() -> object:
        with world.database.read() as tx:
            return figures.figures(tx, Period.month_of(clock().date()))

    def erased() -> None:
        with world.database.write() as tx:
            erasure.erase(tx, ResidentId(next(someone)), SERVICE, clock())
            tx.connection.rollback()

    due = Due(world.database, world.service.city, clock, _raise)
    return {
        "a message: POST to 200": lambda: _writes(world, next(someone)),
        "its turn: answered and sent": world.service.worker.answer_next,
        "what is kept of me": kept,
        "erase me": erased,
        "a month's figures": counted,
        **{f"page {path}": partial(world.get, path) for path in pages(world.service.app)},
        **{f"chore {step.name}": partial(step.run, clock()) for step in due.steps},
        "chore inbox": lambda: _gathers(world, due, next(someone)),
    }


def _writes(world: World, number: int) -> None:
    chosen = world.town.questions[number % len(world.town.questions)]
    came = line.text_event(chosen, source={"type": "user", "userId": address_of(number)})
    assert world.service.post(line.body_of(came)).status_code == 200


def _gathers(world: World, due: Due, number: int) -> None:
    """With one question that nobody could answer since the last time."""
    now = world.service.clock()
    with world.database.write() as tx:
        words = Query(world.town.questions[number % len(world.town.questions)], "question", UNANSWERED)
        queries.record(tx, ResidentId(number), words, now, channel="LINE", message_ids=[])
    due.gather(now)


def _raise(what: str, error: Exception) -> None:
    raise RuntimeError(what) from error


def pages(app: flask.Flask) -> list[str]:
    """Each page that has one address, as an administrator may open it."""
    plain = (
        rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments
    )
    shut = ("/api/", "/logout", "/login", "/setup", "/oidc", "/simulator", "/f/", "/opendata", "/static")
    return sorted(rule.rule for rule in plain if not rule.rule.startswith(shut))


def measure(world: World) -> dict[str, Timed]:
    """Each act, after one that warms up; its scans are those that PostgreSQL chooses at this size."""
    large = _large(world.database)
    found = {}
    for name, act in acts(world).items():
        with heard(world.database) as statements:
            act()
        seconds = median(_seconds(act) for _ in range(RUNS))
        whole = scans(world.database, statements, large, forced=False)
        found[name] = Timed(seconds, frozenset(whole), frozenset(indexes(world.database, statements)))
        sys.stderr.write(f"  {name}: {milliseconds(seconds)} ms\n")
    return found


def _seconds(act: Act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _large(database: Database) -> set[str]:
    rows = "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %(large)s"
    with database.engine.connect() as connection:
        return {row[0] for row in connection.exec_driver_sql(rows, {"large": LARGE})}


def worse(small: int, large: int, before: float, after: float) -> bool:
    """Whether somebody would notice it and it grew faster than n log n."""
    allowed = (large * math.log(large)) / (small * math.log(small))
    return after >= NOTICED and after / before > allowed


def run(sizes: Sequence[int] = SIZES) -> tuple[Table, Table, Table]:
    """What each act takes at each size, the slowest first; at the largest, what is read whole, and by which indexes
    rows are found for a resident and by the clock.
    """
    measured: dict[int, dict[str, Timed]] = {}
    with postgresql.cluster(_programs(), keeps=True) as url:
        for number in sizes:
            measured[number] = _measured(number, url)
    first, last = measured[sizes[0]], measured[sizes[-1]]
    names = sorted(last, key=lambda name: -last[name].seconds)
    rows = tuple(
        (
            name,
            *(milliseconds(measured[number][name].seconds) for number in sizes),
            f"{last[name].seconds / first[name].seconds:.1f}",
            "worse" if worse(sizes[0], sizes[-1], first[name].seconds, last[name].seconds) else "",
            ", ".join(sorted({scan.table for scan in last[name].scans})),
        )
        for name in names
    )
    columns = ("", *(f"{number:,}" for number in sizes), "times", "than n log n", "read whole")
    return (
        Table(f"Milliseconds by residents, PostgreSQL, median of {RUNS}", columns, rows),
        Table("Read whole at the largest", ("", "by"), _whole(last)),
        Table("Found by index at the largest", ("", "by"), _by_index(last)),
    )


def _whole(measured: Mapping[str, Timed]) -> tuple[tuple[str, ...], ...]:
    by: dict[Scan, list[str]] = {}
    for name, timed in measured.items():
        for scan in timed.scans:
            by.setdefault(scan, []).append(name)
    return tuple((scan.table, f"{names[0]} (+{len(names) - 1}): {' '.join(scan.statement.split())[:300]}")
                 for scan, names in sorted(by.items()))  # fmt: skip


def _by_index(measured: Mapping[str, Timed]) -> tuple[tuple[str, ...], ...]:
    acts = ((name, timed) for name, timed in measured.items() if not name.startswith("page"))
    return tuple((name, ", ".join(sorted(timed.indexes))) for name, timed in acts if timed.indexes)


def _measured(number: int, url: str) -> dict[str, Timed]:
    name = f"of_{number}"
    engine = sa.create_engine(
        url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    began = time.perf_counter()
    with grown(number, url.replace("/postgres?", f"/{name}?")) as world:
        sys.stderr.write(f"{number:,} residents, filled in {time.perf_counter() - began:.0f} s\n")
        return measure(world)


def _programs() -> Path:
    found = postgresql.programs()
    assert found is not None, "PostgreSQL's programs are not on this machine"
    return found


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    for each in run(tuple(map(int, sys.argv[1:])) or SIZES):
        sys.stdout.write(f"{each}\n\n")
