"""The service on several machines: web and worker processes on a network, one PostgreSQL, and LINE outside."""

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.platform import Platform
from bot.platform.http import Answer, Request
from store.db import Database
from store.keyring import Keyring
from tests import postgresql
from tests.killing import SlowLine
from tests.lan import Lan, Place
from tests.postgresql import Cluster
from tests.service import BOT, ROOT, Program, Setting, is_ready

WEBS, WORKERS = ("web1", "web2"), ("worker1", "worker2")
OUTSIDE, BASE = "line", "database"
READY_WITHIN = 300.0
"""Seconds: four processes import at once, on a busy machine slowly."""
AWAY = 1.0
"""Seconds for which the database stays away when it is restarted."""


class Heard(SlowLine):
    """The double of LINE, which tells the workers apart by their access tokens."""

    def __init__(self, platform: Platform, host: str) -> None:
        self.sent_by: Counter[str] = Counter()
        super().__init__(platform, host=host)

    def respond(self, request: Request) -> Answer | None:
        given = super().respond(request)
        if given and given.status == 200:
            self.sent_by[request.headers.get("authorization", "").removeprefix("Bearer ")] += 1
        return given


@dataclass
class Machine:
    """A machine with one process of the service."""

    name: str
    place: Place
    environment: dict[str, str]
    log: Path
    program: Program = BOT
    process: subprocess.Popen[bytes] | None = None
    _begins: int = 0
    """Where in its log the present process begins."""

    @property
    def part(self) -> str:
        return self.name.rstrip("0123456789")

    def run(self, *arguments: str) -> None:
        """Runs a command to its end. Raises CalledProcessError."""
        with self.log.open("ab") as log:
            subprocess.run(self._command(arguments), cwd=ROOT, env=self.environment, stdout=log, stderr=log,
                           check=True)  # fmt: skip

    def start(self) -> None:
        here = ("--host", self.place.address, "--port", str(self.place.port)) if self.part == "web" else ()
        with self.log.open("ab") as log:
            self._begins = log.tell()
            self.process = subprocess.Popen(
                self._command((self.part, *here)), cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )

    def end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(30)
            self.process = None

    def has_said(self, words: str) -> bool:
        """Whether the process that runs now has said so in its log."""
        return words.encode() in self.log.read_bytes()[self._begins :]

    def is_ready(self) -> bool:
        """Whether it answers, as what stands in front asks it; a worker says so in its log."""
        assert self.process is not None, f"{self.name} was never started"
        assert self.process.poll() is None, f"{self.name} has ended:\n{_end_of(self.log)}"
        if self.part == "worker":
            return self.has_said("takes the inbox")
        return is_ready(self.place.port, self.place.address)

    def _command(self, arguments: Sequence[str]) -> list[str]:
        return [*self.place.within, sys.executable, *self.program, *arguments]


@dataclass
class Fleet:
    """All of them, and what they share."""

    lan: Lan
    cluster: Cluster
    database: Database
    line: Heard
    platform: Platform
    machines: dict[str, Machine] = field(default_factory=dict)

    @property
    def webs(self) -> tuple[Place, ...]:
        return tuple(self.machines[name].place for name in WEBS)

    def start(self) -> None:
        """Brings the database up to date, starts every process, and waits until all answer."""
        self.machines[WEBS[0]].run("migrate")
        for machine in self.machines.values():
            machine.start()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        until = time.monotonic() + READY_WITHIN
        for machine in self.machines.values():
            while not machine.is_ready():
                assert time.monotonic() < until, f"{machine.name} does not start:\n{_end_of(machine.log)}"
                time.sleep(0.1)

    def kill(self, *names: str) -> None:
        for name in names:
            self.machines[name].end(signal.SIGKILL)

    def start_again(self, *names: str) -> None:
        """As systemd or a container engine would."""
        for name in names:
            self.machines[name].start()

    def restart_database(self) -> None:
        """As after a crash: connections break, what is not committed is gone."""
        self.cluster.stop()
        time.sleep(AWAY)
        self.cluster.start()

    @contextmanager
    def cut(self, name: str) -> Iterator[None]:
        """Its cable is pulled out while the block runs."""
        process = self.machines[name].process
        with self.lan.cut(name, [process.pid] if process else []):
            yield

    def stop(self) -> None:
        """Ends every process in good order."""
        for machine in self.machines.values():
            if machine.process is not None:
                machine.process.send_signal(signal.SIGTERM)
        for machine in self.machines.values():
            machine.end(signal.SIGTERM)


@contextmanager
def fleet(
    lan: Lan, platform: Platform, keyring: Keyring, folder: Path, program: Program = BOT
) -> Iterator[Fleet]:
    """Machines that do not run yet, a database and LINE; this thread stands outside, with LINE, while it lasts."""
    programs = postgresql.programs()
    assert programs is not None, "PostgreSQL is not installed"
    outside, base = lan.machine(OUTSIDE), lan.machine(BASE)
    with ExitStack() as stack:
        listening = {"listens": base.address, "port": base.port, "within": base.within}
        cluster = stack.enter_context(postgresql.server(programs, keeps=True, **listening))
        stack.enter_context(lan.on(OUTSIDE))
        line = stack.enter_context(Heard(platform, outside.address))
        database = Database(f"{cluster.url}&port={base.port}", keyring)
        stack.callback(database.close)
        made = Fleet(lan, cluster, database, line, platform)
        shared = Setting(f"postgresql://postgres@{base.address}:{base.port}/postgres", keyring, line.address)
        common = {**shared.environment, "KEYS_BACKUP": str(folder / "keys"), "LINE_SHARE": "0.5"}
        for name in (*WEBS, *WORKERS):
            own = {"LINE_CHANNEL_ACCESS_TOKEN": name, "INDEX_DIR": str(folder / name)}
            made.machines[name] = Machine(
                name, lan.machine(name), common | own, folder / f"{name}.log", program
            )
        stack.callback(_kill_all, made)
        yield made


def _kill_all(fleet: Fleet) -> None:
    fleet.kill(*fleet.machines)


def _end_of(log: Path) -> str:
    return log.read_text()[-3000:]
