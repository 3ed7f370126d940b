"""What became of bookings at closed offices: how many moved, whom nobody could tell, who has been called."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from faq.disaster import DisasterId
from store import audit, booked, slots
from store.audit import ByAccount, Kind
from store.booked import Booking, BookingId, seen_by
from store.db import Tx
from store.sight import Viewer
from store.slots import SlotId, TimeSlot
from store.tables import bookings, displacements, residents
from store.tables import slots as slots_table


@dataclass(frozen=True, slots=True)
class Counts:
    """How many bookings, each counted once, however often it was moved."""

    moved: int
    broken_off: int
    to_call: int
    """Of both, those whose people are not in LINE and whom nobody has called."""


@dataclass(frozen=True, slots=True)
class ToCall:
    """Somebody whom LINE does not reach: they booked by telephone or at a counter, or have blocked the account."""

    booking: Booking
    """As it stands now."""
    known: TimeSlot | None
    """The time of which they know; None where they waited for any."""
    called_at: datetime | None


def counts(tx: Tx, disaster: DisasterId) -> Counts:
    query = _latest(disaster).with_only_columns(
        sa.func.count(displacements.c.to_slot_id),
        sa.func.count() - sa.func.count(displacements.c.to_slot_id),
        sa.func.count(sa.case((sa.and_(_is_out_of_reach(), displacements.c.called_at.is_(None)), 1))),
    )
    moved, broken_off, to_call = tx.connection.execute(query).one()
    return Counts(moved, broken_off, to_call)


def to_call(tx: Tx, viewer: Viewer, disaster: DisasterId, now: datetime, most: int) -> tuple[ToCall, ...]:
    """Those of them that the viewer may see: who is not called yet first, the nearest of the old times first."""
    mine = _latest(disaster).where(_is_out_of_reach(), seen_by(viewer))
    order = (displacements.c.called_at.is_not(None), displacements.c.known_slot_id, displacements.c.id)
    rows = tx.connection.execute(mine.order_by(*order).limit(most)).all()
    known = slots.all_of(tx, [SlotId(row.known_slot_id) for row in rows if row.known_slot_id], now)
    return tuple(
        ToCall(
            booked.one(tx, BookingId(row.booking_id), now),
            known.get(SlotId(row.known_slot_id)) if row.known_slot_id else None,
            row.called_at,
        )
        for row in rows
    )


def untold(tx: Tx, now: datetime) -> int:
    """Of all disasters: how many whom LINE does not reach and nobody has called will come to a closed door."""
    coming = sa.and_(slots_table.c.id == displacements.c.known_slot_id, slots_table.c.starts_at > now)
    query = (
        sa.select(sa.func.count(displacements.c.booking_id.distinct()))
        .select_from(_joined().join(slots_table, coming))
        .where(displacements.c.called_at.is_(None), _is_out_of_reach())
    )
    return tx.connection.scalar(query) or 0


def has(tx: Tx, disaster: DisasterId, booking: BookingId) -> bool:
    """Whether the disaster moved the booking, or broke it off."""
    mine = sa.and_(displacements.c.disaster_id == disaster, displacements.c.booking_id == booking)
    return tx.connection.scalar(sa.select(displacements.c.id).where(mine).limit(1)) is not None


def called(tx: Tx, viewer: Viewer, disaster: DisasterId, booking: BookingId, now: datetime) -> bool:
    """Notes that somebody was told by telephone; False where they were before, or it is not the viewer's business."""
    theirs = sa.select(bookings.c.id).where(bookings.c.id == booking, seen_by(viewer))
    untold = sa.and_(
        displacements.c.disaster_id == disaster,
        displacements.c.booking_id.in_(theirs),
        displacements.c.called_at.is_(None),
    )
    values = {"called_by": viewer.account, "called_at": now}
    if not tx.connection.execute(displacements.update().where(untold).values(values)).rowcount:
        return False
    audit.record(tx, ByAccount(viewer.account), "booking.called", Kind.BOOKING, str(booking), now)
    return True


def known_before(tx: Tx, booking: BookingId, now: datetime) -> TimeSlot | None:
    """The time that the person knew before the booking was last moved away from a closed office."""
    mine = sa.select(displacements.c.known_slot_id).where(displacements.c.booking_id == booking)
    known = tx.connection.scalar(mine.order_by(displacements.c.id.desc()).limit(1))
    return None if known is None else slots.find(tx, SlotId(known), now)


def _latest(disaster: DisasterId) -> sa.Select[tuple[object, ...]]:
    """The last displacement of each booking in this disaster."""
    later = displacements.alias()
    again = sa.exists().where(
        later.c.booking_id == displacements.c.booking_id,
        later.c.disaster_id == displacements.c.disaster_id,
        later.c.id > displacements.c.id,
    )
    return (
        sa.select(displacements).select_from(_joined()).where(displacements.c.disaster_id == disaster, ~again)
    )


def _joined() -> sa.Join:
    """With the bookings, and with their residents where they have any."""
    return displacements.join(bookings, bookings.c.id == displacements.c.booking_id).outerjoin(
        residents, residents.c.id == bookings.c.resident_id
    )


def _is_out_of_reach() -> sa.ColumnElement[bool]:
    return sa.or_(residents.c.id.is_(None), ~residents.c.follows)
