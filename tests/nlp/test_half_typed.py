import pytest

from nlp.half_typed import HalfTyped, read


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("住民票", HalfTyped("住民票", "", "")),
        ("住民ひょ", HalfTyped("住民ひょ", "ヒョ", "")),
        ("住民h", HalfTyped("住民", "", "ハヒフヘホ")),
        ("じゅうみんｈ", HalfTyped("じゅうみん", "ジュウミン", "ハヒフヘホ")),
        ("じゅうみんhy", HalfTyped("じゅうみん", "ジュウミン", "ヒ")),
        ("はっk", HalfTyped("はっ", "ハッ", "カキクケコ")),
        ("はkk", HalfTyped("はッ", "ハッ", "カキクケコ")),
        ("みt", HalfTyped("み", "ミ", "タチツテト")),
        ("みts", HalfTyped("み", "ミ", "ツ")),
        ("こn", HalfTyped("こ", "コ", "ナニヌネノン")),
        ("x", HalfTyped("", "", "")),
        ("wifi", HalfTyped("wifi", "", "")),
        ("DV", HalfTyped("DV", "", "")),
        ("ｺﾞﾐの", HalfTyped("ゴミの", "ゴミノ", "")),
        ("", HalfTyped("", "", "")),
        ("\ud800😀", HalfTyped("", "", "")),
    ],
)
def test_what_stands_and_what_is_coming(text: str, parts: HalfTyped) -> None:
    assert read(text) == parts


def test_of_a_long_text_the_end_is_read() -> None:
    assert read("あ" * 5000 + "住民h").plain.endswith("あ住民")
