import pytest

from faq.asked import NEAR_WORD, OWN_WORD, Asked, ask
from nlp.analyzer import QUESTION
from tests.faq.town import TOWN


def asked(text: str) -> Asked:
    return ask(QUESTION.tokens(text), TOWN.known.matrix, TOWN.thesaurus, TOWN.known.meaning)


def test_words_that_the_knowledge_has_come_first_with_full_weight() -> None:
    question = asked("犬の登録とラーメン")
    assert question.words == ("犬", "登録", "らーめん")
    assert [slot for _, slot in question.own] == [0, 1]
    assert question.weights[:2].tolist() == [1, 1]
    assert (question.weights[2:] < 1).all()


def test_an_unknown_word_is_worth_more_than_any_known() -> None:
    worth = asked("犬とラーメン").worth
    assert worth[1] > worth[0]


@pytest.mark.parametrize(
    ("text", "source", "shown"),
    [("犬", OWN_WORD, "犬"), ("本屋さん", "市の同義語", "図書館"), ("転居", NEAR_WORD, "引っ越す")],
)
def test_ways_to_say_a_word(text: str, source: str, shown: str) -> None:
    assert (source, shown) in {(variant.source, variant.shown) for variant in asked(text).variants}


def test_pairs_are_words_side_by_side() -> None:
    question = asked("住民票の写し")
    words = [TOWN.known.matrix.words_by_number[term] for term in question.terms]
    assert [(words[a], words[b]) for a, b in question.pairs] == [("住民", "票"), ("票", "写す")]


def test_a_long_text_is_weighed_within_limits() -> None:
    assert len(asked("".join(map(chr, range(0x4E00, 0x5100)))).words) <= 60


def test_what_no_entry_denies_is_not_held_against_them() -> None:
    assert asked("犬の登録ができず飼えない").words == asked("犬の登録ができず飼える").words
