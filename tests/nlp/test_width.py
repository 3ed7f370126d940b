import time
import unicodedata

import pytest

from nlp.width import MOST_MARKS, nfkc


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
