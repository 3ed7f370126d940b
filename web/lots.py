"""The lots of a time: drawn by a button where the clock has not, and shown so that anybody can draw them again."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import booked, draws, slots
from store.booked import Booking
from store.draws import Draw
from store.refusals import State
from store.slots import SlotId
from web.bookings import TONES
from web.door import viewer
from web.programmes import bookables
from web.refusals import say_refusal
from web.rule import STAFF_WITH_NAMES, page
from web.site import site

lots = Blueprint("lots", __name__)


@page(lots, "/staff/slots/<int:number>/lots", STAFF_WITH_NAMES)
def show(number: int) -> ResponseReturnValue:
    """Who has entered, or the record of the draw."""
    now = site().clock()
    with site().database.read() as tx:
        slot = slots.seen(tx, SlotId(number), viewer(), now)
        bookable = bookables(tx).get(slot.programme) if slot else None
        if slot is None or bookable is None:
            flask.abort(404)
        record = draws.of_slot(tx, slot.id)
        entered = booked.of_slot(tx, slot.id, now)
    terms = bookable.terms
    return flask.render_template(
        "slots/lots.html",
        slot=slot,
        bookable=bookable,
        record=record,
        order=_order(record, entered) if record else (),
        entered=sum(each.state is State.ENTERED for each in entered),
        due=terms.draw.of(slot.day) if terms.draw else None,
        now=now,
        tones=TONES,
    )


@page(lots, "/staff/slots/<int:number>/lots", STAFF_WITH_NAMES, methods=("POST",))
def draw(number: int) -> ResponseReturnValue:
    """Draws, once."""
    who, now = viewer(), site().clock()
    with site().database.write() as tx:
        slot = slots.seen(tx, SlotId(number), who, now)
        bookable = bookables(tx).get(slot.programme) if slot else None
        if slot is None or bookable is None:
            flask.abort(404)
        drawn = draws.draw(tx, slot.id, bookable.terms, who, now)
    if isinstance(drawn, Draw):
        flask.flash(site().say("slots.drawn"))
    else:
        flask.flash(say_refusal(drawn), "error")
    return flask.redirect(flask.url_for("lots.show", number=number), 303)


def _order(record: Draw, entered: tuple[Booking, ...]) -> tuple[Booking, ...]:
    """The bookings as the seed draws them."""
    by_receipt = {each.receipt: each for each in entered}
    drawn = draws.order(record.seed, record.entrants)
    return tuple(by_receipt[receipt] for receipt in drawn if receipt in by_receipt)
