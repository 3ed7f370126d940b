import numpy as np
import pytest

from faq.features import NAMES
from tests.faq.town import TOWN


def feature(text: str, name: str) -> dict[str, float]:
    found = TOWN.candidates(text)
    assert found is not None
    ids = [entry.id for entry in TOWN.entries_at(found.evidence.candidates)]
    return dict(zip(ids, found.measured[:, NAMES.index(name)].tolist(), strict=True))


@pytest.mark.parametrize(
    "name", ["question_met", "phrasing_met", "letters_within", "reading_alike", "entry_met"]
)
def test_the_same_question_is_wholly_alike(name: str) -> None:
    assert feature("図書館の本を借りたい", name)["library"] == pytest.approx(1)


def test_the_best_phrasing_counts() -> None:
    assert feature("ゴミの分別", "letters_within")["garbage"] == pytest.approx(1)


def test_words_of_the_answer_are_met_in_a_window() -> None:
    assert feature("14日以内の転入届と転出証明書", "window_met")["moving-in"] > 0.9


def test_words_side_by_side_in_both() -> None:
    assert feature("住民票", "pairs_of_best")["residence-certificate"] == 1


def test_every_feature_is_a_number() -> None:
    found = TOWN.candidates("犬と本と住民票")
    assert found is not None
    assert found.measured.shape[1] == len(NAMES)
    assert np.isfinite(found.measured).all()
