"""Migrations, backups and restores that die: by SIGKILL, at their n-th statement or change of a file.

`python -m tests.dying` reads a job a line and forks for each, so that a death costs no new start of Python.
`Mortals` is the other end.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from store import backup, db, keys_file, migrations, restoring
from store.db import Database
from store.keyring import Keyring
from tests.service import ROOT

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
FILES = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.copyfile", "sqlite3.connect")
"""What a process tells of before it does it (PEP 578)."""


class Mortals:
    """A process whose children do one job each, and die over it when they are told to."""

    def __init__(self, folder: Path, keyring_text: str) -> None:
        """Changes of files in the folder are moments to die at."""
        command = [sys.executable, "-m", "tests.dying", str(folder), keyring_text]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, job: str, url: str, *, dies_at: int = 0, file: Path = Path(), keys: Path = Path()) -> int:
        """How many moments there were; 0 where it died at the one that was named."""
        told = {"job": job, "url": url, "at": dies_at, "file": str(file), "keys": str(keys)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        passed = int(self._process.stdout.readline())
        assert passed >= 0, "it failed, see what it printed"
        return passed

    def end(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


@dataclass
class Moments:
    """Counts them, and dies at one."""

    at: int
    folder: str
    passed: int = 0

    def come(self, *_: object, **__: object) -> None:
        self.passed += 1
        if self.passed == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event: str, given: tuple[Any, ...]) -> None:
        if event in FILES and self.folder in str(given[0]):
            self.come()


# The jobs -------------------------------------------------------------------------------------------


def migrate(database: Database, _file: Path, _keys: Path) -> None:
    migrations.migrate(database)


def back_up(database: Database, file: Path, keys: Path) -> None:
    backup.back_up(database, file, _silent, keys)


def restore(database: Database, file: Path, keys: Path) -> None:
    restoring.restore(database, file, keys, NOW, _silent)


def _silent(_done: int, _total: int) -> None:
    pass


# The same without what makes them whole -------------------------------------------------------------


def migrate_without_a_transaction(database: Database, file: Path, keys: Path) -> None:
    _commit_each(database)
    migrate(database, file, keys)


def restore_without_a_transaction(database: Database, file: Path, keys: Path) -> None:
    _commit_each(database)
    restore(database, file, keys)


def _commit_each(database: Database) -> None:
    if database.is_sqlite:
        sa.event.remove(database.engine, "begin", db._begin_sqlite)
    else:
        database.engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")


def back_up_in_place(database: Database, file: Path, keys: Path) -> None:
    @contextlib.contextmanager
    def itself(path: Path) -> Iterator[Path]:
        yield path

    backup.replacing = itself
    back_up(database, file, keys)


def back_up_before_the_keys(database: Database, file: Path, keys: Path) -> None:
    backup.back_up(database, file, _silent)
    keys_file.write(database, keys)


JOBS: Mapping[str, Callable[[Database, Path, Path], None]] = {
    job.__name__: job
    for job in (
        migrate,
        migrate_without_a_transaction,
        back_up,
        back_up_in_place,
        back_up_before_the_keys,
        restore,
        restore_without_a_transaction,
    )
}


def _do(told: Mapping[str, Any], folder: str, keyring: Keyring) -> None:
    """In the child."""
    moments = Moments(told["at"], folder)
    sys.addaudithook(moments.hear)
    for event in ("before_cursor_execute", "commit"):
        sa.event.listen(sa.Engine, event, moments.come)
    database = Database(told["url"], keyring)
    JOBS[told["job"]](database, Path(told["file"]), Path(told["keys"]))
    database.close()
    sys.stdout.write(f"{moments.passed}\n")
    sys.stdout.flush()


def main(folder: str, keyring: Keyring) -> None:
    import alembic.command  # noqa: F401 - once, not in each child

    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                _do(json.loads(line), folder, keyring)
            except BaseException:  # noqa: BLE001 - whoever waits for a number must not wait for ever
                traceback.print_exc()
                sys.stdout.write("-1\n")
                sys.stdout.flush()
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            sys.stdout.write("0\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Keyring.parse(sys.argv[2]))
