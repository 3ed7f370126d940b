"""Which entries have a word and what it counts there: the first stage of a search."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faq.ragged import Ints, Splice, Starts
from faq.segments import QUESTION, Segments

Floats = npt.NDArray[np.floating]

K1, B = 1.6, 0.6
"""BM25's saturation and length weight (Robertson and Zaragoza 2009), from a grid on residents' questions
to another city; 1.2 to 2.0 and 0.5 to 0.75 differ by less than the noise."""
TITLE_WEIGHT = 0.4
"""What the questions of an entry count besides their share in the whole entry, from the same grid."""
MOST_TIMES = 1_000
"""Occurrences that are counted: k1 lets nothing more be heard long before."""
COMMON = 0.12
"""Share of the entries from which on a word's impacts are kept as a row of all entries: adding a whole row is
then quicker than looking up each entry."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Z pairs of a word and an entry that has it, ascending by word, then by entry."""

    word: Ints
    entry: Ints
    times: Ints
    """How often the entry has the word."""
    title_times: Ints
    """The same within its questions and phrasings."""

    @classmethod
    def of(cls, segments: Segments) -> "Cells":
        """The different words of each entry."""
        entries = max(segments.entries, 1)
        entry_of = np.repeat(segments.entry_of, segments.lengths)
        cells = segments.words.astype(np.int64) * entries + entry_of
        distinct, times = np.unique(cells, return_counts=True)
        in_title = np.repeat(segments.kind == QUESTION, segments.lengths)
        titled, counts = np.unique(cells[in_title], return_counts=True)
        title_times = np.zeros(len(distinct), np.int64)
        title_times[np.searchsorted(distinct, titled)] = counts
        word, entry = np.divmod(distinct, entries)
        often, in_titles = (np.minimum(each, MOST_TIMES).astype(np.uint16) for each in (times, title_times))
        return cls(word.astype(np.int32), entry.astype(np.int32), often, in_titles)


@dataclass(frozen=True, slots=True)
class Postings:
    """V words, Z pairs of a word and an entry, by word (compressed columns)."""

    start: Starts
    """(V + 1,) into the others."""
    entry: Ints
    times: Ints
    title_times: Ints

    @classmethod
    def of(cls, cells: Cells, vocabulary: int) -> "Postings":
        """These pairs."""
        start = np.searchsorted(cells.word, np.arange(vocabulary + 1))
        return cls(start, cells.entry, cells.times, cells.title_times)

    @property
    def document_frequency(self) -> Ints:
        """(V,) how many entries have the word."""
        return np.diff(self.start)

    def spliced(self, fresh: Cells, splice: Splice, vocabulary: int) -> "Postings":
        """Without the pairs of rows that have gone, with those of fresh rows (by their number there)."""
        entry = splice.place_of[self.entry]
        gone = np.flatnonzero(entry < 0)
        start = self.start - np.searchsorted(gone, self.start)
        start = np.concatenate((start, np.full(vocabulary + 1 - len(start), start[-1])))
        at = start[fresh.word + 1]
        came = splice.fresh_from.astype(np.int32)[fresh.entry]
        return Postings(
            start + np.searchsorted(fresh.word, np.arange(vocabulary + 1)),
            np.insert(np.delete(entry, gone), at, came),
            np.insert(np.delete(self.times, gone), at, fresh.times),
            np.insert(np.delete(self.title_times, gone), at, fresh.title_times),
        )


@dataclass(frozen=True, slots=True)
class Impacts:
    """What each pair counts, in idf of its word: BM25's saturated frequency.

    Kept apart from idf, which every change moves a little for all entries.
    """

    of_pair: Floats
    """(Z,)"""
    row_of: Ints
    """(V,) which of `rows` has a common word, -1 for others."""
    rows: Floats
    """(common words, N)"""

    @classmethod
    def of(cls, postings: Postings, segments: Segments) -> "Impacts":
        """From how often words stand where, and how long the entries are."""
        impact = _saturated(postings.times, postings.entry, segments.lengths_of_entries())
        titled = np.flatnonzero(postings.title_times)
        impact[titled] += np.float32(TITLE_WEIGHT) * _saturated(
            postings.title_times[titled], postings.entry[titled], segments.lengths_of_entries(QUESTION)
        )
        common = np.flatnonzero(postings.document_frequency > COMMON * segments.entries)
        row_of = np.full(len(postings.start) - 1, -1, np.int32)
        row_of[common] = np.arange(len(common))
        rows = np.zeros((len(common), segments.entries), np.float32)
        for row, word in zip(rows, common.tolist(), strict=True):
            span = slice(postings.start[word], postings.start[word + 1])
            row[postings.entry[span]] = impact[span]
        return cls(impact, row_of, rows)


def _saturated(times: Ints, entry: Ints, lengths: Ints) -> Floats:
    average = max(float(lengths.mean()), 1.0) if len(lengths) else 1.0
    norm = (K1 * (1 - B + B * lengths / average)).astype(np.float32)[entry]
    often = times.astype(np.float32)
    norm += often
    often *= np.float32(K1 + 1)
    often /= norm
    return often


def add(scores: Floats, postings: Postings, impacts: Impacts, words: Ints, weights: Floats) -> None:
    """Adds to `scores` (N,) what weighted words count for each entry."""
    rows, begins, ends = impacts.row_of[words], postings.start[words], postings.start[words + 1]
    terms = zip(rows.tolist(), begins.tolist(), ends.tolist(), weights.tolist(), strict=True)
    for row, begin, end, weight in terms:
        if row >= 0:
            scores += impacts.rows[row] * weight
        else:
            scores[postings.entry[begin:end]] += impacts.of_pair[begin:end] * weight


LEAST = 1e-30
"""A score above 0."""
GROUPS_A_PLACE = 8
"""Groups of entries from which the least score of the best is told, for each that is sought."""


def best(scores: Floats, count: int) -> Ints:
    """The `count` best entries with a score above 0; best first, ties by position."""
    found = np.flatnonzero(scores >= max(_least(scores, count), LEAST))
    if len(found) > count:
        # The least of the best, and all that equal it: which of these are taken must not be left to chance.
        least = np.partition(scores[found], len(found) - count)[len(found) - count]
        found = found[scores[found] >= least]
    return found[np.argsort(-scores[found], kind="stable")][:count].astype(np.int32)


def _least(scores: Floats, count: int) -> float:
    """A score that at least `count` entries reach: so many of some groups have one that does."""
    groups = max(GROUPS_A_PLACE * count, len(scores) // 64)
    if len(scores) < 2 * groups:
        return 0.0
    highest = scores[: len(scores) // groups * groups].reshape(-1, groups).max(axis=0)
    return float(np.partition(highest, groups - count)[groups - count])
