import time

import pytest

from nlp.analyzer import ENTRY, QUESTION


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("引っ越してきたら何日以内に届け出る?", ["引っ越す", "来る", "日", "以内", "届ける", "出る"]),
        ("すみません、住民票ってどこで取れますか", ["住民", "票", "取れる"]),
        ("ゴミの出し方を教えてください", ["ごみ", "出す"]),
        ("ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ", ["まいなんばー", "かーど"]),
        ("引越しの届け", ["引っ越す", "届ける"]),
        ("", []),
        ("😀😀", []),
    ],
)
def test_the_words_that_count(text: str, words: list[str]) -> None:
    assert [token.normalized for token in QUESTION.tokens(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "あ" * 5000,
        "\ud800" * 5000,
        "\0" * 5000,
        "\u202e住民票",
        "か" + "\u3099" * 5000,
        "\ufdfa" * 5000,
        "𠮷" * 5000,
    ],
)
def test_anything_is_read_within_50_milliseconds(text: str) -> None:
    QUESTION.tokens("辞書を先に読む")
    started = time.thread_time()
    QUESTION.tokens(text)
    assert time.thread_time() - started < 0.05


def test_the_longest_entry_fits_into_sudachi() -> None:
    assert ENTRY.tokens("𠮷野家" * 20_000)
