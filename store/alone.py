"""One process serves a database of SQLite: it frees at its start what is leased, which in another may be at work."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

WAITS: Final = 3.0
"""Seconds for one that is about to end, or that only looks."""
_EACH: Final = 0.05


@contextmanager
def alone(database: Path | None) -> Iterator[bool]:
    """Whether this process may serve the file, and does from here to the end; a kill ends it too.

    Always, where there is no file: PostgreSQL is made for several.
    """
    if database is None:
        yield True
        return
    with _beside(database).open("ab") as held:
        yield _taken(held)


def is_served(database: Path) -> bool:
    """Whether a process serves the file now."""
    beside = _beside(database)
    if not beside.exists():
        return False
    with beside.open("rb") as asked:
        return not _try(asked, fcntl.LOCK_SH)


def _beside(database: Path) -> Path:
    return database.with_name(f"{database.name}.service")


def _taken(held: IO[bytes]) -> bool:
    until = time.monotonic() + WAITS
    while not _try(held, fcntl.LOCK_EX):
        if time.monotonic() > until:
            return False
        time.sleep(_EACH)
    return True


def _try(file: IO[bytes], how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
