"""Rows of different lengths in one flat array, and taking up a few changed rows without touching the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.integer]
Starts = npt.NDArray[np.int64]
"""(rows + 1,) where each row begins in a flat array; the last is its length."""
Items = TypeVar("Items", bound=np.generic)


def starts(lengths: Ints) -> Starts:
    """Where rows of these lengths begin."""
    begins = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=begins[1:])
    return begins


@dataclass(frozen=True, slots=True)
class Splice:
    """Which rows make up a new table: those of an old one, or of a small fresh one.

    Arrays are copied by runs of neighbouring rows, so that a few changes cost what copying costs.
    """

    old: int
    """Rows of the old table."""
    rows: Ints
    """(rows of the new table,) places in the old table, or `old` + places in the fresh one."""

    @classmethod
    def of(cls, old: int, fresh: int, replaced: dict[int, int], gone: set[int]) -> "Splice":
        """`replaced` says which fresh row stands for an old one; the other fresh ones come last."""
        rows = np.arange(old + fresh)
        rows[list(replaced)] = np.fromiter(replaced.values(), np.int64, len(replaced)) + old
        kept = np.ones(len(rows), np.bool_)
        kept[[*gone, *(old + row for row in replaced.values())]] = False
        return cls(old, rows[kept])

    @property
    def fresh_from(self) -> Ints:
        """The fresh rows, as places in the new table, in the order of the fresh table."""
        places = np.flatnonzero(self.rows >= self.old)
        return places[np.argsort(self.rows[places])]

    @property
    def place_of(self) -> Ints:
        """(old,) where each old row has gone; -1 where it has been left out."""
        places = np.full(self.old, -1, np.int32)
        kept = np.flatnonzero(self.rows < self.old)
        places[self.rows[kept]] = kept
        return places

    def flat(self, old: npt.NDArray[Items], fresh: npt.NDArray[Items]) -> npt.NDArray[Items]:
        """One item a row."""
        return np.concatenate([(fresh if new else old)[span] for new, span in self.runs()] or [fresh[:0]])

    def ragged(
        self, old: npt.NDArray[Items], old_start: Starts, fresh: npt.NDArray[Items], fresh_start: Starts
    ) -> npt.NDArray[Items]:
        """Any number of items a row."""
        parts = [
            fresh[fresh_start[span.start] : fresh_start[span.stop]]
            if new
            else old[old_start[span.start] : old_start[span.stop]]
            for new, span in self.runs()
        ]
        return np.concatenate(parts or [fresh[:0]])

    def runs(self) -> Iterator[tuple[bool, slice]]:
        """Spans of the fresh table or the old one."""
        breaks = (np.diff(self.rows) != 1) | (self.rows[1:] == self.old)
        edges = [0, *(np.flatnonzero(breaks) + 1).tolist(), len(self.rows)]
        for begin, end in pairwise(edges):
            if begin < end:
                first = int(self.rows[begin])
                new = first >= self.old
                first -= self.old if new else 0
                yield new, slice(first, first + end - begin)
