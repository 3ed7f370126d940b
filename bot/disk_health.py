"""What `doctor` finds about the disk under the database."""

import shutil
from collections.abc import Iterator
from typing import Final

from bot.findings import Finding
from store import probe
from store.db import Database
from store.failures import DatabaseFailure

ENOUGH: Final = 1024
"""Megabytes: some days of a busy city."""


def look(database: Database) -> Iterator[Finding]:
    """Whether anything can be written, and with SQLite how much room is left."""
    try:
        probe.write(database)
    except DatabaseFailure as error:
        reason = str(getattr(error, "orig", None) or error).partition("\n")[0]
        told = "what residents send is refused (503), and LINE sends it again for a while"
        yield Finding(False, f"database: nothing can be written ({reason}); until there is room, {told}")
    if database.file is not None:
        free = shutil.disk_usage(database.file.parent).free // 2**20
        told = "" if free >= ENOUGH else f"; make room: below {ENOUGH} MB it may be full within days"
        yield Finding(free >= ENOUGH, f"disk: {free} MB free at {database.file.parent}{told}")
