import pytest

from faq.index import prepare, restore
from tests.faq.town import ENTRIES, GARBAGE


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_kept_tokens_bring_the_same_entry_back(entry) -> None:
    prepared = prepare(entry)
    assert restore(entry, prepared.tokens_json()) == prepared


def test_the_question_and_each_phrasing_has_words_and_a_reading() -> None:
    question, phrasing = prepare(GARBAGE).questions
    assert question.words == ("ごみ", "分ける", "出す")
    assert phrasing.reading == "ゴミブンベツ"


def test_an_answer_is_kept_by_sentence() -> None:
    assert len(prepare(GARBAGE).answer) == 2


@pytest.mark.parametrize("kept", ["", "{}", "[]", '{"questions": [["a"]], "answer": [], "context": []}'])
def test_unreadable_tokens_are_named(kept: str) -> None:
    with pytest.raises(ValueError, match="garbage"):
        restore(GARBAGE, kept)
