"""What the words and entries of a knowledge mean, by word vectors."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from faq.directions import Directions
from faq.matrix import QUESTION, Floats, Ints, Matrix
from faq.ragged import Splice
from faq.segments import Segments
from nlp.vectors import NO_VECTOR, WordVectors, load

NEIGHBOURS = 5
"""Nearest words that widen a search, of each word of a question; ten bring more noise than entries."""
NEAR = 0.5
"""Cosine from which on a word is near: half of all words have five nearer ones in the whole language."""
DRIFT = 50
"""One in how many entries may change before mean vectors are made anew: their weights (idf) and common directions
depend a little on all entries. In a knowledge of up to so many entries every change makes them anew."""

MOST_KEPT = 20_000
"""Words whose neighbours are kept: some 5 MB."""

Near = tuple[tuple[int, float], ...]
"""Words of the knowledge with their cosine."""
LookedUp = tuple[Floats, Near]
"""(D,) the vector of a word, zeros where it has none, and its nearest words."""


@dataclass(frozen=True, slots=True)
class WordPlaces:
    """V word numbers on R different vectors of D dimensions."""

    row: Ints
    """(V,) the vector of each word in the file of all vectors; `NO_VECTOR` where it has none."""
    place: Ints
    """(V,) which of `units` a word has; `NO_VECTOR` where it has none."""
    units: Floats
    """(R, D)"""
    by_place: Ints
    """(V,) words by place, then by spelling; those without a vector first."""
    place_start: npt.NDArray[np.int64]
    """(R + 1,) into `by_place`."""

    @classmethod
    def of(cls, matrix: Matrix, vectors: WordVectors, known: Ints) -> "WordPlaces":
        """Places all words; of the first ones, the rows are already known."""
        fresh = vectors.rows_of(matrix.words_by_number[len(known) :])
        row = np.concatenate((known, fresh))
        used = np.array(sorted(matrix.vocabulary.values(), key=matrix.words_by_number.__getitem__), np.int64)
        rows, places = np.unique(row[used], return_inverse=True)
        if len(rows) and rows[0] == NO_VECTOR:
            rows, places = rows[1:], places - 1
        place = np.full(len(row), NO_VECTOR, np.int32)
        place[used] = places
        order = np.argsort(places, kind="stable")
        place_start = np.searchsorted(places[order], np.arange(len(rows) + 1))
        return cls(row, place, vectors.units(rows), used[order].astype(np.int32), place_start)


@dataclass(frozen=True, slots=True)
class Meaning:
    """V word numbers of a matrix, N entries; R different vectors of D dimensions."""

    vectors: WordVectors
    words: WordPlaces
    titles: Directions
    """What the questions of each entry mean."""
    bodies: Directions
    """What each entry as a whole means."""
    changed: int
    """Rows that came or went since all mean vectors were made."""

    kept: dict[str, LookedUp] = field(default_factory=dict, repr=False)
    """Words that were looked up before. Threads may share it: each reads only what it found or made."""

    def look_up(self, words: Sequence[str]) -> tuple[LookedUp, ...]:
        """The vector of each word, and its nearest words in the knowledge."""
        found = {word: kept for word in words if (kept := self.kept.get(word))}
        fresh = [word for word in words if word not in found]
        if fresh:
            rows = self.vectors.rows_of(fresh)
            units = np.where((rows == NO_VECTOR)[:, None], np.float32(0), self.vectors.units(rows))
            # In this order BLAS takes a tenth of the time that it takes for units @ self.words.units.T.
            near = [self._nearest(cosines) for cosines in (self.words.units @ units.T).T]
            found |= zip(fresh, zip(units, near, strict=True), strict=True)
            if len(self.kept) > MOST_KEPT:
                self.kept.clear()
            self.kept.update(found)
        return tuple(found[word] for word in words)

    def _nearest(self, cosines: Floats) -> Near:
        places = np.flatnonzero(cosines >= NEAR)
        places = places[np.argsort(-cosines[places], kind="stable")][: NEIGHBOURS + 1]
        words: list[tuple[int, float]] = []
        for place in places.tolist():
            span = slice(self.words.place_start[place], self.words.place_start[place + 1])
            words += ((word, float(cosines[place])) for word in self.words.by_place[span].tolist())
        return tuple(words[: NEIGHBOURS + 1])

    def spliced(self, matrix: Matrix, fresh: Segments, splice: Splice) -> "Meaning":
        """The meaning of a matrix of which some rows are fresh; only they are read, until too many have changed."""
        words = WordPlaces.of(matrix, self.vectors, self.words.row)
        changed = self.changed + fresh.entries + int(np.count_nonzero(splice.place_of < 0))
        if changed * DRIFT > matrix.entries:
            return _whole(matrix, self.vectors, words)
        titles, bodies = _means(fresh, matrix.idf, words)
        return Meaning(
            self.vectors,
            words,
            self.titles.spliced(titles, splice),
            self.bodies.spliced(bodies, splice),
            changed,
        )


def build(matrix: Matrix) -> Meaning:
    """The meaning of all words and entries of a matrix."""
    vectors = load()
    return _whole(matrix, vectors, WordPlaces.of(matrix, vectors, np.zeros(0, np.int32)))


def _whole(matrix: Matrix, vectors: WordVectors, words: WordPlaces) -> Meaning:
    titles, bodies = _means(matrix.segments, matrix.idf, words)
    return Meaning(vectors, words, Directions.of(titles), Directions.of(bodies), 0)


def mean(units: Floats, weights: Floats) -> Floats:
    """The direction of some weighted vectors, at length 1."""
    total = weights @ units
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)


def _means(segments: Segments, idf: Floats, words: WordPlaces) -> tuple[Floats, Floats]:
    """(N, D) the idf-weighted mean direction of the different words in the questions of each entry, and in all
    of it."""
    entry_of = np.repeat(segments.entry_of, segments.lengths)
    in_title = np.repeat(segments.kind == QUESTION, segments.lengths)
    known = words.place[segments.words] != NO_VECTOR
    cells = entry_of * max(len(idf), 1) + segments.words
    titles, bodies = (_distinct(cells[known & counted]) for counted in (in_title, True))
    return _mean_of(titles, segments.entries, idf, words), _mean_of(bodies, segments.entries, idf, words)


def _distinct(cells: Ints) -> Ints:
    """Ascending. `np.unique` takes fifty times as long: without counts it hashes."""
    ordered = np.sort(cells)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=-1))]


def _mean_of(cells: Ints, count: int, idf: Floats, words: WordPlaces) -> Floats:
    sums = np.zeros((count, words.units.shape[1]), np.float32)
    entries, numbers = np.divmod(cells, max(len(idf), 1))
    weights, places = idf[numbers], words.place[numbers]
    start = np.searchsorted(entries, np.arange(count + 1))
    units = np.empty((int(np.diff(start).max(initial=0)), sums.shape[1]), np.float32)
    for row, begin, end in zip(sums, start.tolist(), start[1:].tolist(), strict=False):
        # One entry at a time stays in the processor's cache: a fifth of the time of `np.add.reduceat`.
        words.units.take(places[begin:end], axis=0, out=units[: end - begin], mode="clip")
        np.dot(weights[begin:end], units[: end - begin], out=row)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9))
