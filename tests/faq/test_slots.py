"""Slots are made from real dates and known seats, and from nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.counters import Closure, SectionId, Service, Unusual
from faq.holidays import is_year_end
from faq.programmes import Held, Programme
from faq.schedule import Schedule
from faq.slots import SlotDraft, apart, drafts, mark, why_gone
from faq.terms import Mode, Sort, Terms
from nlp.holidays import holiday_name
from nlp.japan import JAPAN
from tests.faq.place_files import CLOSURE, PROGRAMME, PROGRAMME_DAY, TERMS

EVERY_MONDAY = replace(
    PROGRAMME,
    recurrence="FREQ=WEEKLY;BYDAY=MO",
    starts=time(13),
    ends=time(14),
    valid_from=None,
    valid_to=None,
)
HALF_HOURS = replace(TERMS, minutes=30, seats=2, ahead=14)
MORNING = datetime(2026, 11, 24, 9, tzinfo=JAPAN)
"""A Tuesday."""


def made(
    terms: Terms = HALF_HOURS,
    programme: Programme = EVERY_MONDAY,
    days: object = (),
    closures: tuple[Closure, ...] = (),
    now: datetime = MORNING,
) -> list[str]:
    """The beginnings of the slots in Japan's time."""
    return [_local(draft) for draft in drafted(terms, programme, days, closures, now)]


def drafted(terms, programme=EVERY_MONDAY, days=(), closures=(), now=MORNING) -> tuple[SlotDraft, ...]:
    return drafts(terms, Schedule.of([programme], days), closures, now)


def _local(draft: SlotDraft) -> str:
    return draft.starts_at.astimezone(JAPAN).strftime("%m-%d %H:%M")


MONDAYS = ["11-30 13:00", "11-30 13:30", "12-07 13:00", "12-07 13:30"]


def test_a_slot_says_when_where_and_for_how_many():
    first = drafted(HALF_HOURS)[0]
    assert first == SlotDraft(
        programme=PROGRAMME.id,
        starts_at=datetime(2026, 11, 30, 4, tzinfo=UTC),
        ends_at=datetime(2026, 11, 30, 4, 30, tzinfo=UTC),
        place=PROGRAMME.place,
        office=PROGRAMME.office,
        seats=2,
    )


def test_as_many_days_ahead_as_the_terms_say():
    assert made() == MONDAYS
    assert made(replace(HALF_HOURS, ahead=12)) == MONDAYS[:2]
    assert made(replace(HALF_HOURS, ahead=13)) == MONDAYS
    assert made(replace(HALF_HOURS, ahead=0)) == []


@pytest.mark.parametrize(
    "terms",
    [
        replace(HALF_HOURS, open=False),
        replace(HALF_HOURS, seats=None),
        replace(HALF_HOURS, sort=Sort.APPLICATION),
    ],
)
def test_nothing_is_made_of_what_is_shut_or_not_known(terms):
    assert made(terms) == []


def test_where_only_a_frequency_is_known_there_are_no_slots_but_on_entered_days():
    sometimes = replace(EVERY_MONDAY, recurrence="", frequency="月3回")
    assert made(programme=sometimes) == []
    entered = replace(PROGRAMME_DAY, day=date(2026, 12, 2), starts=time(10), ends=time(11))
    assert made(programme=sometimes, days=[entered]) == ["12-02 10:00", "12-02 10:30"]


def test_where_no_time_is_known_there_are_no_slots():
    assert made(programme=replace(EVERY_MONDAY, starts=None, ends=None)) == []


@pytest.mark.parametrize(
    ("minutes", "starts"),
    [
        (30, ["13:00", "13:30"]),
        (25, ["13:00", "13:25"]),
        (60, ["13:00"]),
        (61, []),
        (None, ["13:00"]),
    ],
)
def test_slots_fill_the_time_and_none_goes_beyond_its_end(minutes, starts):
    slots = drafted(replace(HALF_HOURS, minutes=minutes, ahead=12))
    assert [_local(slot)[6:] for slot in slots] == starts
    assert all(slot.ends_at <= datetime(2026, 11, 30, 5, tzinfo=UTC) for slot in slots)


def test_what_has_begun_is_not_made():
    assert made(now=datetime(2026, 11, 30, 13, tzinfo=JAPAN)) == [*MONDAYS[1:], "12-14 13:00", "12-14 13:30"]


def test_the_day_is_japans_at_every_hour():
    late = datetime(2026, 11, 30, 0, 5, tzinfo=JAPAN)  # the 29th in UTC
    assert made(replace(HALF_HOURS, ahead=0), now=late) == MONDAYS[:2]
    before_midnight = datetime(2026, 11, 29, 23, 55, tzinfo=JAPAN)
    assert made(replace(HALF_HOURS, ahead=0), now=before_midnight) == []
    assert made(replace(HALF_HOURS, ahead=1), now=before_midnight) == MONDAYS[:2]


def test_no_slots_on_holidays_and_at_the_years_end():
    every_day = replace(EVERY_MONDAY, recurrence="FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR,SA,SU", ends=time(13, 30))
    slots = drafted(replace(HALF_HOURS, ahead=60), every_day)
    days = {slot.starts_at.astimezone(JAPAN).date() for slot in slots}
    assert not any(is_year_end(day) or holiday_name(day) for day in days)
    assert {date(2026, 12, 28), date(2027, 1, 4)} <= days
    assert days.isdisjoint({date(2026, 12, 29), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 3)})


def test_a_cancelled_day_has_no_slots():
    cancelled = replace(
        PROGRAMME_DAY, day=date(2026, 11, 30), held=Held.CANCELLED, starts=None, ends=None, place=""
    )
    assert made(days=[cancelled]) == MONDAYS[2:]


WHOLE_DAY = replace(CLOSURE, first=date(2026, 11, 30), last=date(2026, 11, 30), opens=None, closes=None)


@pytest.mark.parametrize(
    ("closure", "left"),
    [
        (WHOLE_DAY, MONDAYS[2:]),
        (replace(WHOLE_DAY, office=None), MONDAYS[2:]),
        (replace(WHOLE_DAY, office="K999"), MONDAYS),
        (replace(WHOLE_DAY, last=date(2026, 12, 7)), []),
        (replace(WHOLE_DAY, opens=time(13, 20), closes=time(13, 40)), MONDAYS[2:]),
        (replace(WHOLE_DAY, opens=time(13, 30), closes=time(17)), [MONDAYS[0], *MONDAYS[2:]]),
        (replace(WHOLE_DAY, opens=time(9), closes=time(13)), MONDAYS),
        (replace(WHOLE_DAY, section=SectionId("chuo-zeimu")), MONDAYS),
        (replace(WHOLE_DAY, section=TERMS.section), MONDAYS[2:]),
        (replace(WHOLE_DAY, service=Service.TELEPHONE), MONDAYS),
        (replace(WHOLE_DAY, service=Service.COUNTER), MONDAYS[2:]),
        (replace(WHOLE_DAY, kind=Unusual.OPEN, opens=time(9), closes=time(10)), MONDAYS),
    ],
)  # fmt: skip
def test_what_a_closure_takes_has_no_slots(closure, left):
    assert made(closures=(closure,)) == left


def test_by_telephone_the_telephones_closures_count():
    by_telephone = replace(HALF_HOURS, modes=(Mode.TELEPHONE,))
    assert made(by_telephone, closures=(replace(WHOLE_DAY, service=Service.COUNTER),)) == MONDAYS
    assert made(by_telephone, closures=(replace(WHOLE_DAY, service=Service.TELEPHONE),)) == MONDAYS[2:]


def test_an_extra_opening_of_the_office_comes_after_a_closure_of_the_city():
    city = replace(WHOLE_DAY, office=None)
    open_all_the_same = replace(WHOLE_DAY, id="open", kind=Unusual.OPEN, opens=time(13), closes=time(13, 30))
    for closures in ((city, open_all_the_same), (open_all_the_same, city)):
        assert made(closures=closures) == [MONDAYS[0], *MONDAYS[2:]]


def test_at_another_place_only_closures_of_the_whole_city_count():
    elsewhere = replace(PROGRAMME_DAY, day=date(2026, 11, 30), starts=time(13), ends=time(14), place="公民館")
    found = drafted(HALF_HOURS, days=[elsewhere], closures=[WHOLE_DAY])
    assert [(slot.place, slot.office) for slot in found[:2]] == [("公民館", None)] * 2
    assert made(days=[elsewhere], closures=(replace(WHOLE_DAY, office=None),)) == MONDAYS[2:]


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    minutes=st.none() | st.integers(1, 240),
    ahead=st.integers(0, 90),
)
def test_slots_never_overlap_and_lie_in_the_programmes_time(now, minutes, ahead):
    slots = drafted(replace(HALF_HOURS, minutes=minutes, ahead=ahead), now=now)
    assert all(early.ends_at <= late.starts_at for early, late in pairwise(slots))
    for slot in slots:
        begins, ends = slot.starts_at.astimezone(JAPAN), slot.ends_at.astimezone(JAPAN)
        assert begins.weekday() == 0
        assert time(13) <= begins.time() < ends.time() <= time(14)
        assert now < slot.starts_at < now + timedelta(days=ahead + 1)
    assert slots == drafted(replace(HALF_HOURS, minutes=minutes, ahead=ahead), now=now)


# Beside slots that are there ------------------------------------------------------------------------


def at(begins: str, minutes: int = 30, programme: str = "legal", place: str = "") -> SlotDraft:
    """A slot on 30 November."""
    starts = datetime.combine(date(2026, 11, 30), time.fromisoformat(begins), JAPAN).astimezone(UTC)
    return SlotDraft(programme, starts, starts + timedelta(minutes=minutes), place, None, 1)


@pytest.mark.parametrize(
    ("there", "left"),
    [
        ([], ["13:00", "13:30", "14:00"]),
        ([at("13:00")], ["13:30", "14:00"]),
        ([at("13:20", 20)], ["14:00"]),
        ([at("13:00", place="別館")], ["13:30", "14:00"]),
        ([at("12:00", 180)], []),
        ([at("12:30"), at("14:30")], ["13:00", "13:30", "14:00"]),
        ([at("13:00", programme="tax")], ["13:00", "13:30", "14:00"]),
    ],
)
def test_no_slot_is_made_over_another_of_its_programme(there, left):
    wanted = [at("13:00"), at("13:30"), at("14:00")]
    assert [_local(draft)[6:] for draft in apart(wanted, there)] == left


CANCELLED = replace(
    PROGRAMME_DAY, day=date(2026, 11, 30), held=Held.CANCELLED, starts=None, ends=None, place=""
)


@pytest.mark.parametrize(
    ("day", "slot", "gone"),
    [
        (CANCELLED, at("13:00"), True),
        (replace(CANCELLED, day=date(2026, 12, 1)), at("13:00"), False),
        (replace(CANCELLED, starts=time(13), ends=time(14)), at("13:30"), True),
        (replace(CANCELLED, starts=time(13), ends=time(14)), at("14:00"), False),
        (replace(CANCELLED, place="公民館"), at("13:00", place="公民館"), True),
        (replace(CANCELLED, place="公民館"), at("13:00"), False),
        (replace(CANCELLED, held=Held.ON, starts=time(9), ends=time(10)), at("13:00"), False),
    ],
)
def test_a_slot_of_a_cancelled_day_is_gone(day, slot, gone):
    schedule = Schedule.of([EVERY_MONDAY], [day])
    assert why_gone(slot, HALF_HOURS, schedule, []) == (day if gone else None)


def test_a_slot_of_a_closed_day_is_gone():
    schedule = Schedule.of([EVERY_MONDAY], [])
    here = replace(at("13:00"), office=PROGRAMME.office)
    assert why_gone(here, HALF_HOURS, schedule, [WHOLE_DAY]) == WHOLE_DAY
    assert why_gone(at("13:00"), HALF_HOURS, schedule, [WHOLE_DAY]) is None, "nobody knows where that is"
    assert why_gone(here, HALF_HOURS, schedule, [replace(WHOLE_DAY, opens=time(8), closes=time(12))]) is None


def test_a_cause_is_another_once_it_says_other_days_or_hours():
    later = replace(WHOLE_DAY, last=date(2026, 12, 1))
    shorter = replace(WHOLE_DAY, opens=time(9), closes=time(12))
    other_words = replace(WHOLE_DAY, reason="台風のため")
    causes = (WHOLE_DAY, later, shorter, CANCELLED, replace(CANCELLED, starts=time(13), ends=time(14)))
    assert len({mark(cause) for cause in causes}) == 5
    assert mark(other_words) == mark(WHOLE_DAY)
    assert len(mark(replace(WHOLE_DAY, id="x" * 64))) <= 100
