import numpy as np
import pytest

from nlp.vectors import NO_VECTOR, load


def cosine(one: str, other: str) -> float:
    vectors = load()
    first, second = vectors.units(vectors.rows_of([one, other]))
    return float(first @ second)


def test_every_vector_has_length_one() -> None:
    vectors = load()
    units = vectors.units(np.arange(50, dtype=np.int32))
    assert np.linalg.norm(units, axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("word", "near", "far"), [("料金", "代金", "犬"), ("引っ越す", "転居", "料金"), ("病院", "診療", "図書")]
)
def test_words_of_like_meaning_are_nearer(word: str, near: str, far: str) -> None:
    assert cosine(word, near) > cosine(word, far) + 0.3


def test_a_word_without_a_vector() -> None:
    assert load().rows_of(["ごみ", "ぬるぽぬるぽぬるぽ"]).tolist()[1] == NO_VECTOR
