"""Eras and years."""

import pytest

from nlp.eras import western_year


@pytest.mark.parametrize(
    ("era", "year", "western"),
    [
        ("令和", 1, 2019),
        ("平成", 31, 2019),
        ("平成", 1, 1989),
        ("昭和", 64, 1989),
        ("昭和", 1, 1926),
        ("明治", 45, 1912),
        ("R", 8, 2026),
        ("h", 8, 1996),
        ("S", 8, 1933),
    ],
)
def test_the_year_of_an_era(era: str, year: int, western: int):
    assert western_year(era, year) == western
