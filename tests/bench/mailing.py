"""A notice to 10,000 people: in batches by multicast, beside a push for each."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from bot import seeds, sender
from bot.city import LiveCity, read_sayings
from bot.clock import Clock
from bot.line import LineClient
from bot.line_messages import to_bytes
from bot.mailing import Mailer
from bot.platform import Platform
from bot.platform.server import serve
from store import outbox, residents
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.mailing_beginning import AT_ONCE
from store.migrations import migrate
from tests.bench.tables import Table
from tests.conftest import DATA, NOON
from tests.mailings import DRAFT, approved, follow, meet
from tests.store.people import viewers

PEOPLE = 10_000
PUSHED = 1_000
"""So many are pushed to one by one; the time is reckoned for all."""


def run() -> Table:
    """SQLite, the platform double in the same process."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/mailing.db", Keyring.parse(random_key_text()))
        migrate(database)
        seeds.fill_if_empty(database, DATA, NOON)
        began = time.perf_counter()

        def clock() -> datetime:
            return NOON + timedelta(seconds=time.perf_counter() - began)

        platform = Platform(clock)
        meet(platform, range(PEOPLE))
        with database.write() as tx:
            follow(tx, range(PEOPLE))
            approved(tx, viewers(tx), DRAFT)
        with serve(platform) as server:
            line = LineClient("token", server.address)
            city = LiveCity(read_sayings(DATA))
            mailer = Mailer(database, city, lambda: line, "bench", clock)
            statements = _Counted(database)
            frozen = _timed(mailer.begin_next)
            begun = statements.count
            sent = _timed(lambda: _all(mailer.send_next))
            batches = PEOPLE // AT_ONCE
            count = statements.count - begun
            multicast = ("multicast", f"{frozen:.2f}", f"{sent:.2f}", f"{count / batches:.0f} a batch")
            _put(database, clock)
            statements.count = 0
            pushed = _timed(lambda: _all(lambda: sender.send_next(database, line, "bench", clock)))
            times = PEOPLE // PUSHED
            single = ("a push each", "", f"{pushed * times:.0f}", f"{statements.count / PUSHED:.0f} a push")
            line.close()
        database.close()
    columns = ("way", "freezing, s", "sending, s", "statements")
    return Table(f"A notice to {PEOPLE:,} people", columns, (multicast, single))


def _put(database: Database, clock: Clock) -> None:
    body = to_bytes([{"type": "text", "text": "お知らせ"}])
    with database.write() as tx:
        for number in range(PUSHED):
            resident = residents.lookup(tx, f"U{number:032x}")
            assert resident is not None
            outbox.put(tx, resident, body, clock())


class _Counted:
    """Statements that reached the database."""

    def __init__(self, database: Database) -> None:
        self.count = 0
        sa.event.listen(database.engine, "before_cursor_execute", self._one)

    def _one(self, *_: Any) -> None:
        self.count += 1


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _all(step: Callable[[], bool]) -> None:
    while step():
        pass
