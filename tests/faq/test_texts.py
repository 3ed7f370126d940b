import numpy as np

from faq.ragged import Splice
from faq.texts import Texts


def test_texts_come_back() -> None:
    texts = Texts.of(["ごみ", "", "犬\n猫"])
    assert list(texts) == ["ごみ", "", "犬 猫"]
    assert texts.between(1, 3) == ["", "犬 猫"]
    assert texts.between(1, 1) == []
    assert len(texts) == 3
    assert list(Texts.of([])) == []


def test_some_of_these_and_some_fresh_ones() -> None:
    old, fresh = Texts.of(["a", "b", "cc"]), Texts.of(["新しい"])
    spliced = old.spliced(np.array([0, 2, 3]), fresh, np.array([0, 1]), Splice.of(2, 1, {0: 0}, set()))
    assert list(spliced) == ["新しい", "cc"]
    assert spliced.between(1, 2) == ["cc"]
