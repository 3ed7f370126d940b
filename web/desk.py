"""The operator's desk: what a caller may want, found in one line, and a place kept while they are asked."""

from dataclasses import dataclass
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.called import called
from faq.programmes import ProgrammeId
from faq.terms import Sort
from nlp.japan import today
from store import bookings, slots
from store.bookings import Booking
from store.db import Tx
from store.refusals import Refusal
from store.slots import SlotId, SlotState, TimeSlot
from web.booking_move import FAR, Day, by_day, channel_of
from web.door import viewer
from web.finding import FindForm
from web.numbers import sent_number
from web.programmes import Bookable, bookables
from web.refusals import say_refusal
from web.rule import PERSONAL, page
from web.site import site
from web.wished import Wished, wished

desk = Blueprint("desk", __name__)

MOST: Final = 40
"""Times of a programme that are shown at once; who looks for later ones says when."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A programme, and what of it is free, or can be waited for."""

    bookable: Bookable
    days: tuple[Day, ...]
    more: int
    """Free times that are not shown."""
    full: tuple[Day, ...]

    @property
    def is_without_times(self) -> bool:
        return self.bookable.terms.sort is Sort.APPLICATION


@page(desk, "/operators/bookings", PERSONAL)
def show() -> ResponseReturnValue:
    """The line, and what it finds."""
    words, now = flask.request.args.get("q", "").strip()[:200], site().clock()
    found = wished(words, now)
    with site().database.read() as tx:
        offered = [each for each in bookables(tx).values() if each.terms.open]
        wanted = called([each.programme for each in offered], found.about) if words else ()
        offers = [_offer(tx, each, found) for each in offered if each.programme in wanted]
    return flask.render_template(
        "desk/show.html", words=words, wished=found, offers=offers, offered=offered, find=FindForm()
    )


@page(desk, "/operators/bookings/hold", PERSONAL, methods=("POST",))
def hold() -> ResponseReturnValue:
    """Keeps a place while the caller is asked."""
    slot, now, who = sent_number("slot"), site().clock(), viewer()
    with site().database.write() as tx:
        wanted = slots.find(tx, SlotId(slot), now)
        bookable = bookables(tx).get(wanted.programme) if wanted else None
        if wanted is None or bookable is None:
            flask.abort(404)
        held = bookings.hold(tx, wanted.id, bookable.terms, channel_of(who), None, who, now)
    return _on(held)


@page(desk, "/operators/bookings/begin", PERSONAL, methods=("POST",))
def begin() -> ResponseReturnValue:
    """Begins what is applied for without times."""
    programme, who = ProgrammeId(flask.request.form.get("programme", "")), viewer()
    with site().database.write() as tx:
        bookable = bookables(tx).get(programme)
        if bookable is None or bookable.terms.sort is not Sort.APPLICATION:
            flask.abort(404)
        begun = bookings.begin(tx, bookable.terms, channel_of(who), None, who, site().clock())
    return _on(begun)


def _on(held: Booking | Refusal) -> ResponseReturnValue:
    """To the caller's particulars; where the place is gone, back to the others."""
    if isinstance(held, Booking):
        return flask.redirect(flask.url_for("caller.show", number=held.id), 303)
    flask.flash(say_refusal(held), "error")
    return flask.redirect(flask.url_for("desk.show", q=flask.request.form.get("q", "")), 303)


def _offer(tx: Tx, bookable: Bookable, found: Wished) -> Offer:
    now, who = site().clock(), viewer()
    free = slots.free(tx, [bookable.terms], now, now + FAR, channel_of(who), now)
    fitting = [slot for slot in free if found.fits(slot.starts_at, slot.ends_at)]
    full = _full(tx, bookable, found) if bookable.terms.waiting_list else ()
    return Offer(bookable, by_day(tuple(fitting[:MOST])), len(fitting[MOST:]), by_day(full))


def _full(tx: Tx, bookable: Bookable, found: Wished) -> tuple[TimeSlot, ...]:
    now = site().clock()
    day = today(now)
    coming = slots.between(tx, viewer(), day, day + FAR, now, bookable.id)
    return tuple(
        slot
        for slot in coming
        if slot.free == 0
        and slot.state is SlotState.OPEN
        and slot.starts_at > now
        and found.fits(slot.starts_at, slot.ends_at)
    )[:MOST]
