"""Kana in Latin letters and in Hangul."""

import pytest

from nlp.romaji import in_hangul, romanised


@pytest.mark.parametrize(
    ("kana", "latin", "hangul"),
    [
        ("ヒガシ", "Higashi", "히가시"),
        ("チュウオウ", "Chuo", "주오"),
        ("キタ", "Kita", "기타"),
        ("たくま", "Takuma", "다쿠마"),
        ("ジョウナン", "Jonan", "조난"),
        ("ショウガッコウ", "Shogakko", "쇼갓코"),
        ("マッチ", "Matchi", "맛치"),
        ("シンヤ", "Shin'ya", "신야"),
        ("ツボカワ", "Tsubokawa", "쓰보카와"),
        ("スズ", "Suzu", "스즈"),
        ("プール", "Puru", "푸루"),
        ("フィンランド", "Finrando", "힌란도"),
        ("ABC", "Abc", "ABC"),
    ],
)
def test_a_name_in_kana(kana: str, latin: str, hangul: str) -> None:
    assert romanised(kana) == latin
    assert in_hangul(kana) == hangul
