"""The words of all entries, as numbers, segment by segment."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faq.ragged import Ints, Splice, Starts, starts

QUESTION, ANSWER = 0, 1
"""Kinds of segment."""


@dataclass(frozen=True, slots=True)
class Segments:
    """N entries, S segments (a question, a phrasing or a sentence), T words in all segments."""

    words: Ints
    """(T,) the words of all segments, one after the other."""
    start: Starts
    """(S + 1,) into `words`."""
    kind: npt.NDArray[np.int8]
    """(S,)"""
    entry_start: Starts
    """(N + 1,) into segments."""

    @property
    def entries(self) -> int:
        """N."""
        return len(self.entry_start) - 1

    @property
    def lengths(self) -> Ints:
        """(S,) words of each segment."""
        return np.diff(self.start)

    @property
    def entry_of(self) -> Ints:
        """(S,) the entry of each segment."""
        return np.repeat(np.arange(self.entries), np.diff(self.entry_start))

    def words_of(self, kind: int) -> Ints:
        """The words of all segments of one kind."""
        return np.asarray(self.words[np.repeat(self.kind == kind, self.lengths)])

    def lengths_of_entries(self, kind: int | None = None) -> Ints:
        """(N,) words of each entry, or of its segments of one kind."""
        counted = self.lengths if kind is None else self.lengths * (self.kind == kind)
        before = starts(counted)[self.entry_start]
        return np.diff(before)

    def spliced(self, fresh: "Segments", splice: Splice) -> "Segments":
        """Some rows of these, some of the fresh ones."""
        words = splice.ragged(
            self.words, self.start[self.entry_start], fresh.words, fresh.start[fresh.entry_start]
        )
        lengths = splice.ragged(self.lengths, self.entry_start, fresh.lengths, fresh.entry_start)
        kind = splice.ragged(self.kind, self.entry_start, fresh.kind, fresh.entry_start)
        counts = splice.flat(np.diff(self.entry_start), np.diff(fresh.entry_start))
        return Segments(words, starts(lengths), kind, starts(counts))
