"""Backups that the service makes by itself: a process of its own for each, so that no answer waits for it."""

import logging
import os
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.clock import Clock
from store import backup, backup_folder, backups_made, chores
from store.backup import NotWritten
from store.backups_made import Made, Missed
from store.db import Database

log = logging.getLogger(__name__)
EVERY: Final = timedelta(minutes=10)
"""From one to the next. What a disk takes with it is what came since the last one *began*: ten minutes, and as long as
the next one takes; five are left for that."""
AGAIN: Final = timedelta(minutes=1)
"""After one that could not be made."""
CHORE: Final = "backup"
_ROOT: Final = Path(__file__).parent.parent
_LOOK: Final = 0.2
"""Seconds between two looks whether the process has ended."""


def make(database: Database, folder: Path, days: int, keys: Path, clock: Clock) -> Made | Missed:
    """One backup into the folder, looked at and noted; those that need not stay go. Raises Busy.

    Where it cannot be written, all that are there stay as they are.
    """
    begun = clock()
    made = _tried(database, folder, days, keys, begun, clock)
    with database.write() as tx:
        backups_made.record(tx, made)
    return made


def _tried(
    database: Database, folder: Path, days: int, keys: Path, begun: datetime, clock: Clock
) -> Made | Missed:
    file = folder / backup_folder.name_of(begun)
    with database.read() as tx:
        last = backups_made.newest(tx)
    try:
        with backup_folder.round_of(folder):
            backup_folder.drop_old(folder, days)
            if backup_folder.lacks_room(folder, database.file, last.bytes if last else 0):
                return Missed(begun, str(file), "the disk, which is the database's too, would be full")
            written = backup.back_up(database, file, lambda _done, _total: None, keys)
    except OSError as error:
        return Missed(begun, str(file), f"{error.filename or folder}: {error.strerror}")
    except NotWritten as error:
        return Missed(begun, str(file), str(error))
    return Made(begun, clock(), str(file), written.rows, written.bytes)


class Rounds:
    """Makes one whenever it is due; of several processes on one database, one."""

    def __init__(self, database: Database, clock: Clock, stopping: threading.Event) -> None:
        self._database = database
        self._clock = clock
        self._stopping = stopping

    def step(self) -> bool:
        """Makes a backup where one is due; False, since the next is not due at once."""
        now = self._clock()
        with self._database.read() as tx:
            # What was killed has noted nothing of its own.
            every = AGAIN if backups_made.trouble(tx) or chores.has_failed(tx, CHORE) else EVERY
            if not chores.is_due(tx, CHORE, every, now):
                return False
        with self._database.write(synced=False) as tx:
            if not chores.claim(tx, CHORE, every, now):
                return False
        went_well = self._run()
        with self._database.write(synced=False) as tx:
            (chores.done if went_well else chores.failed)(tx, CHORE, self._clock())
        return False

    def _run(self) -> bool:
        """Another process, which gives way to this one: reading a million rows takes the interpreter for a while."""
        path = os.pathsep.join((str(_ROOT), *filter(None, sys.path)))
        command = [sys.executable, "-m", "bot", "backup"]
        with subprocess.Popen(  # noqa: S603 - this very program
            command, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.DEVNULL
        ) as process:
            while (code := process.poll()) is None:
                if self._stopping.wait(_LOOK):
                    process.kill()  # it leaves nothing that could be taken for a backup
        if code and not self._stopping.is_set():
            log.error("no backup was made: exit code %s", code)
        return code == 0
