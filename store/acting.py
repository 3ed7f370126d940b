"""What every verb upon a booking begins and ends with.

Each first holds the slot still, then ends what is over on its day, then takes the booking: always in this order, so
that nobody waits in a circle. Residents act upon their own bookings, people at the city upon those that they may see.
"""

from datetime import datetime

import sqlalchemy as sa

from store import audit, booked, slots, taking
from store.audit import Kind
from store.booked import Booking, BookingId
from store.db import Tx
from store.doing import Doer, actor
from store.slots import SlotId
from store.tables import bookings


def opened(tx: Tx, booking: BookingId, by: Doer, now: datetime, to: SlotId | None = None) -> Booking | None:
    """The booking, which nobody else changes until this transaction ends; None where it is not theirs."""
    mine = sa.and_(bookings.c.id == booking, booked.theirs(by))
    seen = tx.connection.execute(sa.select(bookings).where(mine)).first()
    if seen is None:
        return None
    slots.hold_still(tx, *(slot for slot in (seen.slot_id, to) if slot is not None))
    target = None if to is None else slots.find(tx, to, now)
    days = [seen.day] if target is None else [seen.day, target.day]
    taking.expire(tx, now, taking.is_on(seen.programme, *days), bookings.c.id == booking)
    held = tx.connection.execute(sa.select(bookings).where(mine)).first()
    if held is not None and held.slot_id != seen.slot_id:  # it was moved between the two looks
        return opened(tx, booking, by, now, to)
    return None if held is None else booked.one(tx, booking, now)


def noted(tx: Tx, booking: BookingId, act: str, by: Doer, now: datetime, **detail: str) -> Booking:
    audit.record(tx, actor(by), act, Kind.BOOKING, str(booking), now, **detail)
    return booked.one(tx, booking, now)
