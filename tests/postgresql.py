"""A real PostgreSQL for the tests: the machine's own programs, a cluster in a temporary folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PORT = 5432
NETWORK = "10.0.0.0/8"
"""From where a server that listens to the network lets everybody in."""


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; Debian keeps it off the PATH."""
    if found := shutil.which("pg_ctl"):
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return installed[-1].parent if installed else None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server of the tests' own: its folder, and how its programs are started."""

    programs: Path
    folder: Path
    options: str
    before: tuple[str, ...]
    """What stands before each program: who runs it, and on which machine."""

    @property
    def url(self) -> str:
        """Its address on this machine, as user `postgres`."""
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def start(self) -> None:
        self._pg_ctl("-l", str(self.folder / "log"), "-o", self.options, "start")

    def stop(self) -> None:
        """As if it were killed: what is committed is found again at the next start, nothing else is."""
        self._pg_ctl("-m", "immediate", "stop")

    def make(self) -> None:
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        with (self.folder / "db" / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {NETWORK} trust\n")

    def _pg_ctl(self, *arguments: str) -> None:
        self._run("pg_ctl", "-w", *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.before, self.programs / program, "-D", self.folder / "db", *arguments]
        subprocess.run(command, check=True, capture_output=True)


@contextmanager
def server(
    folder: Path, *, keeps: bool = False, listens: str = "", port: int = PORT, within: Sequence[str] = ()
) -> Iterator[Cluster]:
    """A running server. It `keeps` what it commits, or has fsync off; it `listens` at an address, or at none."""
    data = Path(tempfile.mkdtemp(prefix="helpdesk-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    options = (
        f"-c listen_addresses='{listens}' -c port={port} -c unix_socket_directories='{data}'"
        f" -c max_connections=200 -c fsync={'on' if keeps else 'off'}"
    )
    made = Cluster(folder, data, options, (*within, *_unprivileged(data)))
    try:
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(data, ignore_errors=True)


@contextmanager
def cluster(folder: Path, *, keeps: bool = False) -> Iterator[str]:
    """A running server that no network reaches; its address, as user `postgres`."""
    with server(folder, keeps=keeps) as made:
        yield made.url


def _unprivileged(data: Path) -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return []
    shutil.chown(data, "postgres")
    return ["runuser", "-u", "postgres", "--"]
