"""The day's list of bookings, for staff: on the page, on paper, and to take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from nlp import japan
from store import audit, booked, slots
from store.audit import ByAccount, Kind
from store.booked import Booking
from store.db import Tx
from store.receipts import shown
from store.refusals import State
from store.sight import Viewer
from web import sheets
from web.days import asked_day
from web.door import viewer
from web.programmes import bookables
from web.rule import STAFF, Rule, page
from web.site import site
from web.times import say_clock, say_day

bookings = Blueprint("bookings", __name__)

STAFF_WITH_NAMES: Final = Rule(STAFF.roles, personal=True)
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
    here, now = site(), site().clock()
    day = asked_day()
    with here.database.read() as tx:
        lists = _lists(tx, viewer(), day)
    listed = [booking for each in lists for booking in each.bookings]
    begun = [each for each in listed if each.slot and each.slot.starts_at <= now]
    return flask.render_template(
        "bookings/day.html",
        day=day,
        today=japan.today(now),
        before=(day - timedelta(days=1)).isoformat(),
        after=(day + timedelta(days=1)).isoformat(),
        lists=lists,
        tones={state: TONES.get(state, "") for state in State},
        markable={each.id for each in begun if each.state is State.CONFIRMED},
        unmarkable={each.id for each in begun if each.state in (State.KEPT, State.MISSED)},
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
    free = {where: sum(slot.free for slot in of) for where, of in _by_place(tx, by, day).items()}
    lists = []
    for (programme, place), group in groupby(found, key=_where):
        name = named[programme].name if programme in named else programme
        lists.append(DayList(name, place, tuple(group), free.get((programme, place))))
    return tuple(lists)
