import pytest

from faq.models import Outcome
from faq.search import Knowledge
from tests.faq.town import TOWN


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


def test_one_wrong_kana_is_forgiven_and_another_question_is_not_found() -> None:
    assert TOWN.places["residence-certificate"] in dict(TOWN.typed.sounding_like("じゅみんひょう", 3))
    assert TOWN.typed.sounding_like("らーめんのみせ", 3) == []


def test_a_knowledge_without_entries_sounds_like_nothing() -> None:
    assert Knowledge.of([]).typed.sounding_like("じゅうみんひょう", 3) == []
