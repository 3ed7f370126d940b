"""The resident's form behind a one-time link: who comes to what they chose in LINE.

To open it changes nothing, since messengers open links by themselves; to send it confirms the booking and spends the
link, in one transaction. What a link no longer opens, and what never was one, look alike.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.retention import Rule as Kept
from nlp.japan import today
from store import bookings, links
from store.audit import ByResident
from store.bookings import Booking, BookingId
from store.db import Tx
from store.links import Link, Purpose
from store.refusals import (
    AlreadyExtended,
    Ended,
    HoldGone,
    LimitReached,
    NotThere,
    Refusal,
    SamePersonThen,
    SlotClosed,
    State,
    TooLate,
)
from web import booking_receipt
from web.booking_fields import BookingFields, fields_for, given
from web.booking_keeping import keep_for, person_of, purpose_of
from web.programmes import Bookable, bookables
from web.rule import EVERYBODY, page
from web.site import site

booking_form = Blueprint("booking_form", __name__)

_FILLED_IN = (State.HELD, State.OFFERED, State.EXPIRED)
"""States from which a form that is sent may make a booking."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens."""

    token: str
    link: Link
    booking: Booking
    bookable: Bookable

    @property
    def by(self) -> ByResident:
        assert self.link.resident is not None
        return ByResident(self.link.resident)

    @property
    def kept(self) -> Kept:
        """How long what is told is kept."""
        return site().retention.particulars[purpose_of(self.bookable.terms)]


class _Refused(Exception):
    """Takes the transaction back."""

    def __init__(self, why: Refusal) -> None:
        self.why = why


@page(booking_form, "/f/<token>", EVERYBODY)
def show(token: str) -> ResponseReturnValue:
    """The form; who has sent it already sees the receipt, on the browser that sent it."""
    now = site().clock()
    with site().database.read() as tx:
        opened = _opened(tx, token, now)
    if not isinstance(opened, Opened):
        return booking_receipt.of_this_browser(token) or _closed(opened)
    if _has_lapsed(opened.booking, now):
        return _refused(HoldGone())
    return _form(opened, fields_for(opened.bookable.terms))


@page(booking_form, "/f/<token>", EVERYBODY, methods=("POST",))
def send(token: str) -> ResponseReturnValue:
    """Keeps the place longer, or confirms."""
    with site().database.read() as tx:
        opened = _opened(tx, token, site().clock())
        sent = opened if isinstance(opened, Opened) else _sent_before(tx, token, site().clock())
    if sent is None:
        return _closed(opened)
    form = fields_for(sent.bookable.terms)
    if flask.request.form.get("act") == "extend":
        return _extend(sent, form)
    if not form.validate():
        return _form(sent, form), 422
    try:
        receipt = _confirm(sent, form)
    except _Refused as refused:
        return _after(sent, form, refused.why)
    return booking_receipt.lead_to(token, receipt)
