import numpy as np
import pytest

from faq.matrix import K1, B, build
from tests.faq.town import PREPARED


def test_the_entry_that_has_the_word_comes_first() -> None:
    matrix = build(PREPARED)
    words = np.array([matrix.vocabulary["犬"]], np.int32)
    best, scores = matrix.best(words, np.ones(1, np.float32), 3)
    assert best.tolist() == [4]
    assert scores[0] > 0


def test_impacts_are_bm25_of_the_entry_and_its_questions() -> None:
    matrix = build(PREPARED)
    place, word = 4, matrix.vocabulary["犬"]
    every = [list(p.questions[0].words) for p in PREPARED]
    titles = np.array([sum(len(phrase.words) for phrase in p.questions) for p in PREPARED])
    bodies = titles + [sum(map(len, p.answer)) + len(p.context) for p in PREPARED]

    def part(lengths):
        return (K1 + 1) / (1 + K1 * (1 - B + B * lengths[place] / lengths.mean()))

    assert every[place].count("犬") == 1
    idf = np.log1p((5 - 1 + 0.5) / 1.5)
    expected = idf * (part(bodies) + 0.4 * part(titles))
    score = matrix.scores(np.array([word], np.int32), np.ones(1, np.float32))[place]
    assert score == pytest.approx(expected, rel=1e-5)


def test_entries_can_be_left_out() -> None:
    matrix = build(PREPARED)
    words = np.array([matrix.vocabulary["日"]], np.int32)
    whole, _ = matrix.best(words, np.ones(1, np.float32), 9)
    rest, _ = matrix.best(words, np.ones(1, np.float32), 9, leaving_out=[0])
    assert set(whole.tolist()) - set(rest.tolist()) == {0}


def test_a_knowledge_without_entries() -> None:
    matrix = build([])
    assert matrix.best(np.empty(0, np.int32), np.empty(0, np.float32), 3)[0].tolist() == []
