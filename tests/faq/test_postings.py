import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq import matrix, postings
from faq.postings import Cells, Impacts, Postings, best
from tests.faq.town import PREPARED

ROWS, WORDS = matrix.read(PREPARED * 8)
SEGMENTS = ROWS.segments
PAIRS = Postings.of(Cells.of(SEGMENTS), len(WORDS.by_number))


def scores(impacts: Impacts, weights: dict[str, float]) -> list[float]:
    words = np.array([WORDS.vocabulary[word] for word in weights])
    result = np.zeros(SEGMENTS.entries, np.float32)
    postings.add(result, PAIRS, impacts, words, np.array(list(weights.values()), np.float32))
    return result.tolist()


def test_a_common_word_counts_the_same_as_a_rare_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"犬": 2.0, "住む": 0.5, "ごみ": 1.0}
    monkeypatch.setattr(postings, "COMMON", 1.0)
    rare = Impacts.of(PAIRS, SEGMENTS)
    monkeypatch.setattr(postings, "COMMON", 0.0)
    common = Impacts.of(PAIRS, SEGMENTS)
    assert len(rare.rows) == 0
    assert len(common.rows) == len(WORDS.by_number)
    assert any(scores(rare, asked))
    assert scores(common, asked) == scores(rare, asked)


def test_how_often_a_word_stands_where() -> None:
    span = slice(*PAIRS.start[[WORDS.vocabulary["ごみ"], WORDS.vocabulary["ごみ"] + 1]])
    assert set(PAIRS.entry[span].tolist()) == set(range(1, 40, 5))
    assert set(PAIRS.times[span].tolist()) == {3}
    assert set(PAIRS.title_times[span].tolist()) == {2}


@given(
    st.lists(st.integers(0, 20), max_size=3_000).map(lambda given: np.array(given, np.float32)),
    st.integers(1, 40),
)
def test_the_best_are_those_that_sorting_finds(given_scores: np.ndarray, count: int) -> None:
    order = np.lexsort((np.arange(len(given_scores)), -given_scores))[:count]
    assert best(given_scores, count).tolist() == [at for at in order.tolist() if given_scores[at] > 0]
