from datetime import date

import pytest

from faq.cells import Wrong
from faq.recurrence import days
from faq.recurrence_cells import RECURRENCE, counts_from_a_day
from faq.sentences import Fault

PARTS = "FREQ、INTERVAL、BYDAY、BYMONTHDAY、BYMONTH、BYSETPOS、WKST"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", None),
        ("FREQ=DAILY", None),
        ("FREQ=MONTHLY;BYDAY=1TH,3TH", None),
        ("FREQ=MONTHLY;BYDAY=5MO", None),
        ("FREQ=MONTHLY;BYDAY=-1FR", None),
        ("FREQ=MONTHLY;BYMONTHDAY=10,-1", None),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2", None),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", None),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU", None),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO;", "FREQ=WEEKLY;BYDAY=MO"),
        ("ｆｒｅｑ＝weekly；byday＝mo, we", "FREQ=WEEKLY;BYDAY=MO,WE"),
    ],
)
def test_rules_from_which_days_follow(written: str, kept: str | None) -> None:
    assert RECURRENCE.parse(written) == (kept or written)
    first = date(2024, 1, 1)
    assert list(days(kept or written, first, first, date(2027, 12, 31)))


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("月・水・金", Fault.BAD_RULE),
        ("BYDAY=MO", Fault.BAD_RULE),
        ("FREQ=HOURLY", Fault.BAD_RULE),
        ("FREQ=WEEKLY;BYDAY=MON", Fault.BAD_RULE),
        ("FREQ=WEEKLY;BYDAY=", Fault.BAD_RULE),
        ("FREQ=WEEKLY;BYDAY=MO,", Fault.BAD_RULE),
        ("FREQ=WEEKLY;FREQ=DAILY;BYDAY=MO", Fault.BAD_RULE),
        ("FREQ=WEEKLY;INTERVAL=0;BYDAY=MO", Fault.BAD_RULE),
        ("FREQ=MONTHLY;BYDAY=6MO", Fault.BAD_RULE),
        ("FREQ=MONTHLY;BYMONTHDAY=32", Fault.BAD_RULE),
        ("FREQ=MONTHLY;BYDAY=MO;BYMONTH=13", Fault.BAD_RULE),
        ("FREQ=WEEKLY;BYDAY=MO\nEXDATE:20261123", Fault.BAD_RULE),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=3", Fault.RULE_PART.format(value="COUNT", allowed=PARTS)),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20270331", Fault.RULE_PART.format(value="UNTIL", allowed=PARTS)),
        ("FREQ=DAILY;BYHOUR=9", Fault.RULE_PART.format(value="BYHOUR", allowed=PARTS)),
        ("FREQ=WEEKLY", Fault.RULE_WITHOUT_DAY),
        ("FREQ=MONTHLY", Fault.RULE_WITHOUT_DAY),
        ("FREQ=YEARLY;BYMONTHDAY=1", Fault.RULE_WITHOUT_DAY),
        ("FREQ=WEEKLY;BYDAY=1MO", Fault.RULE_ORDINAL),
        ("FREQ=DAILY;BYMONTHDAY=3", Fault.RULE_ORDINAL),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1", Fault.RULE_ORDINAL),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", Fault.RULE_NEVER),
    ],
)
def test_rules_that_would_make_days_up(written: str, reason: str) -> None:
    assert RECURRENCE.parse(written) == Wrong(reason)


def test_every_other_week_counts_from_a_day() -> None:
    assert counts_from_a_day("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")
    assert not counts_from_a_day("FREQ=WEEKLY;BYDAY=MO")
