import pytest

from faq.evidence import share_in_words
from tests.faq.town import TOWN


def first(text: str):
    found = TOWN.candidates(text)
    assert found is not None
    return found.asked, found.evidence


@pytest.mark.parametrize(
    ("text", "share"),
    [("犬を飼い始めた", 1), ("本屋さん", 1), ("転居", 0)],
    ids=["own words", "a synonym of the city", "word vectors alone"],
)
def test_what_counts_as_words(text: str, share: float) -> None:
    assert share_in_words(*first(text), 0) == pytest.approx(share)


def test_terms_by_field() -> None:
    asked, evidence = first("犬の登録")
    words = [TOWN.known.matrix.words_by_number[term] for term in asked.terms]
    assert "犬" in {words[slot] for slot in evidence.terms_of(0, in_questions=True)}
    assert "登録" in {words[slot] for slot in evidence.terms_of(0, in_questions=False)}


def test_a_word_is_met_by_itself_wholly_and_by_a_near_one_in_part() -> None:
    asked, evidence = first("転居と犬")
    best = evidence.aligned.max(axis=0)
    assert best[asked.words.index("犬")] == 1
    assert 0.5 < best[asked.words.index("転居")] <= 1
