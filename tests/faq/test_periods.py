"""Months and fiscal years, and what they are made of."""

from datetime import UTC, date, datetime

import pytest

from faq.periods import Period, read_month, read_year

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
REIWA_8 = Period(date(2026, 4, 1), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("day", "year"), [("2026-03-31", 2025), ("2026-04-01", 2026), ("2026-12-31", 2026), ("2027-03-31", 2026)]
)
def test_a_fiscal_year_begins_in_april(day, year):
    assert Period.year_of(date.fromisoformat(day)).first == date(year, 4, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11", NOVEMBER),
        ("2028-02", Period(date(2028, 2, 1), date(2028, 2, 29))),
        *((text, None) for text in ("2026-13", "0000-01", "9999-12", "１２３４-01", "2026-1", "x", "")),
    ],
)
def test_reading_a_month(text, found):
    assert read_month(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("2026", REIWA_8), *((text, None) for text in ("26", "9999", "２０２６", "2026-11", ""))],
)
def test_reading_a_year(text, found):
    assert read_year(text) == found


def test_what_comes_before_and_after():
    assert (NOVEMBER.before().named(), NOVEMBER.after().named()) == ("2026-10", "2026-12")
    assert (REIWA_8.before().named(), REIWA_8.after().named()) == ("2025", "2027")


def test_a_day_is_japans():
    assert NOVEMBER.begins == datetime(2026, 10, 31, 15, tzinfo=UTC)
    assert NOVEMBER.ends == datetime(2026, 11, 30, 15, tzinfo=UTC)
    assert (NOVEMBER.days, REIWA_8.days) == (30, 365)


def test_weeks_begin_on_monday_and_leave_no_day_out():
    weeks = NOVEMBER.weeks()
    assert [(each.first.day, each.last.day) for each in weeks] == [
        (1, 1), (2, 8), (9, 15), (16, 22), (23, 29), (30, 30),
    ]  # fmt: skip
    assert sum(each.days for each in REIWA_8.weeks()) == REIWA_8.days


def test_a_year_has_twelve_months():
    assert [each.named() for each in REIWA_8.months()] == [
        *(f"2026-{month:02}" for month in range(4, 13)),
        *(f"2027-{month:02}" for month in range(1, 4)),
    ]
    assert NOVEMBER.months() == (NOVEMBER,)
