"""Slots: times that can be booked. A seat of a slot is a row, and a booking holds one by a foreign key.

So what cannot be booked has no seats: to close a slot takes all of them away, to block it those that are free. How
slots are looked up is in `store.times`, and named here too.
"""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from faq.slots import SlotDraft
from nlp.japan import today
from store import audit
from store.audit import SERVICE, Kind
from store.db import Tx
from store.doing import AtTheCity, Doer, actor, serves
from store.inserting import unless_there
from store.refusals import NotThere
from store.sight import Viewer
from store.tables import bookings, seats, slots
from store.times import (
    SlotId,
    SlotState,
    TimeSlot,
    all_of,
    at_office,
    between,
    find,
    free,
    is_alive,
    is_waited_for,
    of_day,
    of_programmes,
    reaching,
    seen,
    undrawn,
    with_waiting,
)

__all__ = [
    "SlotId",
    "SlotState",
    "TimeSlot",
    "add",
    "all_of",
    "at_office",
    "between",
    "block",
    "find",
    "free",
    "hold_still",
    "is_alive",
    "is_waited_for",
    "lock",
    "make",
    "of_day",
    "of_programmes",
    "reaching",
    "resize",
    "seen",
    "shut",
    "unblock",
    "undrawn",
    "with_waiting",
]


def make(tx: Tx, drafts: Iterable[SlotDraft], now: datetime) -> int:
    """Makes those that are not there yet; what staff changed about one that is there stays. How many were made."""
    wanted = {(draft.programme, draft.starts_at, draft.place): draft for draft in drafts}
    if not wanted:
        return 0
    first = min(starts_at for _, starts_at, _ in wanted)
    key = sa.select(slots.c.programme, slots.c.starts_at, slots.c.place).where(slots.c.starts_at >= first)
    there = {tuple(row) for row in tx.connection.execute(key)}
    made = [add(tx, draft, SERVICE, now) for at, draft in wanted.items() if at not in there]
    return sum(each is not None for each in made)


def add(tx: Tx, draft: SlotDraft, by: AtTheCity, now: datetime) -> SlotId | None:
    """Makes one; None where the programme has one at that time and place."""
    made = unless_there(
        tx,
        slots,
        {
            "programme": draft.programme,
            "day": today(draft.starts_at),
            "starts_at": draft.starts_at,
            "ends_at": draft.ends_at,
            "place": draft.place,
            "office": draft.office,
            "seats": draft.seats,
            "state": SlotState.OPEN.value,
        },
    )
    if made is None:
        return None
    _fill(tx, SlotId(made), draft.seats)
    audit.record(tx, actor(by), "slot.made", Kind.SLOT, str(made), now, programme=draft.programme)
    return SlotId(made)


def block(tx: Tx, slot: SlotId, by: AtTheCity, now: datetime) -> TimeSlot | NotThere:
    """Takes no more bookings; those that are there stand."""
    return _change(tx, slot, by, now, "slot.blocked", state=SlotState.BLOCKED)


def unblock(tx: Tx, slot: SlotId, by: AtTheCity, now: datetime) -> TimeSlot | NotThere:
    """Takes bookings again, also where it was closed."""
    return _change(tx, slot, by, now, "slot.opened", state=SlotState.OPEN)


def resize(tx: Tx, slot: SlotId, to: int, by: AtTheCity, now: datetime) -> TimeSlot | NotThere:
    """Gives it so many places; who has one of more than that keeps it."""
    return _change(tx, slot, by, now, "slot.resized", seats=to)


def shut(tx: Tx, slot: SlotId, by: AtTheCity, now: datetime) -> TimeSlot | NotThere:
    """Takes every seat away; their bookings must have given them up before (see `closing.close`)."""
    return _change(tx, slot, by, now, "slot.closed", state=SlotState.CLOSED)


def lock(tx: Tx, slot: SlotId, by: Doer, now: datetime, *, alone: bool = False) -> TimeSlot | None:
    """The slot, which nobody changes until this transaction ends; `alone` keeps new bookings out too.

    None where there is none, or it is not their business.
    """
    mine = sa.true() if not isinstance(by, Viewer) else serves(by, slots.c.programme)
    held = sa.select(slots.c.id).where(slots.c.id == slot, mine).with_for_update(read=not alone)
    return None if tx.connection.scalar(held) is None else find(tx, slot, now)


def hold_still(tx: Tx, *wanted: SlotId) -> None:
    """Keeps staff from changing these slots until this transaction ends; bookings may still be made."""
    ordered = sa.select(slots.c.id).where(slots.c.id.in_(wanted)).order_by(slots.c.id)
    tx.connection.execute(ordered.with_for_update(read=True))


def _change(
    tx: Tx,
    slot: SlotId,
    by: AtTheCity,
    now: datetime,
    act: str,
    state: SlotState | None = None,
    seats: int | None = None,
) -> TimeSlot | NotThere:
    before = lock(tx, slot, by, now, alone=True)
    if before is None:
        return NotThere()
    after, places = state or before.state, before.seats if seats is None else seats
    tx.connection.execute(slots.update().where(slots.c.id == slot).values(state=after.value, seats=places))
    given = places if after is SlotState.OPEN else 0
    _empty(tx, slot, given)
    _fill(tx, slot, given)
    audit.record(tx, actor(by), act, Kind.SLOT, str(slot), now, seats=str(places))
    found = find(tx, slot, now)
    assert found is not None
    return found


def _fill(tx: Tx, slot: SlotId, given: int) -> None:
    """Makes the seats that are not there, up to as many as are given."""
    there = set(tx.connection.scalars(sa.select(seats.c.seat).where(seats.c.slot_id == slot)))
    lacking = [number for number in range(1, given + len(there) + 1) if number not in there]
    if new := [{"slot_id": slot, "seat": number} for number in lacking[: max(0, given - len(there))]]:
        tx.connection.execute(seats.insert(), new)


def _empty(tx: Tx, slot: SlotId, given: int) -> None:
    """Takes away free seats until as many are left as are given, or none is free."""
    mine = seats.c.slot_id == slot
    held = sa.select(bookings.c.seat).where(bookings.c.slot_id == slot, bookings.c.seat.is_not(None))
    there = tx.connection.scalar(sa.select(sa.func.count()).select_from(seats).where(mine)) or 0
    free = sa.select(seats.c.seat).where(mine, seats.c.seat.not_in(held)).order_by(seats.c.seat.desc())
    spare = tx.connection.scalars(free.limit(max(0, there - given))).all()
    tx.connection.execute(seats.delete().where(mine, seats.c.seat.in_(spare)))
