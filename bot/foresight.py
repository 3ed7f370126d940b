"""What a turn will want to know from outside, fetched before its transaction opens."""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot import turns
from faq.semantic import NO_VECTORS, Vector
from handlers import router
from handlers.city import City
from handlers.turn import Said
from store import inbox
from store.db import Database, Tx
from store.residents import ResidentId

if TYPE_CHECKING:
    from bot.embeddings import Embeddings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ahead:
    """Whose turn is to be taken, and the vectors of what they say."""

    resident: ResidentId | None = None
    """None: whoever is next."""
    vectors: Mapping[str, Vector] = field(default_factory=dict)


class Foresight:
    """Looks at what residents ask before their turn is taken. Without an endpoint it does nothing and costs nothing.

    Threads may share it: no two are given the same resident.
    """

    def __init__(self, embeddings: "Embeddings | None" = None) -> None:
        self._embeddings = embeddings
        self._lock = threading.Lock()
        self._in_hand: set[ResidentId] = set()

    def vectors(self, city: City, said: Said) -> Mapping[str, Vector]:
        """The vector of the words that will be searched for, under these words; nothing where there is none."""
        text = self._embeddings and router.searched(city, said)
        if not text or self._embeddings is None:
            return NO_VECTORS
        vector = self._embeddings.question(text)
        return NO_VECTORS if vector is None else {text: vector}

    @contextmanager
    def next_turn(
        self, database: Database, city: City, now: datetime, threads: int
    ) -> Iterator[Ahead | None]:
        """Whose turn this thread is to take; None where other threads have all of them in hand."""
        if self._embeddings is None:
            yield Ahead()
            return
        with database.read() as tx:
            resident = self._take(inbox.ripe(tx, now, threads))
            said = None if resident is None else _said(tx, resident, now)
        if resident is None:
            yield None
            return
        try:
            yield Ahead(resident, NO_VECTORS if said is None else self.vectors(city, said))
        finally:
            with self._lock:
                self._in_hand.discard(resident)

    def _take(self, ripe: Sequence[ResidentId]) -> ResidentId | None:
        with self._lock:
            free = next((resident for resident in ripe if resident not in self._in_hand), None)
            if free is not None:
                self._in_hand.add(free)
            return free


def _said(tx: Tx, resident: ResidentId, now: datetime) -> Said | None:
    """What the resident's next message says, as far as can be seen now."""
    try:
        ready = turns.gather(waiting, now) if (waiting := inbox.peek(tx, resident)) else None
    except Exception as error:  # noqa: BLE001 - the turn itself meets it again, and tells the resident
        log.warning("looking ahead failed: %s", type(error).__name__)
        return None
    return ready.message.said if isinstance(ready, turns.Ready) else None
