"""Numbers as people write them, and evened text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.numerals import even_letters, number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("十二", 12),
        ("十", 10),
        ("二十", 20),
        ("三十一", 31),
        ("九", 9),
        ("三〇", 30),
        ("二〇二六", 2026),
    ],
)
def test_numbers(text: str, value: int):
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "abc", "二十日", "十十"])
def test_no_numbers(text: str):
    with pytest.raises(ValueError, match=r"."):
        number(text)


@given(st.text())
def test_each_letter_stays_at_its_place(text: str):
    assert len(even_letters(text)) == len(text)


def test_width_dashes_and_waves():
    assert even_letters("１２／３（木）９：００～１６：３０－１２⽉３⽇〜") == "12/3(木)9:00~16:30-12月3日~"
