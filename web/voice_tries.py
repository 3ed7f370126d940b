"""How often one network tells the city something without LINE, counted by a keyed hash that is gone after minutes."""

from typing import Final

from store import tries
from store.tries import Limit
from web import visitor
from web.site import site

AT_MOST: Final = 30
"""Forms and additions from one network in 15 minutes: a telephone company may show many people by one address."""


def minutes_to_wait() -> int:
    """Counts one; how long it has to wait, 0 where it has not."""
    now = site().clock()
    with site().database.write(synced=False) as tx:
        wait = tries.take(tx, [Limit(f"voice {visitor.address()}", AT_MOST)], now)
    return 0 if wait is None else int(-(-(wait.until - now).total_seconds() // 60))
