"""Eras and years."""

from datetime import date

import pytest

from nlp.eras import japanese_year, western_year


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


@pytest.mark.parametrize(
    ("day", "era", "year"),
    [
        (date(2026, 11, 22), "令和", 8),
        (date(2019, 5, 1), "令和", 1),
        (date(2019, 4, 30), "平成", 31),
        (date(1989, 1, 7), "昭和", 64),
        (date(1926, 12, 24), "大正", 15),
        (date(1912, 7, 29), "明治", 45),
    ],
)
def test_the_era_of_a_day(day: date, era: str, year: int):
    assert japanese_year(day) == (era, year)
