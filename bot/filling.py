"""Fetches the vectors of entries that have none yet: after an import, of a new model, when the endpoint is back."""

import logging
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta

from bot.embeddings import Embeddings, NoVectorsError
from bot.settings import Endpoint
from faq.models import EntryId
from faq.semantic import EntryTexts, EntryVectors
from store import knowledge, vectors
from store.db import Database

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(minutes=1)
"""How soon an endpoint that failed is asked again."""
KEEP_SECONDS = 30.0
"""How long vectors are gathered before they are kept: each time every process takes up the knowledge anew."""


IMPORT_SECONDS = 60.0
"""How long an import fetches vectors before it leaves the rest to the service."""


class Filler:
    """Fills in what is missing, one entry a step, outside of any transaction. For one thread."""

    def __init__(self, database: Database, embeddings: Embeddings, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._embeddings = embeddings
        self._clock = clock
        self._waiting: deque[EntryTexts] = deque()
        self._failed: set[EntryId] = set()
        self._made: list[EntryVectors] = []
        self._made_since = 0.0
        self._looked_at: int | None = None
        self._not_before: datetime | None = None

    def step(self) -> bool:
        """Fetches the vectors of one entry; False where nothing is missing, or the endpoint is given a rest."""
        if self._not_before is not None and self._clock() < self._not_before:
            return False
        if not self._waiting and not self._look():
            return False
        texts = self._waiting.popleft()
        try:
            self._made.append(self._embeddings.entry(texts))
        except NoVectorsError as error:
            log.warning("entry %s: its vectors could not be fetched: %s", texts.entry_id, error)
            self._put_off(texts.entry_id)
            return False
        if not self._waiting or time.monotonic() - self._made_since > KEEP_SECONDS:
            self.keep()
        return True

    def _put_off(self, failed: EntryId) -> None:
        """Begins again later, with the others first: one text that the endpoint refuses must not stand before them."""
        self._failed.add(failed)
        self._waiting.clear()
        self._looked_at = None
        self._not_before = self._clock() + AGAIN_AFTER
        self.keep()

    def _look(self) -> bool:
        """Whether vectors are missing; looked for only where the knowledge has changed."""
        with self._database.read() as tx:
            version = knowledge.version(tx)
            if version == self._looked_at:
                return False
            missing = vectors.missing(tx, self._embeddings.model)
        self._waiting.extend(sorted(missing, key=lambda texts: texts.entry_id in self._failed))
        self._looked_at = version
        self._made_since = time.monotonic()
        return bool(self._waiting)

    def keep(self) -> None:
        """Keeps what was fetched; from then on questions are compared with it."""
        made, self._made, self._made_since = self._made, [], time.monotonic()
        if made:
            with self._database.write() as tx:
                vectors.keep(tx, self._embeddings.model, made, self._clock())
                vectors.prune(tx, self._embeddings.model)


def after_import(database: Database, endpoint: Endpoint, clock: Callable[[], datetime]) -> None:
    """Fetches what an import left missing, for a minute at most, and says what is left to the service."""
    with closing(Embeddings(endpoint)) as embeddings:
        filler = Filler(database, embeddings, clock)
        until = time.monotonic() + IMPORT_SECONDS
        while filler.step() and time.monotonic() < until:
            pass
        filler.keep()
        with database.read() as tx:
            left = len(vectors.missing(tx, embeddings.model))
    later = "; the service fetches them" if left else ""
    sys.stdout.write(f"entries without vectors: {left}{later}\n")
