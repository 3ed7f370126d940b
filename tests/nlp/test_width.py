import time
import unicodedata

import pytest

from nlp.width import MOST_MARKS, WIDEST, bounded, nfkc


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ",
        "ＡＢＣ１２３",
        "か\u3099す",
        "㍿",
        "e" + "\u0301" * MOST_MARKS,
        "ﾞ" * MOST_MARKS,
        "\ud800a\0",
    ],
)
def test_what_people_write_is_put_into_nfkc(text: str) -> None:
    assert nfkc(text) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("first", ["\u0300", "\u0344"])
@pytest.mark.parametrize("then", ["\u0316", "ﾞ"])
def test_thousands_of_marks_cost_no_time(first: str, then: str) -> None:
    """The time is that of this thread alone, so that a busy machine does not count."""
    text = "か" + first * 50_000 + then * 50_000
    begun = time.thread_time()
    assert nfkc(text) == unicodedata.normalize("NFKC", "か" + first * MOST_MARKS)
    assert time.thread_time() - begun < 0.05


def test_no_letter_becomes_more_than_the_widest() -> None:
    letters = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    assert max(len(unicodedata.normalize("NFKC", letter)) for letter in letters) == WIDEST


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("", 5000, 0),
        ("ごみの日は？", 6, 6),
        ("ごみの日は？", 5, 5),
        ("ﷺ" * 5000, 5000, 5000 // WIDEST),
        ("あ" * 5000, 5000, 5000),
        ("ｶﾞ" * 2500, 2500, 5000),
    ],
)
def test_a_text_is_as_long_as_what_it_stands_for(text: str, most: int, kept: int) -> None:
    assert bounded(text, most) == text[:kept]
