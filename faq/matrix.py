"""The sparse matrix of a knowledge: what each word counts for each entry, and which words stand where."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count, islice

import numpy as np

from faq import postings, rows
from faq.index import PreparedEntry
from faq.postings import K1 as K1
from faq.postings import TITLE_WEIGHT as TITLE_WEIGHT
from faq.postings import B as B
from faq.postings import Cells, Impacts, Postings
from faq.postings import Floats as Floats
from faq.postings import best as best
from faq.ragged import Ints as Ints
from faq.ragged import Splice
from faq.rows import Rows
from faq.segments import ANSWER, Segments
from faq.segments import QUESTION as QUESTION


@dataclass(frozen=True, slots=True)
class Matrix:
    """Impacts by word and the words of each entry by segment.

    Shapes: V word numbers, N entries. The number of a word that no entry has any more is not used again.
    """

    vocabulary: dict[str, int]
    words_by_number: tuple[str, ...]
    """(V,) the vocabulary the other way round."""
    segments: Segments
    postings: Postings
    impacts: Impacts
    idf: Floats
    """(V,)"""
    answer_length: float
    """Words of an answer, on average."""

    @classmethod
    def of(cls, words: "Words", segments: Segments, pairs: Postings) -> "Matrix":
        """With what follows from these: idf and averages are always those of the present entries."""
        entries = segments.entries
        answers = float(segments.lengths[segments.kind == ANSWER].sum())
        return cls(
            words.without(np.flatnonzero(pairs.document_frequency == 0)),
            words.by_number,
            segments,
            pairs,
            Impacts.of(pairs, segments),
            _idf(pairs.document_frequency, entries).astype(np.float32),
            max(1.0, answers / max(1, entries)),
        )

    @property
    def entries(self) -> int:
        """N."""
        return self.segments.entries

    @property
    def words(self) -> "Words":
        """All words by number and the other way round."""
        return Words(self.vocabulary, self.words_by_number)

    @property
    def unknown_idf(self) -> float:
        """What a word that no entry has would be worth."""
        return float(np.log1p((self.entries + 0.5) / 0.5))

    def saturation(self, lengths: Ints) -> Floats:
        """BM25's k1 · (1 - b + b · length / average) for answers of these lengths."""
        return (K1 * (1 - B + B * lengths / self.answer_length)).astype(np.float32)

    def add(self, scores: Floats, words: Ints, weights: Floats) -> None:
        """Adds to `scores` (N,) the BM25 score of each entry for weighted words."""
        postings.add(scores, self.postings, self.impacts, words, weights * self.idf[words])

    def spliced(self, words: "Words", segments: Segments, fresh: Segments, splice: Splice) -> "Matrix":
        """The matrix of `segments`, which are some rows of this one and some of the fresh ones."""
        return Matrix.of(
            words, segments, self.postings.spliced(Cells.of(fresh), splice, len(words.by_number))
        )


@dataclass(frozen=True, slots=True)
class Words:
    """All words that have a number."""

    vocabulary: dict[str, int]
    by_number: tuple[str, ...]

    def without(self, numbers: Ints) -> dict[str, int]:
        """The vocabulary without words that no entry has."""
        unused = frozenset(numbers.tolist())
        if not unused:
            return self.vocabulary
        return {word: number for word, number in self.vocabulary.items() if number not in unused}


NO_WORDS = Words({}, ())


def read(prepared: Iterable[PreparedEntry], known: Words = NO_WORDS) -> tuple[Rows, Words]:
    """The rows of these entries, with numbers for the words that are not yet known."""
    vocabulary = defaultdict(count(len(known.by_number)).__next__, known.vocabulary)
    taken = rows.read(prepared, vocabulary.__getitem__)
    new = islice(vocabulary, len(known.vocabulary), None)
    return taken, Words(dict(vocabulary), (*known.by_number, *new))


def build(segments: Segments, words: Words) -> Matrix:
    """The matrix of these segments."""
    return Matrix.of(words, segments, Postings.of(Cells.of(segments), len(words.by_number)))


def _idf(document_frequency: Ints, entries: int) -> Floats:
    return np.log1p((entries - document_frequency + 0.5) / (document_frequency + 0.5))
