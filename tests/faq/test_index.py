import pytest

from faq.index import prepare, restore
from tests.faq.town import ENTRIES, GARBAGE, entry


@pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.id)
def test_kept_tokens_bring_the_same_entry_back(one) -> None:
    prepared = prepare(one)
    assert restore(one, prepared.tokens_json()) == prepared


def test_the_question_and_each_phrasing_has_words_and_a_reading() -> None:
    question, phrasing = prepare(GARBAGE).questions
    assert question.words == ("ごみ", "分ける", "出す")
    assert phrasing.reading == "ゴミブンベツ"


def test_an_answer_is_kept_by_sentence() -> None:
    assert len(prepare(GARBAGE).answer) == 2


def test_what_is_denied_counts_in_questions_and_not_in_answers() -> None:
    prepared = prepare(
        entry("tax", "税金が払えない", "分けて払えないか、ご相談ください。カードは使えません。")
    )
    assert prepared.questions[0].words == ("税金", "払う", "払うない")
    assert not any(word.endswith("ない") for sentence in prepared.answer for word in sentence)


@pytest.mark.parametrize("kept", ["", "{}", "[]", '{"questions": [["a"]], "answer": [], "context": []}'])
def test_unreadable_tokens_are_named(kept: str) -> None:
    with pytest.raises(ValueError, match="garbage"):
        restore(GARBAGE, kept)
