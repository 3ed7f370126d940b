"""Taking a booking to another time, on behalf of who comes."""

from datetime import date, timedelta
from itertools import groupby
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from nlp.japan import JAPAN
from store import booked, bookings, slots
from store.bookings import Booking, BookingId, Channel, State
from store.db import Tx
from store.refusals import Refusal
from store.sight import Role, Viewer
from store.slots import SlotId, TimeSlot
from web.booking import REASONS, ReasonForm, note_reason
from web.door import viewer
from web.numbers import sent_number
from web.programmes import Bookable, bookables
from web.refusals import say_refusal
from web.rule import PERSONAL, page
from web.site import site

booking_move = Blueprint("booking_move", __name__)

FAR: Final = timedelta(days=400)
"""So far ahead times are looked for: as far as they are ever made."""
Day = tuple[date, tuple[TimeSlot, ...]]
"""A day in Japan, and its times."""


@page(booking_move, "/bookings/<int:number>/move", PERSONAL)
def show(number: int) -> ResponseReturnValue:
    """The times that are free."""
    with site().database.read() as tx:
        found, bookable = _found(tx, number)
        free = free_days(tx, bookable, viewer())
    form = ReasonForm()
    if found.state is State.CLOSED:
        form.reason.data = "city"
    return flask.render_template("booking/move.html", booking=found, bookable=bookable, days=free, form=form)


@page(booking_move, "/bookings/<int:number>/move", PERSONAL, methods=("POST",))
def move(number: int) -> ResponseReturnValue:
    """To the time that was chosen."""
    with site().database.write() as tx:
        _, bookable = _found(tx, number)
        outcome = _moved(tx, number, SlotId(sent_number("slot")), bookable)
    if not isinstance(outcome, Booking):
        flask.flash(say_refusal(outcome), "error")
        return flask.redirect(flask.url_for("booking_move.show", number=number), 303)
    flask.flash(site().say("bookings.moved"))
    return flask.redirect(flask.url_for("caller.told", number=number), 303)


def channel_of(who: Viewer) -> Channel:
    """Operators act for callers, the others for who stands before them."""
    return Channel.PHONE if who.role is Role.OPERATOR else Channel.COUNTER


def free_days(tx: Tx, bookable: Bookable, who: Viewer) -> tuple[Day, ...]:
    """What can be booked of a programme by who asks, by days."""
    now = site().clock()
    free = slots.free(tx, [bookable.terms], now, now + FAR, channel_of(who), now)
    return by_day(free)


def by_day(free: tuple[TimeSlot, ...]) -> tuple[Day, ...]:
    """Times in their order, a day at a time."""
    days = groupby(free, key=lambda slot: slot.starts_at.astimezone(JAPAN).date())
    return tuple((day, tuple(times)) for day, times in days)


def _found(tx: Tx, number: int) -> tuple[Booking, Bookable]:
    found = booked.find(tx, BookingId(number), viewer(), site().clock())
    bookable = bookables(tx).get(found.programme) if found else None
    if found is None or bookable is None or found.state not in (State.CONFIRMED, State.CLOSED):
        flask.abort(404)
    return found, bookable


def _moved(tx: Tx, number: int, to: SlotId, bookable: Bookable) -> Booking | Refusal:
    who, now = viewer(), site().clock()
    outcome = bookings.move(tx, BookingId(number), to, bookable.terms, channel_of(who), who, now)
    if isinstance(outcome, Booking):
        reason = flask.request.form.get("reason", "")
        note_reason(tx, outcome, reason if reason in REASONS else REASONS[0])
    return outcome
