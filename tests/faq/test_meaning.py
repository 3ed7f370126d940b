import numpy as np
import pytest

from faq import matrix, meaning
from tests.faq.town import PREPARED

ROWS, WORDS = matrix.read(PREPARED)
MATRIX = matrix.build(ROWS.segments, WORDS)
MEANING = meaning.build(MATRIX)


def test_near_words_are_words_of_the_knowledge_nearest_first() -> None:
    ((_, near),) = MEANING.look_up(["転居"])
    assert MATRIX.words_by_number[near[0][0]] == "引っ越す"
    cosines = [cosine for _, cosine in near]
    assert cosines == sorted(cosines, reverse=True)
    assert min(cosines) >= meaning.NEAR


def test_a_word_without_a_vector_is_near_to_nothing() -> None:
    ((unit, near),) = MEANING.look_up(["ぬるぽぬるぽ"])
    assert near == ()
    assert not unit.any()


def test_entries_have_a_direction_of_length_one() -> None:
    assert np.linalg.norm(MEANING.titles.each.astype(float), axis=1) == pytest.approx(1, abs=1e-2)


def test_a_word_is_looked_up_once() -> None:
    assert MEANING.look_up(["犬"])[0] is MEANING.look_up(["犬"])[0]


def test_an_empty_knowledge_means_nothing() -> None:
    rows, words = matrix.read([])
    assert len(meaning.build(matrix.build(rows.segments, words)).bodies.each) == 0
