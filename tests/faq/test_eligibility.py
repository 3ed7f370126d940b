"""Who may come: ages as Japanese law counts them, at the end of the fiscal year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.eligibility import age_on, fiscal_year_end, fits
from faq.terms import Ages

OLD = Ages(75, None)
MIDDLE = Ages(40, 74)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2026-04-01", "2027-03-31"),
        ("2026-12-31", "2027-03-31"),
        ("2027-01-01", "2027-03-31"),
        ("2027-03-31", "2027-03-31"),
        ("2027-04-01", "2028-03-31"),
        ("2028-02-29", "2028-03-31"),
    ],
)
def test_the_fiscal_year_ends_on_31_march(day: str, end: str) -> None:
    assert fiscal_year_end(date.fromisoformat(day)) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("1986-11-24", "2026-11-22", 39),
        ("1986-11-24", "2026-11-23", 40),  # complete with the end of the day before the birthday
        ("1986-11-24", "2026-11-24", 40),
        ("1987-03-31", "2027-03-31", 40),
        ("1987-04-01", "2027-03-31", 40),
        ("1987-04-02", "2027-03-31", 39),
        ("2000-02-29", "2026-02-27", 25),
        ("2000-02-29", "2026-02-28", 26),
        ("2000-02-29", "2028-02-27", 27),
        ("2000-02-29", "2028-02-28", 28),
        ("2000-02-29", "2028-02-29", 28),
        ("2000-03-01", "2028-02-28", 27),
        ("2000-03-01", "2028-02-29", 28),
        ("2000-01-01", "2026-12-31", 27),
        ("2026-11-24", "2026-11-24", 0),
    ],
)
def test_whole_years_as_the_law_counts_them(born: str, day: str, age: int) -> None:
    assert age_on(date.fromisoformat(born), date.fromisoformat(day)) == age


@pytest.mark.parametrize(
    ("ages", "born", "day", "may"),
    [
        # Who is 75 by 31 March 2027, in the fiscal year 2026
        (OLD, "1952-03-31", "2026-04-01", True),
        (OLD, "1952-04-01", "2026-04-01", True),
        (OLD, "1952-04-02", "2026-04-01", False),
        (OLD, "1952-04-02", "2027-03-31", False),
        (OLD, "1952-04-02", "2027-04-01", True),
        # 39 today, and 40 by the year's end: may come; 74 today, and 75 by the year's end: may not
        (MIDDLE, "1987-04-01", "2026-04-01", True),
        (MIDDLE, "1987-04-02", "2026-04-01", False),
        (MIDDLE, "1952-04-02", "2026-04-01", True),
        (MIDDLE, "1952-04-01", "2026-04-01", False),
        (Ages(20, 20), "2006-04-02", "2026-11-24", True),
        (Ages(20, 20), "2007-04-01", "2026-11-24", True),
        (Ages(20, 20), "2007-04-02", "2026-11-24", False),
        (Ages(20, 20), "2006-04-01", "2026-11-24", False),
        (Ages(None, 39), "1987-04-02", "2026-11-24", True),
        (Ages(None, 39), "1987-04-01", "2026-11-24", False),
        (Ages(28, 28), "2000-02-29", "2027-04-01", True),
    ],
)
def test_the_age_at_the_end_of_the_fiscal_year_counts(ages: Ages, born: str, day: str, may: bool) -> None:
    assert fits(ages, date.fromisoformat(born), date.fromisoformat(day)) is may


@given(born=st.dates(date(1920, 1, 1), date(2026, 1, 1)), days=st.integers(0, 36_000))
def test_nobody_gets_younger_and_everybody_a_year_older_in_a_year(born: date, days: int) -> None:
    day = born + timedelta(days=days)
    assert age_on(born, day + timedelta(days=1)) - age_on(born, day) in (0, 1)
    assert age_on(born, day.replace(day=28) + timedelta(days=366)) > age_on(born, day.replace(day=28))
