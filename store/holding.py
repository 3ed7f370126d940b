"""Holding: a place is kept for ten minutes, while the form is filled in."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from faq.terms import Terms
from nlp.japan import today
from store import acting, audit, notices, slots, taking, windows
from store.audit import SERVICE, Kind
from store.booked import Booking, BookingId
from store.db import Tx
from store.doing import Doer
from store.refusals import (
    AlreadyExtended,
    Ended,
    HoldGone,
    NotThere,
    Refusal,
    ShareTaken,
    SlotClosed,
    SlotTaken,
    State,
)
from store.residents import ResidentId
from store.slots import SlotId, SlotState, TimeSlot
from store.tables import bookings
from store.windows import Channel

HOLD: Final = timedelta(minutes=10)
"""So long a place is kept while the form is filled in, and once more on request."""


def hold(
    tx: Tx, slot: SlotId, terms: Terms, channel: Channel, resident: ResidentId | None, by: Doer, now: datetime
) -> Booking | Refusal:
    """Keeps a place for ten minutes; a resident's earlier hold of the programme makes room for it.

    For lots nothing is kept: the hold is the time to fill in the form.
    """
    wanted = slots.lock(tx, slot, by, now)
    if wanted is None or wanted.programme != terms.programme:
        return NotThere()
    if refused := refusal(wanted, terms, channel, now):
        return refused
    taking.expire(tx, now, taking.is_on(terms.programme, wanted.day), _holds(resident, terms))
    with tx.connection.begin_nested() as until_made:
        held = _hold(tx, wanted, terms, channel, resident, now)
        if not isinstance(held, int):
            until_made.rollback()
            return held
    return _held(tx, held, by, now)


def hold_offered(tx: Tx, offered: Booking, terms: Terms, by: Doer, now: datetime) -> Booking:
    """Makes an offer a hold: as long as the offer stood, and ten minutes at least."""
    held_until = max(offered.held_until or now, now + HOLD)
    _give_up_holds(tx, offered.resident, terms, now)
    while not taking.change(tx, offered.id, State.HELD, now, held_until=held_until):
        _give_up_holds(tx, offered.resident, terms, now)  # they chose another time at the same moment
    notices.drop(tx, offered.id)
    return _held(tx, offered.id, by, now)


def begin(
    tx: Tx, terms: Terms, channel: Channel, resident: ResidentId | None, by: Doer, now: datetime
) -> Booking | SlotClosed:
    """Begins an application without times: the same ten minutes for the form, though nothing is kept."""
    if not terms.open:
        return SlotClosed()
    held_until = now + HOLD
    while True:  # until neither another hold of the resident nor a receipt that is taken is in the way
        _give_up_holds(tx, resident, terms, now)
        day, state = today(now), State.HELD
        made = taking.insert(
            tx, state, day, terms.programme, None, channel, resident, now, held_until=held_until
        )
        if made is not None:
            return _held(tx, made, by, now)


def extend(tx: Tx, booking: BookingId, by: Doer, now: datetime) -> Booking | Refusal:
    """Keeps the place for ten minutes more, once."""
    mine = acting.opened(tx, booking, by, now)
    if mine is None:
        return NotThere()
    if mine.state is State.EXPIRED:
        return HoldGone()
    if mine.state is not State.HELD or mine.held_until is None:
        return Ended(mine.state)
    if mine.extended:
        return AlreadyExtended()
    taking.change(tx, booking, State.HELD, now, held_until=max(mine.held_until, now) + HOLD, extended=True)
    notices.drop(tx, booking)
    longer = acting.noted(tx, booking, "booking.extended", by, now)
    notices.plan_warning(tx, longer)
    return longer


def refusal(slot: TimeSlot, terms: Terms, channel: Channel, now: datetime) -> Refusal | None:
    """Why nobody can book the slot now, whatever is free."""
    if slot.state is not SlotState.OPEN:
        return SlotClosed()
    return windows.refusal(terms, slot.day, slot.starts_at, slot.drawn, channel, now)


def _hold(
    tx: Tx, slot: TimeSlot, terms: Terms, channel: Channel, resident: ResidentId | None, now: datetime
) -> BookingId | SlotTaken | ShareTaken:
    lots = windows.is_for_lots(terms, slot.drawn)
    while True:  # as long as others are faster
        _give_up_holds(tx, resident, terms, now)
        place = None if lots else taking.place(tx, slot, terms, channel)
        if isinstance(place, SlotTaken | ShareTaken):
            return place
        made = taking.insert(
            tx, State.HELD, slot.day, slot.programme, slot, channel, resident, now,
            held_until=now + HOLD, seat=place and place.seat, share=place and place.share,
        )  # fmt: skip
        if made is not None:
            return made


def _give_up_holds(tx: Tx, resident: ResidentId | None, terms: Terms, now: datetime) -> None:
    """Ends the resident's hold of the programme: they have chosen another time."""
    held = sa.select(bookings.c.id).where(_holds(resident, terms)).with_for_update()
    for each in tx.connection.scalars(held).all():
        taking.release(tx, BookingId(each), State.CANCELLED, now)
        audit.record(tx, SERVICE, "booking.given_up", Kind.BOOKING, str(each), now)


def _holds(resident: ResidentId | None, terms: Terms) -> sa.ColumnElement[bool]:
    """The resident's hold of the programme; there is one at the most."""
    held = sa.and_(bookings.c.programme == terms.programme, bookings.c.state == State.HELD.value)
    return sa.false() if resident is None else sa.and_(held, bookings.c.resident_id == resident)


def _held(tx: Tx, booking: BookingId, by: Doer, now: datetime) -> Booking:
    held = acting.noted(tx, booking, "booking.held", by, now)
    notices.plan_warning(tx, held)
    return held


def expire_holds(tx: Tx, now: datetime) -> int:
    """Ends every hold and offer whose time is over, in a transaction of its own; how many there were."""
    return taking.expire(tx, now, sa.true())
