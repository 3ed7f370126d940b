"""What somebody sees who has sent the form: receipt, time and place, and the way into their calendar; nothing personal.

The page has a short-lived link of its own, which the browser that sent the form keeps in a cookie.
"""

from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from faq.appointment import Appointment, google_link, to_ics
from store import bookings, links
from store.audit import ByResident
from store.bookings import Booking, BookingId, State
from store.db import Tx
from store.links import RECEIPT_LIFE, Link, Purpose
from store.residents import ResidentId
from web.programmes import Bookable, bookables
from web.rule import EVERYBODY, page
from web.site import site
from web.speech import chosen, hear, tell

booking_receipt = Blueprint("booking_receipt", __name__)

OVER: Final = (State.CANCELLED, State.CLOSED)
"""States in which a calendar had better not have it any more."""


def mint(tx: Tx, booking: Booking, resident: ResidentId) -> str:
    """A link to the receipt of a booking."""
    return links.mint(tx, Purpose.RECEIPT, resident, booking.id, RECEIPT_LIFE, site().clock())


def lead_to(form_token: str, token: str) -> Response:
    """Leads to the receipt; from now on the form's address leads this browser there too."""
    response = flask.redirect(flask.url_for("booking_receipt.show", token=token, lang=chosen()), 303)
    response.set_cookie(
        _cookie_name(),
        token,
        RECEIPT_LIFE,
        path=flask.url_for("booking_form.show", token=form_token),
        secure=site().is_secure,
        httponly=True,
        samesite="Lax",
    )
    return response


def _cookie_name() -> str:
    """Over HTTPS a name that no page without it can set. It goes to one path alone, which `__Host-` forbids."""
    return "__Secure-receipt" if site().is_secure else "receipt"


def of_this_browser() -> Response | None:
    """Leads on, where this browser sent the form whose address it opens again."""
    token = flask.request.cookies.get(_cookie_name(), "")
    with site().database.read() as tx:
        found = links.look(tx, Purpose.RECEIPT, token, site().clock())
    if not isinstance(found, Link):
        return None
    return flask.redirect(flask.url_for("booking_receipt.show", token=token, lang=chosen()), 303)


@page(booking_receipt, "/r/<token>", EVERYBODY)
def show(token: str) -> ResponseReturnValue:
    """The receipt."""
    with site().database.read() as tx:
        found = _found(tx, token)
    if found is None:
        return flask.render_template("booking_form/not_there.html"), 404
    booking, bookable = found
    appointment = _appointment(booking)
    return flask.render_template(
        "booking_form/receipt.html",
        booking=booking,
        bookable=bookable,
        token=token,
        kind=_kind(booking),
        google=google_link(appointment) if appointment and not appointment.cancelled else "",
        over=booking.state in OVER,
    )


@page(booking_receipt, "/r/<token>/yoyaku.ics", EVERYBODY)
def calendar(token: str) -> ResponseReturnValue:
    """The booking for a calendar."""
    with site().database.read() as tx:
        found = _found(tx, token)
    appointment = _appointment(found[0]) if found else None
    if appointment is None:
        return flask.render_template("booking_form/not_there.html"), 404
    return flask.Response(to_ics(appointment), headers={"Content-Type": "text/calendar; charset=utf-8"})


def _found(tx: Tx, token: str) -> tuple[Booking, Bookable] | None:
    now = site().clock()
    link = links.look(tx, Purpose.RECEIPT, token, now)
    if not isinstance(link, Link) or link.resident is None:
        return None
    hear(tx, link.resident)
    booking = bookings.find(tx, BookingId(link.about), ByResident(link.resident), now)
    bookable = booking and bookables(tx).get(booking.programme)
    return (booking, bookable) if booking and bookable else None


def _kind(booking: Booking) -> str:
    """Which words."""
    if booking.state in OVER:
        return str(booking.state)
    if booking.slot is None:
        return "application"
    return "entry" if booking.state is State.ENTERED else "booking"


def _appointment(booking: Booking) -> Appointment | None:
    """None for what has no time, or none yet; of what is over, the file takes it out of the calendar."""
    slot = booking.slot
    if slot is None or booking.state not in (State.CONFIRMED, *OVER):
        return None
    return Appointment(
        site=site().public_url,
        number=booking.id,
        title=tell("page.booking_form.appointment", city=site().profile.name),
        place=slot.place,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        made_at=booking.made_at,
        changed_at=booking.changed_at,
        cancelled=booking.state in OVER,
    )
