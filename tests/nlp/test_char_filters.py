import pytest

from nlp.char_filters import normalize


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ", "マイナンバーカード"),
        ("ＡＢＣ１２３", "ABC123"),
        ("サ-ビス", "サービス"),
        ("サーーービス", "サービス"),
        ("9-5時", "9-5時"),
        ("ごみ！！！", "ごみ!"),
        ("住民票😀ください👨‍👩‍👧", "住民票 ください"),
        ("住民\u202e票\u200b", "住民票"),
        ("住民\ud800票", "住民票"),
        ("住民\0票", "住民 票"),
        ("か\u3099す", "がす"),
        ("e" + "\u0301" * 100, "é"),
        ("\U00100084ごみ", "ごみ"),
        ("すみません、住民票は", "、住民票は"),
        ("ごみの日を教えて。よろしくお願いします", "ごみの日を教えて。"),
        ("", ""),
        ("😀", ""),
    ],
)
def test_what_is_read_of_what_is_written(written: str, read: str) -> None:
    assert normalize(written, 1000) == read


def test_the_limit_holds_before_and_after_characters_grow() -> None:
    assert len(normalize("\ufdfa" * 5000, 1000)) <= 1000
    assert normalize("ご" * 5000, 10) == "ご" * 10
