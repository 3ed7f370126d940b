"""Who comes, as a caller tells the operator; and the sentence that is read out to them in the end."""

from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import booked, bookings
from store.bookings import Booking, BookingId, State
from store.receipts import Receipt
from web import confirming
from web.booking_fields import BookingFields, given
from web.confirming import Refused
from web.door import viewer
from web.programmes import Bookable, bookables
from web.refusals import say_refusal
from web.rule import PERSONAL, page
from web.site import site
from web.times import say_clock, say_day

caller = Blueprint("caller", __name__)

ASKED: Final = (State.HELD, State.EXPIRED)
TOLD: Final = (State.CONFIRMED, State.ENTERED, State.APPLIED, State.WAITING)
"""States that are read out."""


@page(caller, "/operators/bookings/<int:number>/caller", PERSONAL)
def show(number: int) -> ResponseReturnValue:
    """Asks who comes."""
    held, bookable = _found(number, ASKED)
    return _asked(held, bookable, BookingFields(bookable.terms, held.day))


@page(caller, "/operators/bookings/<int:number>/caller", PERSONAL, methods=("POST",))
def send(number: int) -> ResponseReturnValue:
    """Keeps the place longer, gives it back, or books it."""
    held, bookable = _found(number, (*ASKED, *TOLD))
    if held.state in TOLD:  # sent twice
        return flask.redirect(flask.url_for("caller.told", number=number), 303)
    form = BookingFields(bookable.terms, held.day)
    try:
        match flask.request.form.get("act"):
            case "extend":
                return _asked(_extended(held), bookable, form)
            case "release":
                return _released(held)
        if not form.validate():
            return _asked(held, bookable, form), 422
        with site().database.write() as tx:
            confirming.confirm(tx, held, bookable.terms, given(form), viewer())
    except Refused as refused:
        form.form_errors.append(say_refusal(refused.why))
        return _asked(held, bookable, form), 409
    return flask.redirect(flask.url_for("caller.told", number=number), 303)


@page(caller, "/operators/bookings/<int:number>/told", PERSONAL)
def told(number: int) -> ResponseReturnValue:
    """What to read out: day, time, place, and the receipt, sign by sign."""
    made, bookable = _found(number, TOLD)
    return flask.render_template(
        "desk/told.html",
        booking=made,
        bookable=bookable,
        sentence=_sentence(made, bookable),
        signs=spelled(made.receipt),
    )


def spelled(receipt: Receipt) -> tuple[tuple[str, str], ...]:
    """Each sign, and how it is said: K, ケー."""
    return tuple((sign, site().say(f"spelling.{sign}")) for sign in receipt)


def _sentence(made: Booking, bookable: Bookable) -> str:
    slot = made.slot
    when = (
        site().say("desk.when", day=say_day(slot.starts_at), begins=say_clock(slot.starts_at)) if slot else ""
    )
    place = site().say("desk.place", place=slot.place) if slot and slot.place else ""
    return site().say(f"desk.told.{made.state}", name=bookable.name, when=when, place=place)


def _found(number: int, states: tuple[State, ...]) -> tuple[Booking, Bookable]:
    with site().database.read() as tx:
        found = booked.find(tx, BookingId(number), viewer(), site().clock())
        bookable = bookables(tx).get(found.programme) if found else None
    if found is None or bookable is None or found.state not in states:
        flask.abort(404)
    return found, bookable


def _asked(held: Booking, bookable: Bookable, form: BookingFields) -> str:
    return flask.render_template(
        "desk/caller.html", booking=held, bookable=bookable, form=form, now=site().clock()
    )


def _extended(held: Booking) -> Booking:
    """With ten minutes more. Raises Refused."""
    with site().database.write() as tx:
        longer = bookings.extend(tx, held.id, viewer(), site().clock())
    if not isinstance(longer, Booking):
        raise Refused(longer)
    return longer


def _released(held: Booking) -> ResponseReturnValue:
    """Gives the place back; whatever became of it meanwhile, the caller does not want it."""
    with site().database.write() as tx:
        bookings.cancel(tx, held.id, viewer(), site().clock())
    flask.flash(site().say("desk.released"))
    return flask.redirect(flask.url_for("desk.show"), 303)
