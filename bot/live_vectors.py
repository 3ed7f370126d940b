"""The vectors of the store in this process: only new ones are read."""

from faq.models import EntryId
from faq.search import Knowledge
from faq.semantic import EntryVectors
from store import vectors
from store.db import Tx


class LiveVectors:
    """Takes up what is new. One thread at a time may ask it."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._version = -1
        self._kept: dict[EntryId, EntryVectors] = {}

    def added(self, tx: Tx, known: Knowledge, version: int) -> Knowledge:
        """The knowledge of this version with the vectors that its entries have."""
        self._kept |= {each.entry_id: each for each in vectors.since(tx, self._model, self._version)}
        self._version = version
        return known.with_vectors(self._kept)
