"""The sparse matrix of a knowledge: what each word counts for each entry, and which words stand where."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from faq.index import PreparedEntry

Ints = npt.NDArray[np.integer]
Floats = npt.NDArray[np.floating]

K1, B = 1.6, 0.6
"""BM25's saturation and length weight (Robertson and Zaragoza 2009), from a grid on residents' questions
to another city; 1.2 to 2.0 and 0.5 to 0.75 differ by less than the noise."""
TITLE_WEIGHT = 0.4
"""What the questions of an entry count besides their share in the whole entry, from the same grid."""

QUESTION, ANSWER = 0, 1
"""Kinds of segment."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Impacts by word (compressed columns) and the words of each entry by segment.

    Shapes: V words, N entries, S segments (a question, a phrasing or a sentence), T words in all segments.
    """

    vocabulary: dict[str, int]
    words_by_number: tuple[str, ...]
    """(V,) the vocabulary the other way round."""
    idf: Floats
    """(V,)"""
    postings_start: npt.NDArray[np.int64]
    """(V + 1,) into the next two."""
    postings_entry: Ints
    postings_impact: Floats
    words: Ints
    """(T,) the words of all segments, one after the other."""
    segment_start: npt.NDArray[np.int64]
    """(S + 1,) into `words`."""
    segment_kind: npt.NDArray[np.int8]
    """(S,)"""
    entry_start: npt.NDArray[np.int64]
    """(N + 1,) into segments."""
    answer_length: float
    """Words of an answer, on average."""

    @property
    def entries(self) -> int:
        """N."""
        return len(self.entry_start) - 1

    @property
    def unknown_idf(self) -> float:
        """What a word that no entry has would be worth."""
        return float(np.log1p((self.entries + 0.5) / 0.5))

    def saturation(self, lengths: Ints) -> Floats:
        """BM25's k1 · (1 - b + b · length / average) for answers of these lengths."""
        return (K1 * (1 - B + B * lengths / self.answer_length)).astype(np.float32)

    def add(self, scores: Floats, words: Ints, weights: Floats) -> None:
        """Adds to `scores` (N,) the BM25 score of each entry for weighted words."""
        for word, weight in zip(words.tolist(), weights.tolist(), strict=True):
            span = slice(self.postings_start[word], self.postings_start[word + 1])
            scores[self.postings_entry[span]] += weight * self.postings_impact[span]


def best(scores: Floats, count: int) -> Ints:
    """The `count` best entries with a score above 0; best first, ties by position."""
    found = np.flatnonzero(scores > 0)
    if len(found) > count:
        found = found[np.argpartition(-scores[found], count)[:count]]
    return found[np.lexsort((found, -scores[found]))].astype(np.int32)


def build(prepared: Sequence[PreparedEntry]) -> Matrix:
    """The matrix of these entries, in this order."""
    vocabulary: dict[str, int] = {}
    segments = [segment for entry in prepared for segment in _segments(entry)]
    words = np.fromiter(
        (
            vocabulary.setdefault(word, len(vocabulary))
            for word in chain.from_iterable(w for _, w in segments)
        ),
        np.int32,
    )
    segment_start = _starts([len(words) for _, words in segments])
    kinds = np.array([kind for kind, _ in segments], np.int8)
    entry_start = _starts([sum(1 for _ in _segments(entry)) for entry in prepared])
    lengths = np.diff(segment_start)
    entry_of = np.repeat(np.repeat(np.arange(len(prepared)), np.diff(entry_start)), lengths)
    in_title = np.repeat(kinds == QUESTION, lengths)
    average = max(1.0, float(lengths[kinds != QUESTION].sum()) / max(1, len(prepared)))
    idf, start, entry, impact = _impacts(words, entry_of, in_title, len(vocabulary), len(prepared))
    return Matrix(
        vocabulary,
        tuple(vocabulary),
        idf,
        start,
        entry,
        impact,
        words,
        segment_start,
        kinds,
        entry_start,
        average,
    )


def _segments(entry: PreparedEntry) -> list[tuple[int, tuple[str, ...]]]:
    questions = [(QUESTION, phrase.words) for phrase in entry.questions]
    return [*questions, *((ANSWER, words) for words in (*entry.answer, entry.context))]


def _starts(lengths: list[int]) -> npt.NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))).astype(np.int64)


def _impacts(
    words: Ints,
    entry_of: npt.NDArray[np.int64],
    in_title: npt.NDArray[np.bool_],
    vocabulary: int,
    entries: int,
) -> tuple[Floats, npt.NDArray[np.int64], Ints, Floats]:
    body = words.astype(np.int64) * max(entries, 1) + entry_of
    cells, counts = np.unique(body, return_counts=True)
    word, entry = np.divmod(cells, max(entries, 1))
    idf = _idf(np.bincount(word, minlength=vocabulary), entries)
    impact = idf[word] * _saturate(counts, entry, np.bincount(entry_of, minlength=entries))
    titles, counts = np.unique(body[in_title], return_counts=True)
    where = np.searchsorted(cells, titles)
    title_lengths = np.bincount(entry_of[in_title], minlength=entries)
    impact[where] += TITLE_WEIGHT * idf[word[where]] * _saturate(counts, entry[where], title_lengths)
    start = np.searchsorted(word, np.arange(vocabulary + 1))
    return idf.astype(np.float32), start, entry.astype(np.int32), impact.astype(np.float32)


def _idf(document_frequency: npt.NDArray[np.int64], entries: int) -> npt.NDArray[np.float64]:
    return np.log1p((entries - document_frequency + 0.5) / (document_frequency + 0.5))


def _saturate(
    counts: npt.NDArray[np.int64], entry: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    average = max(lengths.mean(), 1.0) if len(lengths) else 1.0
    return counts * (K1 + 1) / (counts + K1 * (1 - B + B * lengths[entry] / average))
