import pytest

from nlp import synonyms
from nlp.analyzer import QUESTION

HARMFUL = ("支店", "給付金", "ナマポ", "外人", "看護")
"""Words that the dictionary takes for 出張所, 補助金, 生活保護, 外国人 and 介護; a city must not."""


@pytest.mark.parametrize(
    ("said", "shown"), [("チャリ", "自転車"), ("職安", "ハローワーク"), ("貸す", None), ("役場", "役所")]
)
def test_accepted_words_mean_the_same(said: str, shown: str | None) -> None:
    words = [token.normalized for token in QUESTION.tokens(said)]
    found = {related.shown: related for related in synonyms.thesaurus().related(words)}
    assert (shown in found) is (shown is not None)
    assert all(related.source == "Sudachi同義語辞書" for related in found.values())


@pytest.mark.parametrize("word", HARMFUL)
def test_what_harms_is_not_accepted(word: str) -> None:
    assert not any(word in group for group in synonyms.accepted().values())


def test_each_group_says_something_and_no_word_is_in_two() -> None:
    groups = synonyms.accepted()
    words = [word for group in groups.values() for word in group]
    assert all(len(group) > 1 for group in groups.values())
    assert len(set(words)) == len(words)
