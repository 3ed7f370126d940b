"""One booking, for the people at the city: who comes, and what can be done to it. Each look at who comes is audited."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField

from store import audit, booked, bookings, notices, particulars
from store.audit import ByAccount, Kind
from store.bookings import Booking, BookingId
from store.db import Tx
from store.notices import Notice
from store.particulars import Field
from store.refusals import NotThere, Refusal
from web.bookings import TONES
from web.door import viewer
from web.notices import say_notice
from web.programmes import Bookable, bookables
from web.refusals import say_refusal
from web.rule import PERSONAL, STAFF_WITH_NAMES, page
from web.site import site
from web.times import say_birth_date

booking = Blueprint("booking", __name__)
booking.add_app_template_filter(say_notice)

Act = Callable[..., Booking | Refusal]
"""A verb of `store.bookings`: transaction, booking, who, now."""
REASONS: Final = ("asked", "city", "twice", "slip")
"""Why somebody at the city changes a booking; to choose from, so that nothing personal gets into the audit."""


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why a booking is given up."""

    reason = RadioField(default="asked", validate_choice=False)

    def __init__(self) -> None:
        super().__init__()
        self.reason.choices = [(each, site().say(f"bookings.reason.{each}")) for each in REASONS]


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the page of a booking says."""

    booking: Booking
    bookable: Bookable | None
    told: Mapping[Field, str]
    notices: tuple[Notice, ...]

    @property
    def name(self) -> str:
        return self.bookable.name if self.bookable else self.booking.programme

    @property
    def who(self) -> tuple[tuple[str, str], ...]:
        """What was told, in the order in which it is asked."""
        say = site().say
        told = {**self.told}
        if Field.BIRTH_DATE in told:
            told[Field.BIRTH_DATE] = say_birth_date(told[Field.BIRTH_DATE])
        return tuple((say(f"bookings.told.{each}"), told[each]) for each in Field if each in told)


@page(booking, "/bookings/<int:number>", PERSONAL)
def show(number: int) -> ResponseReturnValue:
    """Who comes to what; noted in the audit."""
    with site().database.write() as tx:
        shown = _shown(tx, number)
    if shown is None:
        flask.abort(404)
    return flask.render_template("booking/show.html", shown=shown, now=site().clock(), tones=TONES)


@page(booking, "/bookings/<int:number>/kept", STAFF_WITH_NAMES, methods=("POST",))
def keep(number: int) -> ResponseReturnValue:
    """They came."""
    return _mark(number, bookings.kept, "bookings.kept")


@page(booking, "/bookings/<int:number>/missed", STAFF_WITH_NAMES, methods=("POST",))
def miss(number: int) -> ResponseReturnValue:
    """They did not come."""
    return _mark(number, bookings.missed, "bookings.missed")


@page(booking, "/bookings/<int:number>/unmarked", STAFF_WITH_NAMES, methods=("POST",))
def unmark(number: int) -> ResponseReturnValue:
    """Neither was noted yet."""
    return _mark(number, bookings.unmarked, "bookings.unmarked")


@page(booking, "/bookings/<int:number>/restored", PERSONAL, methods=("POST",))
def restore(number: int) -> ResponseReturnValue:
    """The cancelling was a slip, and the place is still free."""
    who, now = viewer(), site().clock()
    with site().database.write() as tx:
        found = booked.find(tx, BookingId(number), who, now)
        bookable = bookables(tx).get(found.programme) if found else None
        if found is None or bookable is None:
            flask.abort(404)
        restored = bookings.restore(tx, found.id, bookable.terms, who, now)
    return _after(number, restored, "bookings.restored")


@page(booking, "/bookings/<int:number>/done", STAFF_WITH_NAMES, methods=("POST",))
def finish(number: int) -> ResponseReturnValue:
    """What was applied for is done."""
    return _mark(number, bookings.done, "bookings.done")


@page(booking, "/bookings/<int:number>/cancel", PERSONAL)
def ask(number: int) -> ResponseReturnValue:
    """Asks why, before a place is given up."""
    return _asked(_found(number), ReasonForm())


@page(booking, "/bookings/<int:number>/cancel", PERSONAL, methods=("POST",))
def cancel(number: int) -> ResponseReturnValue:
    """Gives it up on behalf of who comes."""
    now, form = site().clock(), ReasonForm()
    if form.reason.data not in REASONS:
        form.reason.errors = [site().say("bookings.reason_missing")]
        return _asked(_found(number), form), 422
    with site().database.write() as tx:
        over = bookings.cancel(tx, BookingId(number), viewer(), now)
        if isinstance(over, Booking):
            note_reason(tx, over, str(form.reason.data))
    return _after(number, over, "bookings.cancelled")


def note_reason(tx: Tx, changed: Booking, reason: str) -> None:
    """Puts the reason behind the change in the audit."""
    by = ByAccount(viewer().account)
    audit.record(tx, by, "booking.reason", Kind.BOOKING, str(changed.id), site().clock(), reason=reason)


def _found(number: int) -> Booking:
    with site().database.read() as tx:
        found = booked.find(tx, BookingId(number), viewer(), site().clock())
    return found or flask.abort(404)


def _shown(tx: Tx, number: int) -> Shown | None:
    now, by = site().clock(), viewer()
    found = booked.find(tx, BookingId(number), by, now)
    if found is None:
        return None
    told: Mapping[Field, str] = {}
    if found.particulars is not None:
        told = particulars.read(tx, found.particulars, ByAccount(by.account), now)
    return Shown(found, bookables(tx).get(found.programme), told, notices.of_booking(tx, found.id))


def _asked(found: Booking, form: ReasonForm) -> str:
    return flask.render_template("booking/cancel.html", booking=found, form=form)


def _mark(number: int, act: Act, said: str) -> ResponseReturnValue:
    with site().database.write() as tx:
        marked = act(tx, BookingId(number), viewer(), site().clock())
    response = _after(number, marked, said)
    if isinstance(marked, Booking) and flask.request.form.get("back") == "list":
        return flask.redirect(flask.url_for("bookings.show", day=marked.day.isoformat()), 303)
    return response


def _after(number: int, outcome: Booking | Refusal, said: str) -> Response:
    """The booking's page, with what was done or why it was not. What is not theirs is not there."""
    match outcome:
        case Booking():
            flask.flash(site().say(said))
        case NotThere():
            flask.abort(404)
        case refusal:
            flask.flash(say_refusal(refusal), "error")
    return flask.redirect(flask.url_for("booking.show", number=number), 303)
