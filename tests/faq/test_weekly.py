"""Weekly hours in the OpenStreetMap syntax, day by day."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from faq.spans import WHOLE_DAY, Spans
from faq.weekly import NOBODY_KNOWS, Reading, check, read


def minutes(text: str) -> Spans:
    """09:00-12:00 13:00-16:30; past midnight is 26:00."""
    spans = []
    for span in text.split():
        begins, ends = (int(each[:2]) * 60 + int(each[3:]) for each in span.split("-"))
        spans.append((begins, ends))
    return tuple(spans)


@pytest.mark.parametrize(
    ("weekly", "day", "expected"),
    [
        ("Mo-Fr 09:00-16:30; PH off", "2026-11-24", "09:00-16:30"),
        ("Mo-Fr 09:00-16:30; PH off", "2026-11-23", ""),
        ("Mo-Fr 9:00-16:30", "2026-11-23", "09:00-16:30"),
        ("Sa,Su,PH off", "2026-11-24", ""),
        ("Mo-Su 09:00-17:00; Sa,Su,PH off", "2026-11-23", ""),
        ("Mo-Fr,PH 09:00-17:00", "2026-05-03", "09:00-17:00"),
        ("Mo-Fr 09:00-17:00; PH 10:00-15:00", "2026-05-06", "10:00-15:00"),
        ("Tu-Su 09:00-17:00; PH +1 day off", "2026-11-24", ""),
        ("Tu-Su 09:00-17:00; PH +1 day off", "2026-11-25", "09:00-17:00"),
        ("Mo-Fr 17:00-20:00; PH -1 day off", "2026-11-20", "17:00-20:00"),
        ("Mo-Su 17:00-20:00; PH -1 day off", "2026-11-22", ""),
        ("Mo-Fr 09:00-12:00,13:00-16:30", "2026-11-24", "09:00-12:00 13:00-16:30"),
        ("Mo-Fr 09:00-12:00, Mo-Fr 13:00-16:30", "2026-11-24", "09:00-12:00 13:00-16:30"),
        ("Mo-Fr 22:00-02:00", "2026-11-20", "22:00-26:00"),
        ("Mo-Fr 22:00-02:00", "2026-11-21", ""),
        ("Mo-Fr 22:00-02:00; PH off", "2026-11-23", ""),
        ("Mo-Sa 00:00-02:00,22:00-02:00", "2026-11-20", "00:00-02:00 22:00-26:00"),
        ("Mo-Fr 22:00 - 02:00", "2026-11-20", "22:00-26:00"),
        ("Mo-Fr 18:00-00:00", "2026-11-20", "18:00-24:00"),
        ("Mo-Fr 18:00-24:00", "2026-11-20", "18:00-24:00"),
        ("Fr 20:00-20:00", "2026-11-20", "20:00-44:00"),
        ("Fr 20:00-02:00; Sa 10:00-17:00", "2026-11-20", "20:00-26:00"),
        ("Fr 20:00-02:00; Sa 10:00-17:00", "2026-11-21", "10:00-17:00"),
        ("24/7", "2026-11-23", "00:00-24:00"),
        ("24/7; PH off", "2026-11-23", ""),
        ("Mo-Su", "2026-11-23", "00:00-24:00"),
        ("Sa[1,3] 09:00-12:00", "2026-11-21", "09:00-12:00"),
        ("Sa[1,3] 09:00-12:00", "2026-11-28", ""),
        ("Sa[-1] 09:00-12:00", "2026-11-28", "09:00-12:00"),
        ("Mo-Su 09:00-17:00; Sa[2] off", "2026-11-14", ""),
        ("Mo-Su 09:00-17:00; Dec 29-Jan 03 off", "2027-01-03", ""),
        ("Mo-Su 09:00-17:00; Dec 29-Jan 03 off", "2027-01-04", "09:00-17:00"),
        ("Mo-Su 09:00-17:00; Feb 29 off", "2028-02-29", ""),
        ("Apr-Sep 09:00-18:00; Oct-Mar 09:00-17:00", "2026-11-23", "09:00-17:00"),
        ('Mo-Fr 09:00-17:00 "PH 22:00-02:00 要予約"', "2026-11-24", "09:00-17:00"),
        ("off", "2026-11-24", ""),
    ],
)
def test_the_spans_that_begin_on_a_day(weekly: str, day: str, expected: str) -> None:
    check(weekly)
    assert read(weekly, date.fromisoformat(day)) == Reading(minutes(expected))


def test_hours_that_say_they_are_unknown() -> None:
    found = read("Mo-Fr 09:00-12:00; Mo-Fr 13:00-17:00 unknown", date(2026, 11, 24))
    assert found.unknown == minutes("13:00-17:00")


@pytest.mark.parametrize(("weekly", "day"), [("", date(2026, 11, 24)), ("24/7", date(9999, 12, 31))])
def test_nobody_knows(weekly: str, day: date) -> None:
    assert read(weekly, day) == NOBODY_KNOWS == Reading((), WHOLE_DAY)


@pytest.mark.parametrize(
    "weekly",
    [
        "9時から5時まで",
        "nine to five",
        "Mo-Fr 09:00-25:00",
        "Mo-Fr 25:00-26:00",
        "Mo-Fr 09:60-10:00",
        "Mo-Fr 09:00",
        "Mo-Fr 09:00+",
        "Mo-Fr 09:00-17:00+",
        "sunrise-sunset",
        "Mo-Fr 09:00-sunset",
        "Mo-Fr 09:00-17:00; SH off",
        "Mo-Fr 09:00-17:00; PH Mo-Fr off",
        "Mo-Fr 09:00-17:00; Sa,PH,Su off",
        "Mo-Fr 10:00-16:00/02:00",
    ],
)
def test_hours_that_cannot_be_read(weekly: str) -> None:
    with pytest.raises(ValueError, match="not opening hours"):
        check(weekly)
    with pytest.raises(ValueError, match="not opening hours"):
        read(weekly, date(2026, 11, 24))


@settings(deadline=None)
@given(
    st.sampled_from(
        (
            "Mo-Fr 08:30-17:15; Dec 29-Jan 03 off",
            "Mo-Fr 09:00-12:00,13:00-16:30; Sa[2] 09:00-12:00",
            "Mo-Su 22:00-02:00",
            "Apr-Sep 09:00-18:00; Oct-Mar 09:00-17:00",
        )
    ),
    st.dates(date(2025, 1, 1), date(2030, 12, 31)),
    st.integers(0, 24 * 60 - 1),
)
def test_as_the_library_where_no_holiday_and_no_other_rule_matters(
    weekly: str, day: date, minute: int
) -> None:
    moment = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001
    ours = any(
        begins <= minute + past * 24 * 60 < ends
        for past in (0, 1)
        for begins, ends in read(weekly, day - timedelta(days=past)).open
    )
    assert ours == OpeningHours(weekly).is_open(moment)
