"""Which passwords may be chosen."""

import pytest

from web import password_rules
from web.password_rules import Weakness, weakness

ABOUT = ("hanako", "熊本花子", "熊本市", "中央区")


@pytest.mark.parametrize(
    "password",
    [
        "つつじと銀杏の並木道を歩く",
        "correct horse battery staple",
        "tsutsuji ginnan namiki",
        "kJ8#vQz2!mXw",
        "城の石垣は雨にぬれて黒い",
        "blue-lantern-42-river",
        "hanako loves quiet mornings",
    ],
)
def test_good_ones(password):
    assert weakness(password, ABOUT) is None


@pytest.mark.parametrize("password", ["", "short", "kJ8#vQz2!mX", "ｋＪ８＃ｖＱ", "㌔㌔"])
def test_short_ones(password):
    assert weakness(password, ABOUT) is Weakness.SHORT


def test_twelve_letters_are_enough_and_256_are_not_too_many():
    assert weakness("kJ8#vQz2!mXw", ABOUT) is None
    assert weakness(("kJ8#vQz2!mXw" * 22)[:255] + "~", ABOUT) is not Weakness.LONG
    assert weakness("kJ8#vQz2!mXw" * 22, ABOUT) is Weakness.LONG


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password2026!",
        "パスワードパスワードパスワード",
        "123456789012",
        "987654321098",
        "abcdefghijkl",
        "qwertyuiop12",
        "1qaz2wsx3edc",
        "aaaaaaaaaaaa",
        "ababababababab",
        "kumakumakuma",
        "hanakohanako",
        "HANAKO-2026-hanako",
        "ｈａｎａｋｏ２０２６ｐａｓｓ",
        "熊本市中央区熊本花子です",
        "helpdesk-admin-2026",
        "shiyakusho20261122",
    ],
)
def test_what_anybody_would_guess(password):
    assert weakness(password, ABOUT) is Weakness.GUESSED


@pytest.mark.parametrize(
    "password", ["q1w2e3r4t5y6", "1q2w3e4r5t6y", "sonyericsson", "LeaveMeAlone", "ｑ１ｗ２ｅ３ｒ４ｔ５ｙ６"]
)
def test_what_stood_in_leaks(password, monkeypatch):
    leaked = weakness(password, ABOUT)
    monkeypatch.setattr(password_rules, "is_leaked", lambda _: False)
    assert (leaked, weakness(password, ABOUT)) == (Weakness.GUESSED, None)
