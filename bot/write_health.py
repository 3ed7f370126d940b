"""Whether the database takes what is written, as `doctor` finds it."""

from collections.abc import Iterator

from bot.findings import Finding
from store import probe
from store.db import Database
from store.failures import DatabaseFailure, reason


def look(database: Database) -> Iterator[Finding]:
    """A finding where nothing can be written: a full disk, or a database that may only be read."""
    try:
        probe.write(database)
    except DatabaseFailure as error:
        told = "what residents send is refused (503), and LINE sends it again for a while"
        yield Finding(
            False, f"database: nothing can be written ({reason(error)}); until there is room, {told}"
        )
