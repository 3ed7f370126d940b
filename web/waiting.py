"""Who waits for a place: the list for the people at the city, a caller who joins it, and an offer taken for one."""

from dataclasses import dataclass

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import booked, bookings, particulars, slots
from store import waiting as list_of_waiting
from store.booked import Booking, BookingId
from store.db import Tx
from store.doing import actor
from store.refusals import NotThere, State
from store.slots import SlotId, TimeSlot
from web.booking_fields import BookingFields, given
from web.booking_move import channel_of
from web.bookings import TONES
from web.confirming import Refused, person_of, purpose_of
from web.door import viewer
from web.programmes import Bookable, bookables, name_of
from web.refusals import say_refusal
from web.rule import PERSONAL, STAFF_WITH_NAMES, page
from web.site import site

waiting = Blueprint("waiting", __name__)


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who waits, or to whom a place was offered."""

    booking: Booking
    name: str

    @property
    def is_to_be_called(self) -> bool:
        """Whether a place is kept for who cannot be told in LINE."""
        return self.booking.state is State.OFFERED and self.booking.resident is None


@page(waiting, "/staff/waiting", STAFF_WITH_NAMES)
def show() -> ResponseReturnValue:
    """All who wait, in the order of the days and of coming."""
    now = site().clock()
    with site().database.read() as tx:
        named = bookables(tx)
        rows = [Row(each, name_of(named, each.programme)) for each in booked.in_line(tx, viewer(), now)]
    return flask.render_template("waiting/show.html", rows=rows, tones=TONES)


@page(waiting, "/operators/waiting/<int:slot>", PERSONAL)
def ask(slot: int) -> ResponseReturnValue:
    """Who waits, as a caller tells it."""
    with site().database.read() as tx:
        wanted, bookable = _found(tx, slot)
    return _asked(wanted, bookable, BookingFields(bookable.terms, wanted.day))


@page(waiting, "/operators/waiting/<int:slot>", PERSONAL, methods=("POST",))
def join(slot: int) -> ResponseReturnValue:
    """Puts the caller on the list."""
    with site().database.read() as tx:
        wanted, bookable = _found(tx, slot)
    form = BookingFields(bookable.terms, wanted.day)
    if not form.validate():
        return _asked(wanted, bookable, form), 422
    try:
        made = _joined(wanted, bookable, form)
    except Refused as refused:
        form.form_errors.append(say_refusal(refused.why))
        return _asked(wanted, bookable, form), 409
    return flask.redirect(flask.url_for("caller.told", number=made.id), 303)


@page(waiting, "/bookings/<int:number>/taken", PERSONAL, methods=("POST",))
def take(number: int) -> ResponseReturnValue:
    """Makes the offer a booking: they said on the telephone that they come."""
    who, now = viewer(), site().clock()
    with site().database.write() as tx:
        offered = booked.find(tx, BookingId(number), who, now)
        bookable = bookables(tx).get(offered.programme) if offered else None
        if offered is None or bookable is None:
            flask.abort(404)
        taken = list_of_waiting.take(tx, offered.id, bookable.terms, who, now)
    match taken:
        case Booking(state=State.HELD):  # in LINE nobody asked who comes
            return flask.redirect(flask.url_for("caller.show", number=number), 303)
        case Booking():
            return flask.redirect(flask.url_for("caller.told", number=number), 303)
        case NotThere():
            flask.abort(404)
        case refusal:
            flask.flash(say_refusal(refusal), "error")
    return flask.redirect(flask.url_for("booking.show", number=number), 303)


def _found(tx: Tx, slot: int) -> tuple[TimeSlot, Bookable]:
    wanted = slots.seen(tx, SlotId(slot), viewer(), site().clock())
    bookable = bookables(tx).get(wanted.programme) if wanted else None
    if wanted is None or bookable is None or not bookable.terms.waiting_list:
        flask.abort(404)
    return wanted, bookable


def _asked(wanted: TimeSlot, bookable: Bookable, form: BookingFields) -> str:
    any_time = "any_time" in flask.request.form
    return flask.render_template(
        "waiting/ask.html", slot=wanted, bookable=bookable, form=form, any_time=any_time
    )


def _joined(wanted: TimeSlot, bookable: Bookable, form: BookingFields) -> Booking:
    """Raises Refused, so that nothing of what was told is left."""
    who, now, told = viewer(), site().clock(), given(form)
    purpose = purpose_of(bookable.terms)
    with site().database.write() as tx:
        until = site().retention.delete_on(purpose, wanted.day)
        kept = particulars.keep(tx, purpose, told.fields(), None, until, actor(who), now)
        made = list_of_waiting.join(
            tx,
            wanted.id,
            bookable.terms,
            channel_of(who),
            None,
            who,
            now,
            any_time="any_time" in flask.request.form,
            person=person_of(tx, told),
            particulars=kept,
        )
        if not isinstance(made, bookings.Booking):
            raise Refused(made)
    return made
