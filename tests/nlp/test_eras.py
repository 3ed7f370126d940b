"""Eras and years."""

from datetime import date

import pytest

from nlp.eras import era_of, western_year


@pytest.mark.parametrize(
    ("day", "era", "year"),
    [
        (date(2019, 5, 1), "令和", 1),
        (date(2019, 4, 30), "平成", 31),
        (date(1989, 1, 8), "平成", 1),
        (date(1989, 1, 7), "昭和", 64),
        (date(1926, 12, 25), "昭和", 1),
        (date(1912, 7, 29), "明治", 45),
    ],
)
def test_the_era_of_a_day(day: date, era: str, year: int):
    assert era_of(day) == (era, year)
    assert western_year(era, year) == day.year


def test_letters():
    assert [western_year(letter, 8) for letter in ("R", "h", "S")] == [2026, 1996, 1933]


def test_before_the_first_era_known():
    with pytest.raises(ValueError, match="before"):
        era_of(date(1867, 1, 1))
