"""Chinese characters as Japanese writes them."""

import pytest

from nlp.han import as_japanese


@pytest.mark.parametrize(
    ("written", "japanese"),
    [
        ("东区", "東区"),
        ("東區", "東区"),
        ("国民健康保险", "国民健康保険"),
        ("國民健康保險", "国民健康保険"),
        ("转入", "転入"),
        ("稅金", "税金"),
        ("住民票", "住民票"),
        ("ごみ gomi 쓰레기", "ごみ gomi 쓰레기"),
    ],
)
def test_a_text_in_japanese_letters(written: str, japanese: str) -> None:
    assert as_japanese(written) == japanese
