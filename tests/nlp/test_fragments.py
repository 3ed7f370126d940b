"""Whether somebody is still speaking."""

import pytest

from nlp.fragments import is_unfinished, join


@pytest.mark.parametrize(
    "said", ["すみません", "あの", "ごみの", "住民票が", "東区役所の", "質問です", "保険証を", "えっと、"]
)
def test_more_words_will_follow(said: str) -> None:
    assert is_unfinished(said)


@pytest.mark.parametrize(
    "said",
    [
        "ごみの分け方",
        "燃やすごみに出せるもの",
        "必要なもの",
        "引っ越したいの",
        "住民票がほしいんだけど",
        "転入届いつまで",
        "なに",
        "どけあっと",
        "ごみの？",
        "住民票を取りたいのですが",
        "手続きのこと",
        "引っ越してきたので手続きについて詳しく知りたいと思っているのですがどうすれば",
        "",
    ],
)
def test_that_was_all(said: str) -> None:
    assert not is_unfinished(said)


@pytest.mark.parametrize(
    ("bubbles", "joined"),
    [
        (["すみません", "あの", "ごみの", "出し方"], "ごみの 出し方"),
        (["すみません"], "すみません"),
        (["あの", "すみません"], "すみません"),
        (["ごみの"], "ごみの"),
    ],
)
def test_bubbles_are_joined_without_openers(bubbles: list[str], joined: str) -> None:
    assert join(bubbles) == joined
