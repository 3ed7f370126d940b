"""How many rows a database holds, in all of its tables."""

import sqlalchemy as sa

from store.db import Database
from store.tables import metadata


def rows(database: Database) -> int:
    """Of every table together."""
    counts = [sa.select(sa.func.count().label("rows")).select_from(table) for table in metadata.sorted_tables]
    with database.read() as tx:
        return tx.connection.scalar(sa.select(sa.func.sum(sa.union_all(*counts).subquery().c.rows))) or 0
