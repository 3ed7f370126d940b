"""The resident's form behind a one-time link: who comes to what they chose in LINE.

To open it changes nothing, since messengers open links by themselves; to send it confirms the booking and spends the
link, in one transaction. What a link opens no longer, and what never was one, look alike.
"""

from dataclasses import dataclass, replace
from datetime import datetime

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import bookings, links, windows
from store.audit import ByResident
from store.bookings import Booking, BookingId, State
from store.db import Tx
from store.links import Link, Purpose
from store.refusals import AlreadyExtended, Ended, HoldGone, LimitReached, NotThere, Refusal, SamePersonThen
from web import booking_receipt, confirming
from web.booking_fields import BookingFields, given
from web.booking_refusals import refusal_page
from web.confirming import Refused, purpose_of
from web.programmes import Bookable, bookables
from web.rule import EVERYBODY, page
from web.site import site
from web.speech import hear, is_switched, tell

booking_form = Blueprint("booking_form", __name__)

_MAY_BE_SENT = (State.HELD, State.OFFERED, State.EXPIRED)
"""After the ten minutes too, where the place is still free."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens."""

    token: str
    by: ByResident
    booking: Booking
    bookable: Bookable
    now: datetime

    @property
    def seconds(self) -> int:
        """For which the place is still held; none once the time is over."""
        until = self.booking.held_until
        return max(0, int((until - self.now).total_seconds())) if until else 0

    @property
    def is_for_lots(self) -> bool:
        slot = self.booking.slot
        return slot is not None and windows.is_for_lots(self.bookable.terms, slot.drawn)

    def asks(self) -> BookingFields:
        """The form, with what was sent."""
        return BookingFields(self.bookable.terms, self.booking.day)

    @property
    def is_gone(self) -> bool:
        """Whether the time is over, and somebody else has the place."""
        slot = self.booking.slot
        return self.seconds == 0 and slot is not None and slot.free == 0


@page(booking_form, "/f/<token>", EVERYBODY)
def show(token: str) -> ResponseReturnValue:
    """The form; the browser that has sent it is led to the receipt."""
    opened = _look(token)
    if not isinstance(opened, Opened):
        return booking_receipt.of_this_browser() or _closed(opened)
    if opened.booking.state not in _MAY_BE_SENT:
        return refusal_page(Ended(opened.booking.state))
    if opened.is_gone:
        return refusal_page(HoldGone())
    return _form(opened, opened.asks())


@page(booking_form, "/f/<token>", EVERYBODY, methods=("POST",))
def send(token: str) -> ResponseReturnValue:
    """Holds the place longer, or confirms; sent a second time with the same words, it leads to the receipt again."""
    opened = _look(token)
    if not isinstance(opened, Opened):
        return _receipt_again(token) or _closed(opened)
    form = opened.asks()
    try:
        if flask.request.form.get("act") == "extend":
            return _form(_extended(opened), form)
        if is_switched():
            return _form(opened, form)
        if not form.validate():
            return _form(opened, form), 422
        receipt = _sent(opened, form)
    except Refused as refused:
        return _after(opened, form, refused.why)
    if receipt is None:  # the same form was sent twice, and the other was faster
        return _receipt_again(token) or refusal_page(NotThere())
    return booking_receipt.lead_to(token, receipt)


def _look(token: str) -> Opened | links.Refusal:
    with site().database.read() as tx:
        link = links.look(tx, Purpose.BOOKING_FORM, token, site().clock())
        if isinstance(link, Link):
            return _opened(tx, token, link) or links.Refusal.UNKNOWN
        return link


def _opened(tx: Tx, token: str, link: Link) -> Opened | None:
    hear(tx, link.resident)
    if link.resident is None:
        return None
    by, now = ByResident(link.resident), site().clock()
    booking = bookings.find(tx, BookingId(link.about), by, now)
    bookable = bookables(tx).get(booking.programme) if booking else None
    return Opened(token, by, booking, bookable, now) if booking and bookable else None


def _extended(opened: Opened) -> Opened:
    """With ten minutes more. Raises Refused."""
    with site().database.write() as tx:
        longer = bookings.extend(tx, opened.booking.id, opened.by, opened.now)
    if not isinstance(longer, Booking):
        raise Refused(longer)
    return replace(opened, booking=longer)


def _sent(opened: Opened, form: BookingFields) -> str | None:
    """Confirms and spends the link; the token of the receipt, or None where the link is spent. Raises Refused."""
    with site().database.write() as tx:
        if not isinstance(links.spend(tx, Purpose.BOOKING_FORM, opened.token, opened.now), Link):
            return None
        made = confirming.confirm(tx, opened.booking, opened.bookable.terms, given(form), opened.by)
        return booking_receipt.mint(tx, made, opened.by.resident)


def _receipt_again(token: str) -> ResponseReturnValue | None:
    """For who sends a form that was sent, with the name and birth date or telephone of who was booked."""
    with site().database.write() as tx:
        link = links.spent(tx, Purpose.BOOKING_FORM, token, site().clock())
        sent = _opened(tx, token, link) if link else None
        form = sent.asks() if sent else None
        if sent is None or form is None or not form.validate():
            return None
        if confirming.person_of(tx, given(form)) != sent.booking.person:
            return None
        receipt = booking_receipt.mint(tx, sent.booking, sent.by.resident)
    return booking_receipt.lead_to(token, receipt)


def _form(opened: Opened, form: BookingFields) -> str:
    purpose = purpose_of(opened.bookable.terms)
    kept = site().retention.particulars[purpose]
    return flask.render_template(
        "booking_form/form.html", opened=opened, form=form, kept=kept, purpose=purpose
    )


def _after(opened: Opened, form: BookingFields, why: Refusal) -> ResponseReturnValue:
    """The form again where something else may be typed, otherwise a page that says what to do."""
    match why:
        case LimitReached() | SamePersonThen():
            form.form_errors.append(tell("page.booking_form.once_only"))
            return _form(opened, form), 409
        case AlreadyExtended():
            return _form(opened, form), 409
        case _:
            return refusal_page(why)


def _closed(why: links.Refusal) -> ResponseReturnValue:
    """A link whose time is over is told so; one that was sent, another's and one that never was look alike."""
    return refusal_page(HoldGone() if why is links.Refusal.EXPIRED else NotThere())
