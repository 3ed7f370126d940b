"""The day's list of bookings, for staff: on the page, on paper, and to take away."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.programmes import ProgrammeId
from nlp.japan import JAPAN, today
from store import booked, receipts, slots
from store.booked import Booking
from store.db import Tx
from store.refusals import State
from store.sight import Viewer
from web import sheets
from web.days import asked_day
from web.door import viewer
from web.programmes import bookables, name_of
from web.rule import STAFF_WITH_NAMES, page
from web.site import site

bookings = Blueprint("bookings", __name__)
bookings.add_app_template_filter(receipts.shown, "say_receipt")

Where = tuple[ProgrammeId, str]
"""A programme and a place."""
COMING: Final = (State.CONFIRMED, State.KEPT, State.MISSED, State.APPLIED, State.DONE)
"""What is counted; the others ask for a place, or have given it up."""
TONES: Final = {
    State.CONFIRMED: "key",
    State.APPLIED: "key",
    State.KEPT: "good",
    State.DONE: "good",
    State.MISSED: "warn",
    State.CLOSED: "warn",
}
_COLUMNS: Final = ("day", "starts", "ends", "programme", "place", "receipt", "state", "channel")


@dataclass(frozen=True, slots=True)
class DayList:
    """The bookings of a programme at a place, in order of time."""

    name: str
    place: str
    bookings: tuple[Booking, ...]
    free: int | None
    """Places; None: for what has no times."""

    @property
    def coming(self) -> int:
        return sum(each.state in COMING for each in self.bookings)


@page(bookings, "/staff/bookings", STAFF_WITH_NAMES)
def show() -> ResponseReturnValue:
    """A day, today unless another is asked for."""
    here, now, day = site(), site().clock(), asked_day()
    with here.database.read() as tx:
        lists = _lists(tx, viewer(), day)
        next_day = None if lists else booked.next_day(tx, viewer(), day)
    return flask.render_template(
        "bookings/day.html",
        day=day,
        now=now,
        today=today(now),
        before=(day - timedelta(days=1)).isoformat(),
        after=(day + timedelta(days=1)).isoformat(),
        lists=lists,
        next_day=next_day,
        tones=TONES,
    )


@page(bookings, "/staff/bookings.csv", STAFF_WITH_NAMES)
def as_csv_file() -> ResponseReturnValue:
    """The day as CSV."""
    day = asked_day()
    return _file(sheets.as_csv(_rows(day)), f"bookings-{day}.csv", "text/csv; charset=utf-8")


@page(bookings, "/staff/bookings.xlsx", STAFF_WITH_NAMES)
def as_excel_file() -> ResponseReturnValue:
    """The day as an Excel workbook."""
    day = asked_day()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(sheets.as_workbook(day.isoformat(), _rows(day)), f"bookings-{day}.xlsx", kind)


def _lists(tx: Tx, by: Viewer, day: date) -> tuple[DayList, ...]:
    now, named = site().clock(), bookables(tx)
    found = sorted(booked.of_day(tx, by, day, now), key=_where)
    free = Counter[Where]()
    for slot in slots.of_day(tx, by, day, now):
        free[slot.programme, slot.place] += slot.free
    return tuple(
        DayList(name_of(named, where[0]), where[1], tuple(group), free.get(where))
        for where, group in groupby(found, key=_where)
    )


def _where(booking: Booking) -> Where:
    return booking.programme, booking.slot.place if booking.slot else ""


def _rows(day: date) -> sheets.Rows:
    """What the page shows, a booking a row."""
    say = site().say
    with site().database.read() as tx:
        lists = _lists(tx, viewer(), day)
    heading = [say(f"bookings.columns.{name}") for name in _COLUMNS]
    return [heading, *(_row(each, booking, day) for each in lists for booking in each.bookings)]


def _row(of: DayList, booking: Booking, day: date) -> list[str]:
    say, slot = site().say, booking.slot
    return [
        day.isoformat(),
        f"{slot.starts_at.astimezone(JAPAN):%H:%M}" if slot else "",
        f"{slot.ends_at.astimezone(JAPAN):%H:%M}" if slot else "",
        of.name,
        of.place,
        receipts.shown(booking.receipt),
        say(f"bookings.state.{booking.state}"),
        say(f"bookings.channel.{booking.channel}"),
    ]


def _file(content: bytes, name: str, kind: str) -> flask.Response:
    disposition = f'attachment; filename="{name}"'
    return flask.Response(content, headers={"Content-Type": kind, "Content-Disposition": disposition})
