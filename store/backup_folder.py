"""The folder of the backups that the service makes by itself: what they are called, which stay, what is swept away.

A backup is a file of its name, whole; what is being written lies in a folder of its own beside it, whose name begins
with a dot, and is swept away by the next round where a kill left it.
"""

import fcntl
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from nlp.japan import JAPAN

ALL_FOR: Final = timedelta(hours=4)
"""So long every backup stays; then the last of each day in Japan."""
RESERVE: Final = 512 * 1024 * 1024
"""Bytes that stay free where the database lies on the same disk."""
_NAME: Final = re.compile(r"helpdesk-(\d{8}T\d{6})Z\.db")


class Busy(Exception):
    """Another process is writing a backup into this folder."""


def name_of(moment: datetime) -> str:
    """What a backup of this moment is called."""
    return f"helpdesk-{moment.astimezone(UTC):%Y%m%dT%H%M%S}Z.db"


def moment_of(file: Path) -> datetime | None:
    """When a backup was begun; None where the file is none of ours."""
    found = _NAME.fullmatch(file.name)
    return datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if found else None


@contextmanager
def round_of(folder: Path) -> Iterator[None]:
    """One round at a time; what killed rounds left is swept away. Raises Busy; OSError where there is no folder."""
    with (folder / ".lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        for left in folder.glob(".helpdesk-*Z.db.*"):
            shutil.rmtree(left)
        yield


def drop_old(folder: Path, days: int) -> int:
    """Deletes the backups that need not stay; how many.

    Ages are counted from the newest backup there is: where none could be made for weeks, none goes.
    """
    there = {moment: file for file in folder.iterdir() if (moment := moment_of(file))}
    going = set(there) - kept(frozenset(there), days)
    for moment in going:
        there[moment].unlink()
    return len(going)


def kept(moments: frozenset[datetime], days: int) -> frozenset[datetime]:
    """Those that stay: all of the last hours, and the last of each of so many days."""
    if not moments:
        return moments
    newest = max(moments)
    last_of_day: dict[int, datetime] = {}
    for each in sorted(moments):
        last_of_day[(newest.astimezone(JAPAN).date() - each.astimezone(JAPAN).date()).days] = each
    daily = {each for age, each in last_of_day.items() if age <= days}
    return frozenset(daily | {each for each in moments if newest - each <= ALL_FOR})


def lacks_room(folder: Path, database: Path | None, likely: int) -> bool:
    """Whether a backup of so many bytes would leave the disk that it shares with the database with too little."""
    shared = is_shared(folder, database)
    return shared and shutil.disk_usage(folder).free < likely + RESERVE


def is_shared(folder: Path, database: Path | None) -> bool:
    """Whether the database lies on the same disk, which may die with both."""
    return database is not None and folder.stat().st_dev == database.stat().st_dev
