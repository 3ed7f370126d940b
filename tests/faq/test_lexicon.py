import pytest

from faq.search import Knowledge
from nlp import half_typed
from nlp.tokenizer import Token
from tests.faq.town import TOWN

LEXICON = TOWN.lexicon


@pytest.mark.parametrize(
    ("typed", "words", "becomes"),
    [
        ("じゅうみんひ", ["住民"], "票"),
        ("じゅうみんひょうのうt", ["住民", "票"], "写す"),
        ("ごみのわ", ["ごみ"], "分ける"),
        ("てんにゅ", [], "転入"),
        ("転入t", [], None),
        ("住民票をt", [], None),
        ("ひょうのt", ["票"], None),
        ("", [], None),
    ],
)
def test_kana_are_parted_into_words(typed: str, words: list[str], becomes: str | None) -> None:
    heard = LEXICON.hear(half_typed.read(typed))
    assert [token.normalized for token in heard.words] == words
    assert becomes in heard.may_become if becomes else heard.may_become == ()


def test_a_pending_letter_rules_words_out() -> None:
    assert LEXICON.hear(half_typed.read("としk")).may_become == ()
    assert "図書" in LEXICON.hear(half_typed.read("とs")).may_become


def test_a_slip_of_the_finger_is_not_clear() -> None:
    assert LEXICON.hear(half_typed.read("じゅうみんひょう")).is_clear
    assert not LEXICON.hear(half_typed.read("じゅみんひょう")).is_clear


def test_half_of_a_written_word() -> None:
    assert LEXICON.see(Token("図", "図", "ズ", "名詞-普通名詞")).may_become == ("図書",)
    assert LEXICON.see(Token("猫", "猫", "ネコ", "名詞-普通名詞")).may_become == ()


def test_nothing_is_heard_without_entries() -> None:
    assert Knowledge.of([]).lexicon.hear(half_typed.read("ごみ")).words == ()
