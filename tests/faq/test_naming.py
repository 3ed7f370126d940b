"""The longest name in a text."""

import pytest

from faq.naming import Found, Names

NAMES = Names(
    [
        ("東区役所", "東"),
        ("東区", "東"),
        ("区民課", "東の区民課"),
        ("区民課", "西の区民課"),
        ("区民課", "西の区民課"),
        ("中央区役所", "中央"),
        ("マイナンバー・センター", "センター"),
        ("市", "市"),
        ("", "無名"),
    ]
)


@pytest.mark.parametrize(
    ("text", "things", "rest"),
    [
        ("東区役所は開いてる?", ("東",), " は開いてる"),
        ("東区は開いてる?", ("東",), " は開いてる"),
        ("東区と中央区役所", ("中央",), "東区と "),
        ("区民課", ("東の区民課", "西の区民課"), " "),
        ("東区役所の区民課", ("東",), " の区民課"),
        ("区役所", None, None),
        ("ﾏｲﾅﾝﾊﾞｰ センター どこ", ("センター",), " どこ"),
        ("東区東区", ("東",), " 東区"),
        ("市", None, None),
        ("", None, None),
        ("東", None, None),
    ],
)
def test_what_a_text_names(text: str, things: tuple[str, ...] | None, rest: str | None) -> None:
    found = NAMES.find(text)
    assert (found.things, found.rest) == (things, rest) if found else things is None


def test_of_two_names_equally_long_the_first_in_the_text() -> None:
    names = Names([("西区役所", "西"), ("東区役所", "東")])
    assert names.find("東区役所と西区役所") == Found(("東",), "東区役所", " と西区役所")
    assert names.find("西区役所と東区役所") == Found(("西",), "西区役所", " と東区役所")


def test_names_of_the_same_that_run_into_each_other_count_as_one() -> None:
    names = Names([("介護の申請", "介護"), ("要介護", "介護"), ("申請書", "書類")])
    assert names.find("要介護の申請は") == Found(("介護",), "要介護の申請", " は")
    assert names.find("介護の申請書") == Found(("介護",), "介護の申請", " 書")


def test_names_are_not_found_across_a_gap() -> None:
    names = Names([("東区役所", "東"), ("区民課", "課")])
    assert names.find_in("東 区役所") is None


def test_names_of_nothing() -> None:
    assert Names[str]([]).find("東区役所") is None
