import pytest

from nlp import token_filters
from nlp.tokenizer import tokenize


def test_content_leaves_particles_marks_and_pronouns_out() -> None:
    assert [t.surface for t in token_filters.content(tokenize("それはごみの袋、ですか？"))] == ["ごみ", "袋"]


@pytest.mark.parametrize(
    ("said", "surfaces"),
    [
        ("カードなくした", ["カード", "なくし", "た"]),
        ("鍵をなくした", ["鍵", "を", "なくし", "た"]),
        ("お金がなくて", ["お", "金", "が", "なく", "て"]),
        ("なく", ["なく"]),
    ],
)
def test_something_lost(said: str, surfaces: list[str]) -> None:
    assert [token.surface for token in token_filters.mend_lost(tokenize(said))] == surfaces


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("税金払えない", "ない"),
        ("税金が払えません", "ません"),
        ("案内が届かん", "ん"),
        ("受け取れませんでした", "ません"),
        ("払えなくなった", "なく"),
        ("受けられない", "られない"),
        ("払えず困っている", "ず"),
        ("取れないんですか", "ない"),
        ("税金の払い方", ""),
        ("払ってもらえませんか", ""),
        ("払えないでしょうか", ""),
        ("払えませんか", ""),
        ("払わないとどうなる", ""),
        ("払わなければいけない", ""),
        ("払わんといかん", ""),
        ("払うかもしれない", ""),
        ("お金がない", ""),
    ],
)
def test_what_is_denied(said: str, denied: str) -> None:
    marked = token_filters.mark_negation(tokenize(said))
    assert "".join(token.surface for token in marked if token.pos == token_filters.NEGATION) == denied


def test_without_requests() -> None:
    words = token_filters.without_requests(tokenize("ごみ袋について教えてほしい"))
    assert not {"教える", "つく", "欲しい"} & {word.normalized for word in words}


@pytest.mark.parametrize(("one", "other"), [("ゴミ", "ごみ"), ("JR", "jr")])
def test_spellings_that_count_as_one(one: str, other: str) -> None:
    (first,) = token_filters.fold_spelling(tokenize(one))
    (second,) = token_filters.fold_spelling(tokenize(other))
    assert first.normalized == second.normalized


def test_kana() -> None:
    assert token_filters.hiragana("ゴミ袋ー") == "ごみ袋ー"
    assert token_filters.katakana("ごみ袋ー") == "ゴミ袋ー"
