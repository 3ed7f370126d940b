"""The vectors of the store in this process: only new ones are read."""

from pathlib import Path

from faq import ranker
from faq.decision import WITH_VECTORS, Thresholds
from faq.models import EntryId
from faq.ranker import Ranker
from faq.search import SEMANTIC_NAMES, Knowledge
from faq.semantic import EntryVectors
from store import vectors
from store.db import Tx


class LiveVectors:
    """Takes up what is new. One thread at a time may ask it."""

    def __init__(
        self, model: str, weights: Ranker | None = None, thresholds: Thresholds = WITH_VECTORS
    ) -> None:
        """The vectors of this model. The weights are those that come with the product unless others are given."""
        self._thresholds = thresholds
        self._model = model
        self._weights = weights
        self._version = -1
        self._kept: dict[EntryId, EntryVectors] = {}

    @classmethod
    def of(cls, model: str, data_dir: Path, thresholds: Thresholds) -> "LiveVectors":
        """With a city's own weights where its data folder has them."""
        own = data_dir / ranker.CITY_SEMANTIC_WEIGHTS
        return cls(model, ranker.load(own, SEMANTIC_NAMES) if own.exists() else None, thresholds)

    def added(self, tx: Tx, known: Knowledge, version: int) -> Knowledge:
        """The knowledge of this version with the vectors that its entries have."""
        self._kept |= {each.entry_id: each for each in vectors.since(tx, self._model, self._version)}
        self._version = version
        return known.with_vectors(self._kept, self._weights, self._thresholds)
