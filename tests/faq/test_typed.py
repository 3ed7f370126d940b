import pytest

from faq.models import Outcome
from tests.faq.town import TOWN


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("じゅうみんひ", "residence-certificate"),
        ("じゅうみんhy", "residence-certificate"),
        ("住民", "residence-certificate"),
        ("てんにゅう", "moving-in"),
        ("ごみのわ", "garbage"),
        ("ｲﾇ", "dog"),
    ],
)
def test_a_question_half_typed(typed: str, entry: str) -> None:
    assert TOWN.suggest(typed)[0].id == entry


@pytest.mark.parametrize("typed", ["", "😀", "\ud800"])
def test_nothing_typed_suggests_nothing(typed: str) -> None:
    assert TOWN.suggest(typed) == ()


@pytest.mark.parametrize(
    ("said", "entry"), [("じゅうみんひょう", "residence-certificate"), ("てんにゅうとどけ", "moving-in")]
)
def test_a_question_in_kana_is_offered_and_never_sure(said: str, entry: str) -> None:
    result = TOWN.search(said)
    assert result.outcome is Outcome.CHOOSE
    assert result.matches[0].entry.id == entry


@pytest.mark.parametrize("said", ["さようなら", "ありがとね", "らーめんたべたい", "おなかすいた"])
def test_chatter_in_kana_is_not_taken_for_a_question(said: str) -> None:
    assert TOWN.search(said).outcome is Outcome.NONE
