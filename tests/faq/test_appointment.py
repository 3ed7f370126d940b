"""A booking in the resident's calendar: right times, one entry however often it changes, nothing personal."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar

from faq.appointment import Appointment, google_link, to_ics
from nlp.japan import JAPAN

MADE = datetime(2026, 11, 24, 3, tzinfo=UTC)
BOOKED = Appointment(
    site="https://helpdesk.example.jp",
    number=12,
    title="ご予約",
    place="",
    starts_at=datetime(2026, 12, 7, 4, 0, tzinfo=UTC),
    ends_at=datetime(2026, 12, 7, 4, 30, tzinfo=UTC),
    made_at=MADE,
    changed_at=MADE,
)


def event_of(appointment: Appointment):
    calendar = Calendar.from_ical(to_ics(appointment))
    return calendar.events[0]


def test_the_time_is_japans_and_the_zone_is_described():
    event = event_of(BOOKED)
    assert (event.start, event.end) == (
        datetime(2026, 12, 7, 13, 0, tzinfo=JAPAN),
        datetime(2026, 12, 7, 13, 30, tzinfo=JAPAN),
    )
    text = to_ics(BOOKED).decode()
    assert "DTSTART;TZID=Asia/Tokyo:20261207T130000\r\n" in text
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert "TZOFFSETTO:+0900" in text


@pytest.mark.parametrize("hour", [0, 23])
def test_the_day_is_japans_around_midnight(hour):
    starts = datetime(2026, 12, 31, hour, 30, tzinfo=JAPAN).astimezone(UTC)
    event = event_of(replace(BOOKED, starts_at=starts, ends_at=starts + timedelta(minutes=20)))
    assert event.start == datetime(2026, 12, 31, hour, 30, tzinfo=JAPAN)
    assert (event.start.day, event.end - event.start) == (31, timedelta(minutes=20))


def test_it_reminds_the_day_before_and_two_hours_before():
    alarms = event_of(BOOKED).alarms.times
    assert sorted(alarm.trigger.astimezone(UTC) for alarm in alarms) == [
        datetime(2026, 12, 6, 4, tzinfo=UTC),
        datetime(2026, 12, 7, 2, tzinfo=UTC),
    ]


def test_nothing_says_what_it_is_about():
    event = event_of(BOOKED)
    assert str(event["SUMMARY"]) == "ご予約"
    assert set(event) == {"SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "STATUS"}
    assert "12" not in str(event["UID"]).split("-")


def test_a_change_replaces_the_entry_and_a_cancellation_takes_it_away():
    moved = replace(BOOKED, starts_at=BOOKED.starts_at + timedelta(days=7), ends_at=BOOKED.ends_at + timedelta(days=7),
                    changed_at=MADE + timedelta(hours=1))  # fmt: skip
    gone = replace(moved, changed_at=MADE + timedelta(hours=2), cancelled=True)
    events = [event_of(each) for each in (BOOKED, moved, gone)]
    assert len({str(event["UID"]) for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == [0, 3600, 7200]
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    methods = [Calendar.from_ical(to_ics(each))["METHOD"] for each in (BOOKED, moved, gone)]
    assert methods == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert not events[2].subcomponents, "what is cancelled does not remind"


def test_two_bookings_and_two_cities_are_told_apart():
    others = (replace(BOOKED, number=13), replace(BOOKED, site="https://other.example.jp"))
    assert len({str(event_of(each)["UID"]) for each in (BOOKED, *others)}) == 3


def test_the_same_booking_gives_the_same_file():
    assert to_ics(BOOKED) == to_ics(BOOKED)


def test_a_place_stands_where_it_is_given():
    event = event_of(replace(BOOKED, place="市役所, 3階; 会議室"))
    assert str(event["LOCATION"]) == "市役所, 3階; 会議室"


def test_lines_are_no_longer_than_calendars_read():
    assert all(len(line) <= 75 for line in to_ics(replace(BOOKED, place="会議室" * 60)).split(b"\r\n"))


def test_the_link_to_google_says_when_and_nothing_else():
    address = urlsplit(google_link(replace(BOOKED, place="市役所")))
    assert (address.scheme, address.netloc, address.path) == (
        "https",
        "calendar.google.com",
        "/calendar/render",
    )
    assert parse_qs(address.query) == {
        "action": ["TEMPLATE"],
        "text": ["ご予約"],
        "dates": ["20261207T040000Z/20261207T043000Z"],
        "ctz": ["Asia/Tokyo"],
    }
