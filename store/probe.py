"""Whether the database takes what is written, found out by writing."""

from store.db import Database
from store.tables import system_keys


def write(database: Database) -> None:
    """Writes what stands there once more, and commits it. Raises DatabaseFailure where that cannot be done."""
    with database.write(synced=False) as tx:
        tx.connection.execute(system_keys.update().values(name=system_keys.c.name))
