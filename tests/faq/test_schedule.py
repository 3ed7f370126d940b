"""On which days consultations are held."""

from datetime import date, time

import pytest

from faq.models import OfficeId, Provenance, Status
from faq.programmes import Held, Programme, ProgrammeDay, ProgrammeId
from faq.schedule import Dates, FrequencyOnly, Schedule

LIST = Provenance("一覧", "", date(2026, 4, 1), None, None, Status.CONFIRMED)
NEWS = Provenance("お知らせ", "", date(2026, 6, 1), None, None, Status.CONFIRMED)


def programme(
    programme_id: str,
    recurrence: str,
    *aliases: str,
    on_holidays: bool = False,
    valid: tuple[str, str] = ("", ""),
) -> Programme:
    first, last = (date.fromisoformat(day) if day else None for day in valid)
    return Programme(
        id=ProgrammeId(programme_id),
        name=programme_id,
        aliases=aliases,
        held_by="弁護士",
        office=OfficeId("市役所"),
        place="市役所2階",
        ward="",
        frequency="",
        recurrence=recurrence,
        starts=time(13),
        ends=time(16),
        on_holidays=on_holidays,
        valid_from=first,
        valid_to=last,
        booking="",
        telephone="",
        description="",
        link="",
        provenance=LIST,
    )


def entered(
    programme_id: str, day: str, held: Held = Held.ON, starts: str = "", place: str = "", note: str = ""
) -> ProgrammeDay:
    return ProgrammeDay(
        programme=ProgrammeId(programme_id),
        day=date.fromisoformat(day),
        held=held,
        starts=time.fromisoformat(starts) if starts else None,
        ends=None,
        place=place,
        note=note,
        provenance=NEWS,
    )


PROGRAMMES = (
    programme("法律相談", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "弁護士", "遺言"),
    programme("登記相談", "FREQ=MONTHLY;BYDAY=1TH,3TH", "司法書士", "遺言"),
    programme("休日相談", "FREQ=WEEKLY;BYDAY=MO", on_holidays=True),
    programme("隔週相談", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", valid=("2026-04-07", "2027-03-31")),
    programme("月末相談", "FREQ=MONTHLY;BYDAY=-1FR"),
    programme("31日相談", "FREQ=MONTHLY;BYMONTHDAY=31", on_holidays=True),
    programme("うるう日相談", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
    programme("夏の相談", "FREQ=WEEKLY;BYDAY=TH", valid=("2026-07-10", "2026-07-30")),
    programme("三日相談", "FREQ=DAILY;COUNT=3", valid=("2026-06-01", "")),
    programme("税務相談", "", "税理士"),
    programme("区の法律相談", ""),
)
DAYS = (
    entered("法律相談", "2026-06-05", Held.CANCELLED, note="弁護士の都合"),
    entered("法律相談", "2026-06-08", starts="10:00", place="東区役所", note="場所が変わります"),
    entered("法律相談", "2026-06-11", note="1日ふえます"),
    entered("法律相談", "2026-11-23", note="祝日もします"),
    entered("夏の相談", "2026-08-06", note="好評につき"),
    entered("税務相談", "2026-06-15"),
    entered("税務相談", "2026-06-22"),
    entered("税務相談", "2026-06-22", Held.CANCELLED),
    entered("区の法律相談", "2026-06-10", starts="13:30", place="西区役所"),
    entered("区の法律相談", "2026-06-10", starts="13:30", place="北区役所"),
    entered("区の法律相談", "2026-06-17", starts="13:30", place="西区役所"),
    entered("区の法律相談", "2026-06-17", starts="13:30", place="北区役所"),
    entered("区の法律相談", "2026-06-17", Held.CANCELLED, place="北区役所"),
)
SCHEDULE = Schedule.of(PROGRAMMES, DAYS)


def between(programme_id: str, first: str, last: str) -> Dates | FrequencyOnly:
    return SCHEDULE.between(ProgrammeId(programme_id), date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("programme_id", "first", "last", "expected"),
    [
        ("法律相談", "2026-04-06", "2026-04-12", "04-06 04-08 04-10"),
        ("法律相談", "2026-04-08", "2026-04-08", "04-08"),
        ("法律相談", "2026-04-09", "2026-04-09", ""),
        (
            "法律相談",
            "2026-04-27",
            "2026-05-08",
            "04-27 05-01 05-08",
        ),  # 4-29, 5-4, 5-6 (in lieu) are holidays
        ("法律相談", "2026-09-18", "2026-09-25", "09-18 09-25"),  # 9-21 and 9-23; 9-22 is no day of it
        ("法律相談", "2026-12-25", "2027-01-06", "12-25 12-28 01-04 01-06"),  # the year's end
        ("法律相談", "2027-03-19", "2027-03-24", "03-19 03-24"),  # 3-22 in lieu
        ("法律相談", "2028-02-25", "2028-03-03", "02-25 02-28 03-01 03-03"),  # over the leap day, a Tuesday
        (
            "法律相談",
            "2026-06-01",
            "2026-06-12",
            "06-01 06-03 06-08 06-10 06-11 06-12",
        ),  # 6-5 cancelled, 6-11 more
        ("法律相談", "2026-11-20", "2026-11-25", "11-20 11-23 11-25"),  # entered for a holiday
        ("登記相談", "2026-12-01", "2027-02-28", "12-03 12-17 01-07 01-21 02-04 02-18"),
        ("登記相談", "2026-12-31", "2026-12-31", ""),  # the fifth
        ("登記相談", "2028-02-01", "2028-02-29", "02-03 02-17"),
        ("休日相談", "2026-09-14", "2026-09-28", "09-14 09-21 09-28"),
        ("休日相談", "2026-12-28", "2027-01-04", "12-28 01-04"),
        ("隔週相談", "2026-04-01", "2026-05-31", "04-07 04-21 05-19"),  # 5-5 is a holiday
        ("隔週相談", "2027-03-01", "2027-05-31", "03-09 03-23"),  # no more after March
        ("月末相談", "2026-10-01", "2027-01-31", "10-30 11-27 12-25 01-29"),
        ("31日相談", "2027-01-01", "2027-06-30", "01-31 03-31 05-31"),
        ("うるう日相談", "2026-01-01", "2032-12-31", "2028-02-29 2032-02-29"),
        ("夏の相談", "2026-07-01", "2026-08-31", "07-16 07-23 07-30 08-06"),  # one more after its validity
        ("三日相談", "2026-05-01", "2027-12-31", "06-01 06-02 06-03"),
    ],
)
def test_the_days_of_a_programme(programme_id: str, first: str, last: str, expected: str) -> None:
    found = between(programme_id, first, last)
    assert isinstance(found, Dates)
    long = len(expected.split(" ")[0]) > len("01-01")
    assert " ".join(f"{each.day:{'%Y-%m-%d' if long else '%m-%d'}}" for each in found.occasions) == expected


def test_what_staff_entered_for_a_day_counts() -> None:
    found = between("法律相談", "2026-06-05", "2026-06-10")
    moved, usual = found.occasions
    assert (moved.day, moved.starts, moved.ends) == (date(2026, 6, 8), time(10), time(16))
    assert (moved.place, moved.note, moved.provenance) == ("東区役所", "場所が変わります", NEWS)
    assert (usual.starts, usual.place, usual.note, usual.provenance) == (time(13), "市役所2階", "", LIST)
    assert [row.note for row in found.cancelled] == ["弁護士の都合"]


def test_no_date_is_made_up_where_only_a_frequency_is_known() -> None:
    assert between("税務相談", "2026-07-01", "2027-06-30") == FrequencyOnly(PROGRAMMES[9], (), ())


def test_days_that_staff_entered_are_told_where_only_a_frequency_is_known() -> None:
    found = between("税務相談", "2026-06-01", "2026-06-30")
    assert isinstance(found, FrequencyOnly)
    assert [each.day.day for each in found.occasions] == [15]
    assert [row.day.day for row in found.cancelled] == [22]


def test_several_places_on_a_day_of_which_one_is_cancelled() -> None:
    found = between("区の法律相談", "2026-06-10", "2026-06-17")
    assert [(each.day.day, each.place) for each in found.occasions] == [
        (10, "北区役所"),
        (10, "西区役所"),
        (17, "西区役所"),
    ]


def test_the_next_dates() -> None:
    found = SCHEDULE.next_dates(ProgrammeId("法律相談"), date(2026, 6, 4), 2)
    assert [each.day.day for each in found.occasions] == [8, 10]
    assert [row.day.day for row in found.cancelled] == [5]


def test_no_next_date_is_looked_for_beyond_a_year_and_a_month() -> None:
    assert SCHEDULE.next_dates(ProgrammeId("うるう日相談"), date(2026, 11, 22), 3).occasions == ()
    assert SCHEDULE.next_dates(ProgrammeId("法律相談"), date.max, 3).occasions == ()


def test_the_city_says_on_which_days_it_is_closed() -> None:
    schedule = Schedule.of(PROGRAMMES, (), closed=lambda day: day == date(2026, 4, 8))
    found = schedule.between(ProgrammeId("法律相談"), date(2026, 4, 6), date(2026, 5, 1))
    assert date(2026, 4, 8) not in {each.day for each in found.occasions}
    assert date(2026, 4, 29) in {each.day for each in found.occasions}


def test_an_unknown_programme() -> None:
    with pytest.raises(KeyError):
        between("星占い", "2026-04-01", "2026-04-02")
