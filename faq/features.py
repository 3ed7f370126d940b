"""What is known about a question and a candidate, in numbers that a person can read."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from faq.asked import Asked
from faq.evidence import Evidence, covered
from faq.index import PreparedEntry
from faq.matrix import Floats, Matrix


@dataclass(frozen=True, slots=True)
class Features:
    """(C,) each, for C candidates."""

    bm25: Floats
    question_covered: Floats
    """Share of the question's idf that the best phrasing of the entry meets."""
    entry_covered: Floats
    """The same for the entry as a whole."""
    phrasing_covered: Floats
    """Share of that phrasing's idf that the question meets."""
    likeness: Floats
    """Characters in common with the best phrasing, 0 to 1 (rapidfuzz ratio of the readings)."""


def measure(
    asked: Asked,
    reading: str,
    matrix: Matrix,
    evidence: Evidence,
    bm25: Floats,
    prepared: list[PreparedEntry],
) -> Features:
    """The features of the candidates in `evidence`, whose prepared entries are given in the same order."""
    worth = asked.worth / max(float(asked.worth.sum()), 1e-6)
    firsts = evidence.firsts
    by_segment = covered(asked, matrix.idf, evidence.present) @ worth
    by_question = np.where(evidence.is_question, by_segment, 0)
    in_entry = np.maximum.reduceat(evidence.present, firsts, axis=0)
    back = np.where(evidence.is_question, evidence.met / np.maximum(evidence.mass, 1e-6), 0)
    return Features(
        bm25,
        np.maximum.reduceat(by_question, firsts),
        covered(asked, matrix.idf, in_entry) @ worth,
        back[_best_segment(by_question + 0.01 * back, evidence)],
        np.array([_likeness(reading, entry) for entry in prepared], np.float32),
    )


def _best_segment(values: npt.NDArray[np.floating], evidence: Evidence) -> npt.NDArray[np.int64]:
    """(C,) the segment with the highest value of each candidate."""
    order = np.lexsort((-values, evidence.segment_of))
    return order[evidence.firsts]


def _likeness(reading: str, entry: PreparedEntry) -> float:
    readings = [phrase.reading for phrase in entry.questions]
    best = process.extractOne(reading, readings, scorer=fuzz.ratio)
    return best[1] / 100 if best else 0.0
