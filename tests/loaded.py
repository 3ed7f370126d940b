"""The service under load: a double of LINE that notes when it took which answer, and what came of a run."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.platform import Platform
from bot.platform.http import Answer, Request
from bot.platform.server import LONGEST_HOLD, Server
from bot.platform.talk import UserId
from store import agenda
from store.keyring import Keyring
from tests.bench.tables import quantile
from tests.killing import new_platform
from tests.load import Told
from tests.service import BOT, ROOT, Program, Service, Setting

EVER = datetime(9999, 1, 1, tzinfo=UTC)
"""By then all that waits may be done."""
QUIET_WITHIN = 600.0
"""Seconds for the last answer."""


class CountingLine(Server):
    """The double of LINE: knows each reply token when it first comes, and notes when it takes what; may hang."""

    def __init__(self, platform: Platform, one_in: int = 1) -> None:
        self.platform = platform
        self.taken: list[float] = []
        """When each answer was taken, by `time.perf_counter`."""
        self.used: set[str] = set()
        """The reply tokens that were taken, and the retry keys of pushes."""
        self._known: set[str] = set()
        self._answers = threading.Event()
        self._answers.set()
        super().__init__(platform, 0, one_in=one_in)

    def respond(self, request: Request) -> Answer | None:
        self._answers.wait(LONGEST_HOLD)
        token = str(request.json().get("replyToken", ""))
        if token and token not in self._known:
            self._known.add(token)
            self.platform.issue_reply_token(UserId(token.rpartition("-")[2]), token)
        given = super().respond(request)
        if given and given.status == 200 and request.path.endswith(("/reply", "/push")):
            self.taken.append(time.perf_counter())
            self.used.add(token or request.headers["x-line-retry-key"])
        return given

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """LINE answers nothing within."""
        self._answers.clear()
        try:
            yield
        finally:
            self._answers.set()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run."""

    told: Told
    answered: int
    """Events that LINE took an answer to."""
    distinct: int
    """Reply tokens and retry keys that LINE took."""
    seconds: float
    """From the first event to the last answer."""

    @property
    def exact(self) -> bool:
        """Everything was acknowledged, and all of it answered once."""
        return len(self.told.took) == self.told.posted == self.answered == self.distinct

    def within(self, share: float) -> float:
        """Seconds in which that share of the events was acknowledged."""
        return quantile(self.told.took, share)

    def __str__(self) -> str:
        told = self.told
        times = (
            f"{name} {self.within(share) * 1000:.0f} ms" for name, share in (("p50", 0.5), ("p99", 0.99))
        )
        return (
            f"{told.posted} events: {len(told.took)} acknowledged in {told.seconds:.1f} s "
            f"({len(told.took) / told.seconds:.0f} a second; {', '.join(times)}, max {max(told.took) * 1000:.0f} ms), "
            f"{self.answered} answered in {self.seconds:.1f} s ({self.answered / self.seconds:.0f} a second)"
        )


def post(ports: Sequence[int], rate: float, events: int, connections: int = 16, patience: float = 15) -> Told:
    """So many events a second to these webhooks in turn, from a process of their own.

    Ends with the last acknowledgment, `patience` seconds after the last event at the latest.
    """
    command = [sys.executable, "-m", "tests.load", "--rate", str(rate), "--events", str(events)]
    command += ["--connections", str(connections), "--patience", str(patience)]
    command += ["--ports", *map(str, ports)]
    written = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    return Told(**json.loads(written))


@dataclass(frozen=True, slots=True)
class Town:
    """A service with a database of its own, which a crowd writes to."""

    services: Sequence[Service]
    line: CountingLine

    def hears(self, rate: float, events: int, connections: int = 16) -> Outcome:
        """So many events a second, and the last answer."""
        taken, used = len(self.line.taken), len(self.line.used)
        told = self.post(rate, events, connections)
        self.wait_until_quiet()
        answered = self.line.taken[taken:]
        seconds = max(answered, default=told.begun) - told.begun
        return Outcome(told, len(answered), len(self.line.used) - used, seconds)

    def post(self, rate: float, events: int, connections: int = 16, patience: float = 15) -> Told:
        """So many events a second, as `post` of this module."""
        ports = [service.setting.port for service in self.services]
        return post(ports, rate, events, connections, patience)

    def is_lived_in(self) -> None:
        """The server knows how much is in its tables, as after its first minute (autovacuum)."""
        database = self.services[0].setting.open_database()
        with database.write() as tx:
            tx.connection.exec_driver_sql("ANALYZE")
        database.close()

    def wait_until_quiet(self) -> None:
        """Until nothing waits any more."""
        database = self.services[0].setting.open_database()
        until = time.monotonic() + QUIET_WITHIN
        try:
            while True:
                with database.read() as tx:
                    due = agenda.look(tx, EVER)
                if not due.hears and not due.tells:
                    return
                assert time.monotonic() < until, "the answers did not come"
                time.sleep(0.1)
        finally:
            database.close()


@contextmanager
def town(
    url: str, keyring: Keyring, folder: Path, *, webs: int = 1, one_in: int = 50, program: Program = BOT
) -> Iterator[Town]:
    """So many `web` and as many `worker` over a database that has its knowledge; with SQLite, one process.

    The double of LINE holds one body in so many against what LINE takes.
    """
    with CountingLine(new_platform(), one_in) as line:
        settings = [Setting(url, keyring, line.address) for _ in range(webs)]
        services = [
            Service(setting, folder / f"service-{number}.log", program)
            for number, setting in enumerate(settings)
        ]
        try:
            for service in services:
                service.start()
            yield Town(services, line)
        finally:
            for service in services:
                service.stop()
