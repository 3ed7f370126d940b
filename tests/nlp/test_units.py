"""Texts of other languages in the pieces by which they are compared."""

import pytest

from nlp.language import Language
from nlp.units import stem, units, without_tones


@pytest.mark.parametrize(
    ("language", "text", "pieces"),
    [
        (Language.ENGLISH, "I don't move!", ("i", "dont", "mov")),
        (Language.ENGLISH, "moving-in マイナンバー", ("mov", "in", "マイナンバー")),
        (Language.VIETNAMESE, "Đổi ĐỊA chỉ", ("đổi", "địa", "chỉ")),
        (Language.SIMPLIFIED_CHINESE, "东区 my number卡12月", ("東", "区", "my", "number", "卡", "12月")),
        (Language.KOREAN, " 동구 구청 ", ("동", "구", " ", "구", "청")),
    ],
)
def test_pieces(language: Language, text: str, pieces: tuple[str, ...]) -> None:
    assert units(text, language) == pieces


@pytest.mark.parametrize(
    ("words", "shared"),
    [
        ("move moves moved moving", "mov"),
        ("battery batteries", "battery"),
        ("stop stopped stopping", "stop"),
        ("pass passes passed", "pass"),
        ("bag bags", "bag"),
        ("use", "use"),
    ],
)
def test_forms_of_an_english_word_are_one(words: str, shared: str) -> None:
    assert {stem(word) for word in words.split()} == {shared}


def test_vietnamese_without_its_marks() -> None:
    assert without_tones("đổi thẻ lưu trú") == "doi the luu tru"
