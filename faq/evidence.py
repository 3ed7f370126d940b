"""Which words of a question stand where in the best entries, and how near the others come."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faq.asked import NEAR_WORD, Asked
from faq.matrix import QUESTION, Floats, Ints, Matrix
from faq.meaning import Meaning

FAINT = 0.3
"""Cosine below which two words have nothing to do with each other: random pairs stay below it."""

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Evidence:
    """C candidates with S segments between them (questions, phrasings, sentences), Q terms, G words of the
    question, P pairs of words that follow each other in it."""

    candidates: Ints
    """(C,) entries."""
    segment_of: Ints
    """(S,) the candidate of each segment, ascending; every candidate has at least one."""
    firsts: Ints
    """(C,) the first segment of each candidate."""
    is_question: Bools
    """(S,) a question or phrasing, not a sentence of the answer."""
    length: Ints
    """(S,) words."""
    present: Bools
    """(S, Q) the term stands in the segment."""
    times: Floats
    """(C, Q) how often it stands in the answer."""
    followed: Bools
    """(S, P) the pair stands in the segment."""
    aligned: Floats
    """(S, G) how well each word of the question is met: 1 by itself, a synonym's weight, or the cosine."""
    met: Floats
    """(S,) share of the segment's idf that the question's own words make up."""
    answered: Floats
    """(S,) share of the segment's idf that is near to the question's words, by cosine."""

    def terms_of(self, candidate: int, *, in_questions: bool | None = None) -> frozenset[int]:
        """The slots of the terms that a candidate has: anywhere, or in its questions or answer alone."""
        start = self.firsts[candidate]
        stop = self.firsts[candidate + 1] if candidate + 1 < len(self.firsts) else len(self.segment_of)
        rows = self.present[start:stop]
        if in_questions is not None:
            rows = rows[self.is_question[start:stop] == in_questions]
        return frozenset(np.flatnonzero(rows.any(axis=0)).tolist())


def gather(asked: Asked, matrix: Matrix, meaning: Meaning, candidates: Ints) -> Evidence:
    """Reads the candidates' words once; there must be at least one candidate."""
    segments, segment_of = _ragged(matrix.segments.entry_start, candidates)
    positions, segment = _ragged(matrix.segments.start, segments)
    words = matrix.segments.words[positions]
    count = len(segments)
    is_question = matrix.segments.kind[segments] == QUESTION
    slot_of = np.full(len(matrix.idf), -1, np.int32)
    slot_of[asked.terms] = np.arange(len(asked.terms), dtype=np.int32)
    slots = slot_of[words]
    hit = np.flatnonzero(slots >= 0)
    present = np.zeros((count, len(asked.terms)), np.bool_)
    present[segment[hit], slots[hit]] = True
    in_answer = hit[~is_question[segment[hit]]]
    cells = segment_of[segment[in_answer]] * len(asked.terms) + slots[in_answer]
    times = np.bincount(cells, minlength=len(candidates) * len(asked.terms))
    worth = matrix.idf[words]
    mass = np.maximum(np.bincount(segment, worth, count), 1e-6)
    own = hit[slots[hit] < len(asked.own)]
    nearness, row_of = _nearness(asked, meaning, words)
    _write_in(asked, nearness, row_of, slots, hit)
    nearest = nearness.max(axis=1, initial=0)[row_of]
    telling = np.flatnonzero(nearest)
    aligned = _highest(nearness.T[:, row_of[telling]], segment[telling], count)
    _raise_by_phrases(asked, matrix.idf, present, aligned)
    return Evidence(
        candidates,
        segment_of,
        np.searchsorted(segment_of, np.arange(len(candidates))).astype(np.int32),
        is_question,
        np.bincount(segment, minlength=count).astype(np.int32),
        present,
        times.reshape(len(candidates), -1).astype(np.float32),
        _followed(asked, slots, segment, count),
        aligned,
        (np.bincount(segment[own], worth[own], count) / mass).astype(np.float32),
        (np.bincount(segment, worth * nearest, count) / mass).astype(np.float32),
    )


def share_in_words(
    asked: Asked, evidence: Evidence, candidate: int, *, in_questions: bool | None = None
) -> float:
    """What share of the question's idf a candidate meets by its own words or a synonym that somebody wrote: anywhere,
    or in its questions or answer alone.

    Word vectors do not count: 住民票 and 戸籍 share one, so they alone must not make an answer sure.
    """
    there = evidence.terms_of(candidate, in_questions=in_questions)
    written = (variant for variant in asked.variants if variant.source != NEAR_WORD)
    met = {variant.group for variant in written if there.issuperset(variant.slots)}
    return float(asked.worth[sorted(met)].sum()) / asked.total


def _nearness(asked: Asked, meaning: Meaning, words: Ints) -> tuple[Floats, Ints]:
    """(rows, G) how near to each word of the question, and (T,) the row of each word of the entries.

    Each different vector is compared once, however often its words stand there. The rows after the vectors
    are free for the question's own terms, one each.
    """
    places = meaning.words.place[words]
    among = np.zeros(len(meaning.words.units) + 1, np.bool_)
    among[places] = True
    among[-1] = False
    near = np.flatnonzero(among)
    row_of = np.full(len(meaning.words.units) + 1, len(near), np.int32)
    row_of[near] = np.arange(len(near), dtype=np.int32)
    nearness = np.zeros((len(near) + 1 + len(asked.terms), len(asked.words)), np.float32)
    cosines = meaning.words.units[near] @ asked.units.T
    np.multiply(cosines, cosines >= FAINT, out=nearness[: len(near)])
    return nearness, row_of[places]


def _write_in(asked: Asked, nearness: Floats, row_of: Ints, slots: Ints, hit: Ints) -> None:
    """Gives each term of the question a row of its own, with what its writing says besides its vector."""
    first_own = len(nearness) - len(asked.terms)
    nearness[first_own + slots[hit]] = nearness[row_of[hit]]
    for variant in asked.variants:
        if len(variant.slots) == 1:
            row = nearness[first_own + variant.slots[0]]
            row[variant.group] = max(row[variant.group], variant.weight)
    row_of[hit] = first_own + slots[hit]


def _raise_by_phrases(asked: Asked, idf: Floats, present: Bools, aligned: Floats) -> None:
    """Counts synonyms of several words by the share of them that stands in a segment."""
    for variant in asked.variants:
        if len(variant.slots) > 1:
            slots = list(variant.slots)
            parts = idf[asked.terms[slots]]
            share = present[:, slots] @ (variant.weight * parts / parts.sum())
            np.maximum(aligned[:, variant.group], share, out=aligned[:, variant.group])


def _highest(nearness: Floats, segment: Ints, count: int) -> Floats:
    """(count, G) the highest of each segment, for (G, words); 0 in one without words."""
    result = np.zeros((len(nearness), count), np.float32)
    firsts = np.flatnonzero(np.diff(segment, prepend=-1))
    if len(firsts):  # along rows numpy takes two thirds of the time
        result[:, segment[firsts]] = np.maximum.reduceat(nearness, firsts, axis=1)
    return result.T


def _followed(asked: Asked, slots: Ints, segment: Ints, count: int) -> Bools:
    followed = np.zeros((count, len(asked.pairs)), np.bool_)
    if asked.pairs:
        beside = np.flatnonzero((slots[:-1] >= 0) & (slots[1:] >= 0) & (segment[:-1] == segment[1:]))
        number = np.full((len(asked.terms), len(asked.terms)), -1, np.int32)
        number[tuple(np.array(asked.pairs).T)] = np.arange(len(asked.pairs))
        pair = number[slots[beside], slots[beside + 1]]
        followed[segment[beside[pair >= 0]], pair[pair >= 0]] = True
    return followed


def _ragged(start: npt.NDArray[np.int64], rows: Ints) -> tuple[Ints, Ints]:
    """The items of some rows of a ragged array, and for each item which of `rows` it is in."""
    lengths = start[rows + 1] - start[rows]
    row_of = np.repeat(np.arange(len(rows)), lengths)
    before = np.cumsum(lengths) - lengths
    items = np.arange(len(row_of)) + (start[rows] - before)[row_of]
    return items.astype(np.int32), row_of.astype(np.int32)
