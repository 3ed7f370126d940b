"""What the words and entries of a knowledge mean, by word vectors."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from faq.matrix import QUESTION, Floats, Ints, Matrix
from nlp.vectors import NO_VECTOR, WordVectors, load

NEIGHBOURS = 5
"""Nearest words that widen a search, of each word of a question; ten bring more noise than entries."""
NEAR = 0.5
"""Cosine from which on a word is near: half of all words have five nearer ones in the whole language."""
COMMON_AXES = 2
"""Directions that all texts share and that are taken out of a text's mean vector (Arora et al. 2017, SIF)."""
AT_ONCE = 50_000
"""Words whose vectors are summed in one go: 25 MB."""

MOST_KEPT = 20_000
"""Words whose neighbours are kept: some 5 MB."""

Near = tuple[tuple[int, float], ...]
"""Words of the knowledge with their cosine."""
LookedUp = tuple[Floats, Near]
"""(D,) the vector of a word, zeros where it has none, and its nearest words."""
Halves = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Common:
    """What all texts of a knowledge have in common: a mean and some axes, (D,) and (D, COMMON_AXES)."""

    mean: Floats
    axes: Floats

    def removed_from(self, vectors: Floats) -> Floats:
        """(..., D) without the common part, at length 1."""
        rest = vectors - self.mean
        rest = rest - (rest @ self.axes) @ self.axes.T
        return np.asarray(rest / np.maximum(np.linalg.norm(rest, axis=-1, keepdims=True), 1e-9))


@dataclass(frozen=True, slots=True)
class Meaning:
    """V words of a matrix, N entries; R different vectors of D dimensions."""

    vectors: WordVectors
    place: Ints
    """(V,) which of `units` a word has; `NO_VECTOR` where it has none."""
    units: Floats
    """(R, D)"""
    by_place: Ints
    """(V,) words by place; those without a vector first."""
    place_start: npt.NDArray[np.int64]
    """(R + 1,) into `by_place`."""
    common_title: Common
    titles: Halves
    """(N, D) what the questions of each entry mean."""
    common_body: Common
    bodies: Halves
    """(N, D) what each entry as a whole means."""

    kept: dict[str, LookedUp] = field(default_factory=dict, repr=False)
    """Words that were looked up before. Threads may share it: each reads only what it found or made."""

    def look_up(self, words: Sequence[str]) -> tuple[LookedUp, ...]:
        """The vector of each word, and its nearest words in the knowledge."""
        found = {word: kept for word in words if (kept := self.kept.get(word))}
        fresh = [word for word in words if word not in found]
        if fresh:
            rows = self.vectors.rows_of(fresh)
            units = np.where((rows == NO_VECTOR)[:, None], np.float32(0), self.vectors.units(rows))
            # In this order BLAS takes a tenth of the time that it takes for units @ self.units.T.
            near = [self._nearest(cosines) for cosines in (self.units @ units.T).T]
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
            span = slice(self.place_start[place], self.place_start[place + 1])
            words += ((word, float(cosines[place])) for word in self.by_place[span].tolist())
        return tuple(words[: NEIGHBOURS + 1])


def build(matrix: Matrix) -> Meaning:
    """The meaning of all words and entries of a matrix."""
    vectors = load()
    rows, place = np.unique(vectors.rows_of(matrix.vocabulary), return_inverse=True)
    if len(rows) and rows[0] == NO_VECTOR:
        rows, place = rows[1:], place - 1
    units = vectors.units(rows)
    by_place = np.argsort(place, kind="stable")
    place_start = np.searchsorted(place[by_place], np.arange(len(rows) + 1))
    in_title = np.repeat(matrix.segment_kind == QUESTION, np.diff(matrix.segment_start))
    titles = _means(matrix, place, units, in_title)
    bodies = _means(matrix, place, units, np.ones(len(in_title), np.bool_))
    common_title, common_body = _common(titles), _common(bodies)
    return Meaning(
        vectors,
        place.astype(np.int32),
        units,
        by_place.astype(np.int32),
        place_start,
        common_title,
        common_title.removed_from(titles).astype(np.float16),
        common_body,
        common_body.removed_from(bodies).astype(np.float16),
    )


def mean(units: Floats, weights: Floats) -> Floats:
    """The direction of some weighted vectors, at length 1."""
    total = weights @ units
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)


def _means(matrix: Matrix, place: Ints, units: Floats, counted: npt.NDArray[np.bool_]) -> Floats:
    """(N, D) the idf-weighted mean direction of the counted words of each entry."""
    sums = np.zeros((matrix.entries, units.shape[1]), np.float32)
    entry_of = np.repeat(np.arange(matrix.entries), np.diff(matrix.segment_start[matrix.entry_start]))
    where = np.flatnonzero(counted & (place[matrix.words] >= 0))
    cells = np.unique(entry_of[where] * max(len(place), 1) + matrix.words[where])
    entries, words = np.divmod(cells, max(len(place), 1))
    for start in range(0, len(cells), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        weighted = units[place[words[part]]] * matrix.idf[words[part], None]
        firsts = np.flatnonzero(np.diff(entries[part], prepend=-1))
        sums[entries[part][firsts]] += np.add.reduceat(weighted, firsts, axis=0)
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9))


def _common(vectors: Floats) -> Common:
    middle = vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1], np.float32)
    centred = vectors - middle
    _, axes = np.linalg.eigh(centred.T @ centred)
    return Common(middle.astype(np.float32), axes[:, ::-1][:, :COMMON_AXES].astype(np.float32))
