"""One time that can be booked: blocked, opened, closed, made larger or smaller."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import booked, closing, draws, slots
from store.booked import Booking
from store.db import Tx
from store.doing import AtTheCity
from store.refusals import NotThere, State
from store.slots import SlotId, TimeSlot
from store.windows import is_for_lots
from web.door import viewer
from web.programmes import bookables, name_of
from web.rule import STAFF, page
from web.site import site

slot = Blueprint("slot", __name__)

MOST: Final = 1_000
"""Places of a time: an event in a large hall has as many; more is a slip."""
Change = Callable[[Tx, SlotId, AtTheCity, datetime], TimeSlot | NotThere]


@page(slot, "/staff/slots/<int:number>", STAFF)
def show(number: int) -> ResponseReturnValue:
    """What is free and taken of it, and what can be done."""
    return _shown(number)


@page(slot, "/staff/slots/<int:number>/block", STAFF, methods=("POST",))
def block(number: int) -> ResponseReturnValue:
    """Takes no more bookings."""
    return _change(number, slots.block, "slots.blocked")


@page(slot, "/staff/slots/<int:number>/open", STAFF, methods=("POST",))
def unblock(number: int) -> ResponseReturnValue:
    """Takes bookings again."""
    return _change(number, slots.unblock, "slots.opened")


@page(slot, "/staff/slots/<int:number>/seats", STAFF, methods=("POST",))
def resize(number: int) -> ResponseReturnValue:
    """Gives it more or fewer places."""
    seats = flask.request.form.get("seats", -1, type=int)
    if not 0 <= seats <= MOST:
        return _shown(number, site().say("slots.seats_wrong", most=MOST)), 422
    return _change(
        number, lambda tx, wanted, by, now: slots.resize(tx, wanted, seats, by, now), "slots.resized"
    )


@page(slot, "/staff/slots/<int:number>/close", STAFF)
def ask_to_close(number: int) -> ResponseReturnValue:
    """Asks once more: who has a place is told."""
    found, _ = _mine(number)
    with site().database.read() as tx:
        taken = _active(booked.of_slot(tx, found.id, site().clock()))
    say = site().say
    told = [say("slots.close.what"), say("slots.close.told", count=len(taken)) if taken else ""]
    return flask.render_template(
        "confirm.html",
        title=say("slots.close.title"),
        says=[each for each in told if each],
        yes=say("slots.close.yes"),
        address=flask.url_for("slot.close", number=number),
        back=flask.url_for("slot.show", number=number),
    )


@page(slot, "/staff/slots/<int:number>/close", STAFF, methods=("POST",))
def close(number: int) -> ResponseReturnValue:
    """It does not take place."""
    with site().database.write() as tx:
        closed = closing.close(tx, SlotId(number), viewer(), site().clock())
    if isinstance(closed, NotThere):
        flask.abort(404)
    calls = sum(each.resident is None for each in closed)
    key = "slots.closed_and_call" if calls else "slots.closed"
    flask.flash(site().say(key, count=len(closed), calls=calls))
    return flask.redirect(flask.url_for("slot.show", number=number), 303)


def _mine(number: int) -> tuple[TimeSlot, str]:
    """The slot, and what it is of; what is not the viewer's business is not there."""
    with site().database.read() as tx:
        found = slots.seen(tx, SlotId(number), viewer(), site().clock())
        named = bookables(tx)
    return (found, name_of(named, found.programme)) if found else flask.abort(404)


def _shown(number: int, problem: str = "") -> str:
    found, name = _mine(number)
    with site().database.read() as tx:
        bookable = bookables(tx).get(found.programme)
        taken = _active(booked.of_slot(tx, found.id, site().clock()))
        draw = draws.of_slot(tx, found.id)
    lots = bookable is not None and (draw is not None or is_for_lots(bookable.terms, found.drawn))
    return flask.render_template(
        "slots/slot.html", slot=found, name=name, problem=problem, taken=len(taken), lots=lots, most=MOST
    )


def _active(of_slot: tuple[Booking, ...]) -> tuple[Booking, ...]:
    return tuple(each for each in of_slot if each.state in (*booked.ACTIVE, State.KEPT, State.MISSED))


def _change(number: int, change: Change, said: str) -> ResponseReturnValue:
    with site().database.write() as tx:
        changed = change(tx, SlotId(number), viewer(), site().clock())
    if isinstance(changed, NotThere):
        flask.abort(404)
    flask.flash(site().say(said, seats=changed.seats))
    return flask.redirect(flask.url_for("slot.show", number=number), 303)
