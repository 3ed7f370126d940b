"""The knowledge of the store in this process: only what has changed is read again."""

import logging
import time
from dataclasses import dataclass

from faq import ranker
from faq.decision import Thresholds
from faq.models import EntryId
from faq.ranker import Ranker
from faq.search import Knowledge
from faq.shelf import Fingerprints, Shelf
from store import knowledge
from store.db import Tx

log = logging.getLogger(__name__)

SHELVED_FROM = 5_000
"""Entries from which on a knowledge is kept on a shelf: fewer are read and counted within a second."""
SHELVED_AGAIN = 50
"""One in how many entries may differ from the shelf before they are shelved anew; what differs is read at each
start."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What the store has otherwise than a knowledge."""

    changed: tuple[EntryId, ...]
    gone: tuple[EntryId, ...]

    @classmethod
    def between(cls, known: Fingerprints, stored: Fingerprints) -> "Difference":
        """An entry of which nobody knows the fingerprint counts as changed."""
        changed = (key for key, value in stored.items() if value is None or known.get(key) != value)
        return cls(tuple(changed), tuple(key for key in known if key not in stored))

    def is_more_than(self, entries: int) -> bool:
        """Whether more entries differ."""
        return len(self.changed) + len(self.gone) > entries


class LiveKnowledge:
    """Takes up what is new. One thread at a time may ask it."""

    def __init__(
        self, shelf: Shelf | None, weights: Ranker | None = None, thresholds: Thresholds | None = None
    ) -> None:
        """Without a shelf, the whole knowledge is read at the start; without weights or thresholds, those of the
        product serve."""
        self._shelf = shelf
        self._weights = weights or ranker.load()
        self._thresholds = thresholds or Thresholds()
        self._known: tuple[Knowledge, Fingerprints] | None = None

    def current(self, tx: Tx) -> Knowledge:
        """The knowledge as this transaction sees it."""
        stored = knowledge.fingerprints(tx)
        present = self._with_entries(tx, stored)
        if present.ranker is not self._weights or present.thresholds != self._thresholds:
            present = present.with_ranker(self._weights, self._thresholds)
        synonyms = knowledge.all_synonyms(tx)
        if synonyms != present.synonyms:
            present = present.with_synonyms(synonyms)
        self._known = present, stored
        return present

    def _with_entries(self, tx: Tx, stored: Fingerprints) -> Knowledge:
        if self._known is not None and (renewed := _renewed(tx, *self._known, stored, _half(stored))):
            return renewed
        if self._shelf is None or len(stored) < SHELVED_FROM:
            return _all(tx)
        few = len(stored) // SHELVED_AGAIN
        return _taken(tx, self._shelf, stored, few) or _shelved(tx, self._shelf, stored, few)


def _renewed(
    tx: Tx, known: Knowledge, before: Fingerprints, stored: Fingerprints, most: int
) -> Knowledge | None:
    """With what is new; None where that is more than so many entries."""
    difference = Difference.between(before, stored)
    if difference.is_more_than(most):
        return None
    return known.renewed(knowledge.prepared_of(tx, difference.changed), difference.gone)


def _taken(tx: Tx, shelf: Shelf, stored: Fingerprints, most: int) -> Knowledge | None:
    """From the shelf, with what is new; None where nothing fits there."""
    taken = shelf.take()
    if taken is None:
        return None
    counted, fingerprints = taken
    return _renewed(tx, Knowledge.knowing(counted), fingerprints, stored, most)


def _shelved(tx: Tx, shelf: Shelf, stored: Fingerprints, few: int) -> Knowledge:
    """Read from the store, and put on the shelf for all processes of this machine; the others wait."""
    read: Knowledge | None = None
    try:
        with shelf.held():
            if done := _taken(tx, shelf, stored, few):
                return done
            started = time.perf_counter()
            read = _taken(tx, shelf, stored, _half(stored)) or _all(tx)
            shelf.put(read.counted, stored, knowledge.version(tx))
            log.info("%d entries: read and shelved in %.1f s", len(stored), time.perf_counter() - started)
            return _taken(tx, shelf, stored, few) or read
    except OSError as error:
        log.warning("the knowledge cannot be kept in %s: %s", shelf.folder, error.strerror)
        return read or _all(tx)


def _all(tx: Tx) -> Knowledge:
    return Knowledge.of(knowledge.prepared_entries(tx))


def _half(stored: Fingerprints) -> int:
    """Entries from which on it is quicker to read all than to take up what has changed."""
    return len(stored) // 2
