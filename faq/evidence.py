"""Which words of a question stand where in the best entries, and how near the others come."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faq.asked import NEAR_WORD, Asked
from faq.matrix import QUESTION, Floats, Ints, Matrix
from faq.meaning import Meaning

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
    covered: Floats
    """(S, G) how well a word of the question is met by itself or a synonym, 0 to 1."""
    aligned: Floats
    """(S, G) the same, with the cosine of the nearest word."""
    met: Floats
    """(S,) share of the segment's idf that the question's own words make up."""
    answered: Floats
    """(S,) share of the segment's idf that is near to the question's words, by cosine."""


def gather(asked: Asked, matrix: Matrix, meaning: Meaning, candidates: Ints) -> Evidence:
    """Reads the candidates' words once; there must be at least one candidate."""
    segments, segment_of = _ragged(matrix.entry_start, candidates)
    positions, segment = _ragged(matrix.segment_start, segments)
    words = matrix.words[positions]
    count = len(segments)
    is_question = matrix.segment_kind[segments] == QUESTION
    slot_of = np.full(len(matrix.vocabulary), -1, np.int32)
    slot_of[asked.terms] = np.arange(len(asked.terms), dtype=np.int32)
    slots = slot_of[words]
    hit = np.flatnonzero(slots >= 0)
    present = np.zeros((count, len(asked.terms)), np.bool_)
    present[segment[hit], slots[hit]] = True
    in_answer = hit[~is_question[segment[hit]]]
    cells = segment_of[segment[in_answer]] * len(asked.terms) + slots[in_answer]
    times = np.bincount(cells, minlength=len(candidates) * len(asked.terms))
    cosines = _cosines(asked, meaning, words, slots)
    worth = matrix.idf[words]
    mass = np.maximum(np.bincount(segment, worth, count), 1e-6)
    own = hit[slots[hit] < len(asked.own)]
    covered = cover(asked, matrix.idf, present)
    return Evidence(
        candidates,
        segment_of,
        np.searchsorted(segment_of, np.arange(len(candidates))).astype(np.int32),
        is_question,
        np.bincount(segment, minlength=count).astype(np.int32),
        present,
        times.reshape(len(candidates), -1).astype(np.float32),
        _followed(asked, slots, segment, count),
        covered,
        np.maximum(covered, _highest(cosines, segment, count)),
        (np.bincount(segment[own], worth[own], count) / mass).astype(np.float32),
        (np.bincount(segment, worth * cosines.max(axis=1, initial=0), count) / mass).astype(np.float32),
    )


def share_in_words(asked: Asked, evidence: Evidence, candidate: int) -> float:
    """What share of the question's idf a candidate meets by its own words or a synonym that somebody wrote.

    Word vectors do not count: 住民票 and 戸籍 share one, so they alone must not make an answer sure.
    """
    present = evidence.present[evidence.segment_of == candidate].any(axis=0)
    met = {
        variant.group
        for variant in asked.variants
        if variant.source != NEAR_WORD and present[list(variant.slots)].all()
    }
    return float(asked.worth[sorted(met)].sum()) / asked.total


def cover(asked: Asked, idf: Floats, present: Bools) -> Floats:
    """(rows, G) how well each word of the question is met, 0 to 1, where `present` is (rows, Q)."""
    result = np.zeros((len(present), len(asked.words)), np.float32)
    for variant in asked.variants:
        slots = list(variant.slots)
        parts = idf[asked.terms[slots]]
        share = present[:, slots] @ (variant.weight * parts / parts.sum())
        np.maximum(result[:, variant.group], share, out=result[:, variant.group])
    return result


def _cosines(asked: Asked, meaning: Meaning, words: Ints, slots: Ints) -> Floats:
    """(T, G) how near each word of the entries is to each word of the question; 1 where it is the same."""
    places = meaning.place[words]
    among = np.zeros(len(meaning.units) + 1, np.bool_)
    among[places] = True
    among[-1] = False
    near = np.flatnonzero(among)
    column = np.full(len(meaning.units) + 1, len(near), np.int32)
    column[near] = np.arange(len(near), dtype=np.int32)
    table = np.zeros((len(near) + 1, len(asked.words)), np.float32)
    np.maximum(meaning.units[near] @ asked.units.T, 0, out=table[:-1])
    cosines = table[column[places]]
    for group, slot in asked.own:
        cosines[slots == slot, group] = 1
    return cosines


def _highest(cosines: Floats, segment: Ints, count: int) -> Floats:
    """(count, G) the highest cosine in each segment; 0 in one without words."""
    result = np.zeros((count, cosines.shape[1]), np.float32)
    firsts = np.flatnonzero(np.diff(segment, prepend=-1))
    if len(firsts):
        result[segment[firsts]] = np.maximum.reduceat(cosines, firsts, axis=0)
    return result


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
