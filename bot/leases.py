"""What this process is sending: other processes leave it alone for as long as this one lives, and not much longer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bot.clock import Clock
from store import delivery
from store.db import Database
from store.outbox import OutboxId

RENEWED_EVERY: Final = 2.0
"""Seconds: a third of a lease, so that one renewal may fail."""


class Leases:
    """Keeps the leases of what is in hand; safe to share between threads."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[OutboxId, str] = {}

    @contextmanager
    def kept(self, item: OutboxId, worker: str) -> Iterator[None]:
        """The item stays this worker's while the block runs, however long that takes."""
        with self._lock:
            self._held[item] = worker
        try:
            yield
        finally:
            with self._lock:
                del self._held[item]

    def renew(self) -> bool:
        """Renews what is held; False, since there is nothing more to do at once."""
        with self._lock:
            held = dict(self._held)
        if held:
            with self._database.write(synced=False) as tx:
                delivery.renew(tx, held, self._clock())
        return False
