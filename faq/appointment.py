"""An appointment for a calendar: an iCalendar file (RFC 5545), and an address that adds it to Google Calendar.

Calendars are seen by others, so the title says neither what the appointment is about nor whose it is.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from nlp.japan import JAPAN

if TYPE_CHECKING:
    from icalendar import Timezone

_ZONE: Final = "Asia/Tokyo"
_BEFORE: Final = (timedelta(days=1), timedelta(hours=2))
"""When the calendar reminds."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A booking as a calendar may know it."""

    site: str
    """The service's own address, so that two cities' appointments are never taken for one."""
    number: int
    """The booking's, the same however often it is moved."""
    title: str
    """Neutral: ご予約."""
    place: str
    """Where, or empty."""
    starts_at: datetime
    """Aware, as all moments here."""
    ends_at: datetime
    made_at: datetime
    changed_at: datetime
    cancelled: bool = False


def to_ics(appointment: Appointment) -> bytes:
    """The file: adds the appointment, replaces an earlier version of it, or takes it away where it is cancelled."""
    from icalendar import STATUS, Alarm, Calendar, Event

    event = Event.new(
        uid=str(uuid5(NAMESPACE_URL, f"{appointment.site}/bookings/{appointment.number}")),
        # RFC 5545 3.8.7.4: it only has to grow with each change, which the seconds since the first one do.
        sequence=max(0, int((appointment.changed_at - appointment.made_at).total_seconds())),
        stamp=appointment.changed_at.astimezone(UTC),
        summary=appointment.title,
        start=appointment.starts_at.astimezone(JAPAN),
        end=appointment.ends_at.astimezone(JAPAN),
        location=appointment.place or None,
        status=STATUS.CANCELLED if appointment.cancelled else STATUS.CONFIRMED,
    )
    for before in () if appointment.cancelled else _BEFORE:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", appointment.title)
        alarm.add("trigger", -before)
        event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//city helpdesk//booking//JA")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if appointment.cancelled else "PUBLISH")
    calendar.add_component(_japans_zone())
    calendar.add_component(event)
    file: bytes = calendar.to_ical()
    return file


def _japans_zone() -> "Timezone":
    """One offset and no other: Japan has had no summer time since 1951."""
    from icalendar import Timezone, TimezoneStandard

    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1952, 1, 1))  # noqa: DTZ001 - local time of the zone that is described
    standard.add("tzname", "JST")
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    zone = Timezone()
    zone.add("tzid", _ZONE)
    zone.add_component(standard)
    return zone


def google_link(appointment: Appointment) -> str:
    """An address that opens Google Calendar with the appointment filled in; nothing else is sent there."""
    moments = (appointment.starts_at, appointment.ends_at)
    dates = "/".join(f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" for moment in moments)
    query = urlencode({"action": "TEMPLATE", "text": appointment.title, "dates": dates, "ctz": _ZONE})
    return f"https://calendar.google.com/calendar/render?{query}"
