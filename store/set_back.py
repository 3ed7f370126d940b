"""A clock that was set back: what waits for a time that it had shown goes on now, and nobody is locked out till then.

The chores tell: one that was begun later than now was begun by the clock as it was.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from store.db import Tx
from store.tables import chores, metadata

SKEW: Final = timedelta(seconds=5)
"""By how much the clocks of machines that share a database may differ."""
LEASE: Final = timedelta(minutes=1)
"""How long somebody may still be at work on what was leased by the clock as it was."""
_WORK: Final = tuple(table for table in metadata.sorted_tables if "not_before" in table.c)


def is_noticed(tx: Tx, names: Collection[str], now: datetime) -> bool:
    """Whether one of these chores was begun in what is the future by now."""
    ahead = sa.select(chores.c.name).where(chores.c.name.in_(names), chores.c.begun_at > now + SKEW)
    return tx.connection.scalar(ahead.limit(1)) is not None


def settle(tx: Tx, now: datetime) -> None:
    """Whatever waits may be tried at once: most of it would have been, and one try too many harms nobody."""
    for table in _WORK:
        of = table.c
        waiting = of.state == "waiting" if "state" in of else sa.true()
        tx.connection.execute(table.update().where(waiting, of.not_before > now).values(not_before=now))
        if "leased_until" in of:
            leased = of.leased_until > now + LEASE
            tx.connection.execute(table.update().where(leased).values(leased_until=now + LEASE))
