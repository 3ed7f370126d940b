"""National holidays, and runs of days off."""

from datetime import date

import pytest

from nlp.days.vocabulary import HOLIDAYS
from nlp.holidays import holiday_name, is_day_off, is_holiday, next_run, workday_after


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 5, 6), "振替休日"),
        (date(2026, 9, 22), "国民の休日"),
        (date(2026, 11, 23), "勤労感謝の日"),
        (date(2027, 3, 22), "振替休日"),
    ],
)
def test_holidays_in_lieu_and_between(day: date, name: str):
    assert name in holiday_name(day)
    assert is_holiday(day)
    assert is_day_off(day)


@pytest.mark.parametrize("year", [1, 1947, 2100, 9999])
def test_years_that_the_law_says_nothing_about(year: int):
    assert holiday_name(date(year, 1, 1)) == ""


def test_the_next_days_off_in_a_row():
    run = (date(2026, 11, 21), date(2026, 11, 23))
    assert next_run(date(2026, 11, 16)) == run
    assert next_run(date(2026, 11, 22)) == run
    assert next_run(date(2026, 11, 24)) == (date(2027, 1, 1), date(2027, 1, 3))


def test_the_workday_after():
    assert workday_after(date(2026, 11, 20)) == date(2026, 11, 24)
    assert workday_after(date(2027, 4, 29)) == date(2027, 4, 30)


@pytest.mark.parametrize(("name", "month"), sorted(set(HOLIDAYS.values())))
def test_holidays_are_in_the_month_that_the_law_gives_them(name: str, month: int):
    for year in range(2022, 2031):
        days = [date(year, month, day) for day in range(1, 31 if month != 2 else 29)]
        assert sum(holiday_name(day) == name for day in days) == 1
