"""Days that come again."""

from datetime import date

import pytest

from faq.recurrence import days


@pytest.mark.parametrize(
    ("rule", "first", "last", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=2SU", "2026-12-13", "2027-02-14", "12-13 01-10 02-14"),
        ("RRULE:FREQ=MONTHLY;BYDAY=1MO,3MO", "2026-11-03", "2026-12-31", "11-16 12-07 12-21"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-10-01", "2026-12-31", "10-30 11-30 12-31"),
        ("FREQ=MONTHLY;BYDAY=5SA", "2028-01-01", "2028-06-30", "01-29 04-29"),
        ("FREQ=DAILY", "2028-02-28", "2028-03-01", "02-28 02-29 03-01"),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-11-22", "2026-11-22", ""),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-11-23", "2026-11-22", ""),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-12-20", "2027-01-31", "12-22 01-05 01-19"),
        ("FREQ=DAILY;COUNT=3", "2026-01-01", "2027-12-31", "11-24 11-25 11-26"),
    ],
)
def test_the_days_of_a_rule(rule: str, first: str, last: str, expected: str) -> None:
    counted_from = date(2026, 11, 24)
    found = days(rule, counted_from, date.fromisoformat(first), date.fromisoformat(last))
    assert " ".join(f"{day:%m-%d}" for day in found) == expected


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "FREQ=WEEKLY", "FREQ=DAILY;COUNT=3"])
def test_what_is_counted_needs_a_first_day(rule: str) -> None:
    with pytest.raises(ValueError, match="counts from a first day"):
        list(days(rule, None, date(2026, 1, 1), date(2026, 12, 31)))


def test_what_is_no_rule() -> None:
    with pytest.raises(ValueError, match="FREQ"):
        list(days("FREQ=FORTNIGHTLY;BYDAY=MO", None, date(2026, 1, 1), date(2026, 12, 31)))
