"""Closing a slot: who had a place in it, or asked for one, is told, and may move to another date by one tap."""

from datetime import datetime

import sqlalchemy as sa

from store import audit, booked, notices, slots, taking
from store.audit import Kind
from store.booked import ACTIVE, Booking, BookingId
from store.db import Tx
from store.doing import AtTheCity, actor
from store.notices import NoticeKind
from store.refusals import NotThere, State
from store.slots import SlotId
from store.tables import bookings


def close(tx: Tx, slot: SlotId, by: AtTheCity, now: datetime) -> tuple[Booking, ...] | NotThere:
    """Closes a slot; the bookings that the city so broke off, those without LINE among them: they are to be telephoned.

    What was told to the city stays with the booking, so that `bookings.move` takes it to another date as it is.
    """
    if slots.lock(tx, slot, by, now, alone=True) is None:
        return NotThere()
    active = [state.value for state in ACTIVE]
    theirs = sa.select(bookings.c.id).where(bookings.c.slot_id == slot, bookings.c.state.in_(active))
    ids = tx.connection.scalars(theirs.order_by(bookings.c.id).with_for_update()).all()
    closed = tuple(break_off(tx, booked.one(tx, BookingId(each), now), by, now) for each in ids)
    slots.shut(tx, slot, by, now)
    return closed


def break_off(tx: Tx, booking: Booking, by: AtTheCity, now: datetime, *, at_once: bool = False) -> Booking:
    """Ends a booking that nobody else changes meanwhile, and tells its person: at any hour where that is `at_once`."""
    taking.release(tx, booking.id, State.CLOSED, now)
    audit.record(tx, actor(by), "booking.closed", Kind.BOOKING, str(booking.id), now)
    closed = booked.one(tx, booking.id, now)
    if booking.state is not State.HELD:  # who is still at the form is told by the form
        notices.put(tx, closed, NoticeKind.CLOSED, now.isoformat(), now, at_once=at_once)
    return closed
