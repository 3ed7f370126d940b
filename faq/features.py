"""What is known about a question and each candidate, in numbers that a person can read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from faq.asked import Asked
from faq.evidence import Evidence
from faq.index import Phrase
from faq.matrix import K1, Floats, Ints, Matrix
from faq.meaning import Meaning, mean
from faq.rows import Phrasings

NAMES = (
    "score",  # first stage: BM25 with synonyms and near words, in idf of an unknown word
    "score_of_best",  # the same against the best candidate
    "own_score_of_best",  # BM25 of the resident's own words only, against the best candidate
    "answer_score",  # BM25 over the answer, with synonyms and near words
    "question_met",  # share of the question's idf that the best phrasing meets, by the nearest words
    "question_met_of_best",
    "phrasing_met",  # share of that phrasing's idf that the question's own words make up
    "phrasing_near",  # the same by the nearest words
    "phrasing_near_of_best",
    "entry_met",  # share of the question's idf that the whole entry meets, by the nearest words
    "window_met",  # the same for the best three sentences of the answer
    "pairs_of_best",  # share of the question's pairs of words that stand side by side there too
    "title_meaning",  # cosine of the mean vectors, common directions removed
    "title_meaning_of_best",
    "body_meaning",
    "body_meaning_of_best",
    "letters_within",  # rapidfuzz partial ratio of the letters, best phrasing
    "reading_alike",  # rapidfuzz ratio of the readings of the content words
    "phrasing_length",  # words; a long question holds words by chance
    "entry_length",  # log of words
    "sentences",  # log of the answer's sentences
    "support",  # likeness to the other good candidates: related entries stand together
)
Scorer = Callable[..., float]
MAY_LOWER = frozenset({"phrasing_length", "entry_length", "sentences"})
"""Features that may speak against an entry. A model in which any other one does is wrong."""
SIZED = frozenset({"score"})
"""Features that grow with the length of the question and say nothing about how sure an answer is."""

COMPARED = 1000
"""Letters of a question that are compared with phrasings as they are written: who writes more has said by then what
it is about, and each letter costs as much as all phrasings have.
"""

WINDOW = 3
"""Sentences of an answer that are read together."""


@dataclass(frozen=True, slots=True)
class Known:
    """Where features are read from."""

    matrix: Matrix
    meaning: Meaning
    phrasings: Phrasings


def measure(
    asked: Asked, phrase: Phrase, known: Known, evidence: Evidence, score: Floats, own_score: Floats
) -> Floats:
    """(C, len(NAMES)) for the candidates of `evidence`; both scores are theirs, (C,)."""
    matrix, meaning, firsts = known.matrix, known.meaning, evidence.firsts
    shares = asked.worth / asked.total
    met = evidence.aligned @ shares
    best = _best_phrasing(evidence, met)
    pairs = _pair_shares(asked, matrix)
    title_meaning, body_meaning = _meanings(asked, meaning, evidence.candidates)
    question_met, near = met[best], evidence.answered[best]
    in_entry = np.maximum.reduceat(evidence.followed, firsts, axis=0) @ pairs
    plain, readings, first_phrasing = known.phrasings.of(evidence.candidates)
    lengths = np.add.reduceat(evidence.length, firsts)
    columns = (
        score / matrix.unknown_idf,
        _of_best(score),
        _of_best(own_score),
        _answer_score(asked, matrix, evidence) / asked.total,
        question_met,
        _of_best(question_met),
        evidence.met[best],
        near,
        _of_best(near),
        np.maximum.reduceat(evidence.aligned, firsts, axis=0) @ shares,
        np.maximum.reduceat(_windows(evidence) @ shares, firsts),
        _of_best(in_entry),
        title_meaning,
        _of_best(title_meaning),
        body_meaning,
        _of_best(body_meaning),
        _alike(fuzz.partial_ratio, phrase.plain[:COMPARED], plain, first_phrasing),
        _alike(fuzz.ratio, phrase.reading[:COMPARED], readings, first_phrasing),
        evidence.length[best],
        np.log1p(lengths),
        np.log1p(np.add.reduceat(~evidence.is_question, firsts, dtype=np.int32)),
        _support(meaning, evidence.candidates, _of_best(score)),
    )
    return np.array(columns, np.float32).T.copy()


def _of_best(values: Floats) -> Floats:
    highest = float(values.max())
    return np.asarray(values / highest) if highest > 0 else np.zeros_like(values)


def _best_phrasing(evidence: Evidence, met: Floats) -> Ints:
    """(C,) the segment of the phrasing that question and phrasing meet in best."""
    fit = np.where(evidence.is_question, met + evidence.answered, -1)
    order = np.lexsort((-fit, evidence.segment_of))
    return order[evidence.firsts].astype(np.int32)


def _pair_shares(asked: Asked, matrix: Matrix) -> Floats:
    worth = np.array([matrix.idf[asked.terms[list(pair)]].sum() for pair in asked.pairs], np.float32)
    return worth / max(float(worth.sum()), 1e-6)


def _answer_score(asked: Asked, matrix: Matrix, evidence: Evidence) -> Floats:
    lengths = np.add.reduceat(np.where(evidence.is_question, 0, evidence.length), evidence.firsts)
    norm = matrix.saturation(lengths)[:, None]
    return evidence.times * (K1 + 1) / (evidence.times + norm) @ (matrix.idf[asked.terms] * asked.weights)


def _windows(evidence: Evidence) -> Floats:
    """(S, G) how well each sentence and those after it meet each word; 0 for questions."""
    within = np.where(evidence.is_question[:, None], np.float32(0), evidence.aligned)
    window = within.copy()
    for ahead in range(1, min(WINDOW, len(within))):
        same = evidence.segment_of[ahead:] == evidence.segment_of[:-ahead]
        np.maximum(window[:-ahead], within[ahead:] * same[:, None], out=window[:-ahead])
    return window


def _meanings(asked: Asked, meaning: Meaning, candidates: Ints) -> tuple[Floats, Floats]:
    question = mean(asked.units, asked.worth)
    if not question.any():
        nothing = np.zeros(len(candidates), np.float32)
        return nothing, nothing
    return meaning.titles.towards(question, candidates), meaning.bodies.towards(question, candidates)


def _support(meaning: Meaning, candidates: Ints, standing: Floats) -> Floats:
    bodies = meaning.bodies.each[candidates].astype(np.float32)
    likeness = np.maximum(bodies @ bodies.T, 0)
    np.fill_diagonal(likeness, 0)
    weights = standing**2
    return np.asarray(likeness @ (weights / max(float(weights.sum()), 1e-6)))


def _alike(scorer: Scorer, said: str, written: Sequence[str], firsts: Ints) -> Floats:
    """(C,) the best of each candidate's phrasings, 0 to 1."""
    ratios = process.cdist([said], written, scorer=scorer, dtype=np.float32)[0]
    return np.asarray(np.maximum.reduceat(ratios, firsts) / 100)
