"""Hearings to come and those that are over, by the day in Japan; what ships is as the city published it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from faq.hearings import HEARINGS, Hearing, HearingId, HearingState, ahead, over
from faq.sentences import Fault
from tests.faq.cities import SHIPPED, records
from tests.faq.place_files import HEARING

DAY = HEARING.day
assert DAY is not None
A_DAY = timedelta(days=1)


def hearing(name: str, day: date | None, state: HearingState = HearingState.PLANNED) -> Hearing:
    return replace(HEARING, id=HearingId(name), day=day, dates="" if day else "春", state=state)


NEXT, LATER = hearing("next", DAY), hearing("later", DAY + 30 * A_DAY)
SOMETIME = hearing("sometime", None)
OFF = hearing("off", DAY + A_DAY, HearingState.CANCELLED)
LAST = hearing("last", DAY - 30 * A_DAY, HearingState.HELD)
LONG_AGO = hearing("long-ago", None, HearingState.HELD)
ALL = (LATER, LONG_AGO, OFF, SOMETIME, LAST, NEXT)


def test_the_next_stands_first_and_what_has_no_day_last():
    assert ahead(ALL, DAY) == (NEXT, OFF, LATER, SOMETIME)
    assert over(ALL, DAY) == (LAST, LONG_AGO)


def test_a_hearing_is_over_the_day_after_and_one_that_was_cancelled_never_was():
    assert ahead((NEXT, OFF), DAY + A_DAY) == (OFF,)
    assert over((NEXT, OFF), DAY + 2 * A_DAY) == (NEXT,)


@pytest.mark.parametrize(
    ("changed", "day", "takes"),
    [
        ({}, HEARING.apply_by, True),
        ({}, date(2026, 12, 2), False),
        ({"apply_by": None}, DAY, True),
        ({"apply_by": None}, DAY + A_DAY, False),
        ({"state": HearingState.CANCELLED}, date(2026, 11, 1), False),
    ],
)
def test_until_when_applications_are_taken(changed, day, takes):
    assert replace(HEARING, **changed).takes_applications(day) is takes


@pytest.mark.parametrize(
    ("changed", "column", "fault"),
    [
        ({"day": None}, "日付", Fault.HEARING_WHEN),
        ({"apply_by": DAY + A_DAY}, "申込締切", Fault.REVERSED_PERIOD),
        ({"ends": None}, "終了時刻", Fault.HALF_TIME),
    ],
)
def test_what_does_not_fit_is_told(changed, column, fault):
    assert HEARINGS.check is not None
    assert [(each.column, each.reason) for each in HEARINGS.check(replace(HEARING, **changed))] == [
        (column, fault)
    ]


def test_the_four_of_2021_ship_with_the_figures_of_the_citys_book():
    shipped = [each for each in records(SHIPPED, "hearings") if each.day and each.day.year == 2021]
    assert sorted((each.day.isoformat(), each.people) for each in shipped) == [
        ("2021-05-27", 14),
        ("2021-07-17", 12),
        ("2021-07-20", 9),
        ("2021-11-04", 25),
    ]


def test_the_ten_of_2015_were_two_in_each_ward_and_no_day_is_made_up():
    shipped = [each for each in records(SHIPPED, "hearings") if each.id.startswith("dondon-2015")]
    wards = [each.ward for each in shipped]
    assert len(wards) == 10
    assert {wards.count(ward) for ward in wards} == {2}
    assert {each.day for each in shipped} == {None, date(2015, 8, 3), date(2015, 11, 6)}
