import numpy as np
import pytest

from faq.matrix import K1, TITLE_WEIGHT, B, Matrix, best, build, read
from tests.faq.town import PREPARED


def built(entries) -> Matrix:
    rows, words = read(entries)
    return build(rows.segments, words)


def scores(matrix: Matrix, word: str):
    result = np.zeros(matrix.entries, np.float32)
    matrix.add(result, np.array([matrix.vocabulary[word]], np.int32), np.ones(1, np.float32))
    return result


def test_the_entry_that_has_the_word_comes_first() -> None:
    assert best(scores(built(PREPARED), "犬"), 3).tolist() == [4]


def test_the_best_are_in_order_and_ties_by_position() -> None:
    assert best(np.array([0, 2, 1, 2, 3], np.float32), 3).tolist() == [4, 1, 3]


def test_impacts_are_bm25_of_the_entry_and_its_questions() -> None:
    titles = np.array([sum(len(phrase.words) for phrase in p.questions) for p in PREPARED])
    bodies = titles + [sum(map(len, p.answer)) + len(p.context) for p in PREPARED]

    def part(lengths):
        return (K1 + 1) / (1 + K1 * (1 - B + B * lengths[4] / lengths.mean()))

    idf = np.log1p((5 - 1 + 0.5) / 1.5)
    expected = idf * (part(bodies) + TITLE_WEIGHT * part(titles))
    assert scores(built(PREPARED), "犬")[4] == pytest.approx(expected, rel=1e-5)


def test_a_knowledge_without_entries() -> None:
    assert best(np.zeros(built([]).entries, np.float32), 3).tolist() == []
