"""Telephone numbers as people write them."""

import pytest

from nlp.telephones import read_telephone


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("096-334-1500", "0963341500"),
        ("（096）334ー1500", "0963341500"),
        ("０９６　３３４　１５００", "0963341500"),
        ("09012345678", "09012345678"),
        ("090の1234の5678", "09012345678"),
        ("+81 90-1234-5678", "09012345678"),
        ("+81(0)96-334-1500", "0963341500"),
        ("0120-000-000", "0120000000"),
        ("050.1234.5678", "05012345678"),
        ("334-1500", None),
        ("090-1234-567", None),
        ("096-334-15000", None),
        ("00-0000-0000", None),
        ("なし", None),
        ("", None),
        ("09012345678 内線2", None),
        ("9" * 5_000, None),
    ],
)
def test_a_number_is_its_digits(written: str, digits: str | None):
    assert read_telephone(written) == digits
