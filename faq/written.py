"""Which entries have a question written down, word for word."""

from collections.abc import Sequence

import numpy as np

from faq.evidence import Evidence
from faq.matrix import Matrix


def owners(tokens: Sequence[str], matrix: Matrix, evidence: Evidence) -> list[int]:
    """The candidates that have a question or phrasing of just these words, in this order."""
    segments = matrix.segments
    numbers = [matrix.vocabulary.get(word, -1) for word in tokens]
    as_long = np.flatnonzero(evidence.is_question & (evidence.length == len(numbers)))
    found: dict[int, None] = {}
    for at, candidate in zip(as_long.tolist(), evidence.segment_of[as_long].tolist(), strict=True):
        first = segments.entry_start[evidence.candidates[candidate]]
        start = segments.start[first + at - evidence.firsts[candidate]]
        if segments.words[start : start + len(numbers)].tolist() == numbers:
            found[candidate] = None
    return list(found)
