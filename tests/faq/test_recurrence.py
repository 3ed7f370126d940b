"""Rules of days that come again."""

from datetime import date

import pytest

from faq.recurrence import check, days


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;BYDAY=MO,WE,FR",
        "RRULE:FREQ=MONTHLY;BYDAY=1MO,3MO",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTHDAY=15;BYMONTH=4,10",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;UNTIL=20270331",
    ],
)
def test_rules_that_can_be_read(rule: str) -> None:
    check(rule, None)


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("", "not a rule of days"),
        ("毎週月曜", "not a rule of days"),
        ("BYDAY=MO", "lacks FREQ"),
        ("FREQ=HOURLY", "not a rule of days"),
        ("FREQ=WEEKLY;BYDAY=月", "not a rule of days"),
        ("FREQ=WEEKLY;BYDAY=1MO", "neither MONTHLY nor YEARLY"),
        ("FREQ=MONTHLY;BYDAY=6MO", "not a rule of days"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "not a rule of days"),
        ("FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1", "not a rule of days"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "has no day"),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261301", "UNTIL"),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270101T000000Z", "not a rule of days"),
        ("FREQ=WEEKLY;BYDAY=MO\nEXDATE:20260101", "not a rule of days"),
        ("FREQ=WEEKLY;BYEASTER=1", "not a rule of days"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "counts from a first day"),
        ("FREQ=WEEKLY", "counts from a first day"),
        ("FREQ=DAILY;COUNT=3", "counts from a first day"),
    ],
)
def test_rules_that_cannot(rule: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        check(rule, None)


def test_days_of_several_years() -> None:
    found = days("FREQ=MONTHLY;BYDAY=2SU", None, date(2026, 12, 13), date(2027, 2, 14))
    assert list(found) == [date(2026, 12, 13), date(2027, 1, 10), date(2027, 2, 14)]
