"""Dates of birth as people write them."""

from datetime import date

import pytest

from nlp.birth_dates import read_birth_date

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("written", "born"),
    [
        ("昭和50年1月2日", date(1975, 1, 2)),
        ("昭和 50年 1月 2日", date(1975, 1, 2)),
        ("昭和五十年一月二日", date(1975, 1, 2)),
        ("Ｓ５０．１．２", date(1975, 1, 2)),
        ("s50/1/2", date(1975, 1, 2)),
        ("S500102", date(1975, 1, 2)),
        ("昭和五〇年十二月三十一日", date(1975, 12, 31)),
        ("1975-01-02", date(1975, 1, 2)),
        ("1975年1月2日生まれ", date(1975, 1, 2)),
        ("西暦1975年1月2日", date(1975, 1, 2)),
        ("1975 1 2", date(1975, 1, 2)),
        ("1975・1・2", date(1975, 1, 2)),
        ("一九七五年一月二日", date(1975, 1, 2)),
        ("19750102", date(1975, 1, 2)),
        ("１９７５０１０２", date(1975, 1, 2)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("令和8年11月22日", date(2026, 11, 22)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("1976/2/29", date(1976, 2, 29)),
    ],
)
def test_a_date_of_birth(written: str, born: date):
    assert read_birth_date(written, TODAY) == born


@pytest.mark.parametrize(
    "written",
    [
        "50.1.2",  # 1950, 昭和50 or 平成5: to be asked again
        "昭和65年1月2日",  # the era ended in its 64th year
        "平成0年1月2日",
        "1975/2/29",  # no leap year
        "1975年13月1日",
        "2026-11-23",  # tomorrow
        "1890-01-01",
        "昭和50年",
        "1月2日",
        "わからない",
        "",
        "1975-01-02 と 1976-01-02",
        "十" * 5_000,
    ],
)
def test_what_is_no_date_of_birth(written: str):
    assert read_birth_date(written, TODAY) is None
