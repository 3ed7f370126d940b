"""Which words of a question stand where in the best entries."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faq.asked import Asked
from faq.matrix import QUESTION, Floats, Ints, Matrix


@dataclass(frozen=True, slots=True)
class Evidence:
    """C candidates with S segments between them, Q terms, G words of the question."""

    candidates: Ints
    """(C,) entries."""
    segment_of: Ints
    """(S,) the candidate of each segment, ascending; every candidate has at least one."""
    is_question: npt.NDArray[np.bool_]
    """(S,) a question or phrasing, not a sentence of the answer."""
    present: npt.NDArray[np.bool_]
    """(S, Q) the term stands in the segment."""
    mass: Floats
    """(S,) idf of all words of the segment."""
    met: Floats
    """(S,) idf of those words of the segment that the question, too, has, in whatever way."""

    @property
    def firsts(self) -> npt.NDArray[np.int64]:
        """(C,) the first segment of each candidate."""
        return np.searchsorted(self.segment_of, np.arange(len(self.candidates)))


def gather(asked: Asked, matrix: Matrix, candidates: Ints) -> Evidence:
    """Reads the candidates' words once."""
    segments, segment_of = _ragged(matrix.entry_start, candidates)
    positions, word_of = _ragged(matrix.segment_start, segments)
    words = matrix.words[positions]
    slot_of = np.full(len(matrix.vocabulary), -1, np.int32)
    slot_of[asked.terms] = np.arange(len(asked.terms), dtype=np.int32)
    slots = slot_of[words]
    hit = slots >= 0
    present = np.zeros((len(segments), len(asked.terms)), np.bool_)
    present[word_of[hit], slots[hit]] = True
    worth = matrix.idf[words]
    return Evidence(
        candidates,
        segment_of,
        matrix.segment_kind[segments] == QUESTION,
        present,
        _sums(word_of, worth, len(segments)),
        _sums(word_of[hit], worth[hit], len(segments)),
    )


def _sums(of: Ints, values: Floats, count: int) -> Floats:
    return np.bincount(of, values, count).astype(np.float32)


def _ragged(start: npt.NDArray[np.int64], rows: Ints) -> tuple[Ints, Ints]:
    """The items of some rows of a ragged array, and for each item which of `rows` it is in."""
    lengths = start[rows + 1] - start[rows]
    row_of = np.repeat(np.arange(len(rows)), lengths)
    before = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    items = np.arange(len(row_of)) + (start[rows] - before)[row_of]
    return items.astype(np.int32), row_of.astype(np.int32)


def covered(asked: Asked, idf: Floats, present: npt.NDArray[np.bool_]) -> Floats:
    """(rows, G) how well each word of the question is met, 0 to 1, where `present` is (rows, Q)."""
    result = np.zeros((len(present), len(asked.words)), np.float32)
    if asked.variants:
        weights = np.array([variant.weight for variant in asked.variants], np.float32)
        groups = np.array([variant.group for variant in asked.variants])
        by_variant = (present.astype(np.float32) @ asked.shares(idf)) * weights
        first = np.flatnonzero(np.diff(groups, prepend=-1))
        result[:, groups[first]] = np.maximum.reduceat(by_variant, first, axis=1)
    return result
