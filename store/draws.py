"""Lots: drawn once for a slot, from a seed that is kept, so that anybody can draw them again from the record.

The order: each receipt is put behind the seed and a colon, hashed with SHA-256, and the receipts are sorted by the hash
in hexadecimal. The first have the seats. `docs/booking.md` says how to do it again with nothing but `sha256sum`.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from faq.terms import Allocation, Terms
from store import audit, booked, notices, slots, taking
from store.audit import SERVICE, Kind
from store.booked import Booking
from store.db import Tx
from store.doing import AtTheCity, actor
from store.notices import NoticeKind
from store.receipts import Receipt
from store.refusals import LimitReached, NotThere, SlotClosed, State, TooEarly
from store.slots import SlotId, TimeSlot
from store.tables import draws
from store.windows import Channel


@dataclass(frozen=True, slots=True)
class Draw:
    """The record of a draw."""

    slot: SlotId
    seed: str
    """128 bits in hexadecimal."""
    entrants: tuple[Receipt, ...]
    """Sorted."""
    seats: int
    """As many as were free."""
    drawn_at: datetime


def order(seed: str, entrants: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """The receipts as the seed draws them."""
    return tuple(
        sorted(entrants, key=lambda receipt: hashlib.sha256(f"{seed}:{receipt}".encode()).hexdigest())
    )


def of_slot(tx: Tx, slot: SlotId) -> Draw | None:
    row = tx.connection.execute(sa.select(draws).where(draws.c.slot_id == slot)).first()
    if row is None:
        return None
    return Draw(SlotId(row.slot_id), row.seed, tuple(map(Receipt, row.entrants)), row.seats, row.drawn_at)


def due(tx: Tx, terms: Terms, now: datetime) -> tuple[TimeSlot, ...]:
    """Slots of a programme whose lots are to be drawn, each in a transaction of its own."""
    if terms.allocation is not Allocation.LOTTERY or terms.draw is None:
        return ()
    coming = slots.undrawn(tx, terms.programme, now)
    return tuple(slot for slot in coming if terms.draw.of(slot.day) <= now)


def draw(
    tx: Tx, slot: SlotId, terms: Terms, by: AtTheCity, now: datetime
) -> Draw | NotThere | SlotClosed | TooEarly:
    """Draws the lots, once: the first are confirmed, the others wait in their order or are told that it was not them.

    Who was drawn but has come as often as they may, or has another booking at that time, leaves the place to the next.
    """
    wanted = slots.lock(tx, slot, by, now, alone=True)
    if wanted is None or wanted.programme != terms.programme:
        return NotThere()
    if drawn := of_slot(tx, slot):
        return drawn
    if terms.allocation is not Allocation.LOTTERY:
        return SlotClosed()
    if terms.draw and now < (opens := terms.draw.of(wanted.day)):
        return TooEarly(opens)
    entered = {each.receipt: each for each in booked.of_slot(tx, slot, now) if each.state is State.ENTERED}
    record = Draw(slot, secrets.token_hex(16), tuple(sorted(entered)), taking.seats_free(tx, wanted), now)
    _keep(tx, record, by, now)
    for place, receipt in enumerate(order(record.seed, record.entrants), 1):
        _settle(tx, entered[receipt], wanted, terms, place, now)
    return record


def _keep(tx: Tx, record: Draw, by: AtTheCity, now: datetime) -> None:
    tx.connection.execute(
        draws.insert().values(
            slot_id=record.slot,
            seed=record.seed,
            entrants=list(record.entrants),
            seats=record.seats,
            drawn_at=record.drawn_at,
        )
    )
    audit.record(tx, actor(by), "draw.drawn", Kind.DRAW, str(record.slot), now, seed=record.seed)


def _settle(tx: Tx, entry: Booking, slot: TimeSlot, terms: Terms, place: int, now: datetime) -> None:
    """Gives the entry a seat, a place on the waiting list, or neither; and plans what its resident is told."""
    state = _seat(tx, entry, slot, terms, place, now)
    audit.record(tx, SERVICE, f"draw.{state}", Kind.BOOKING, str(entry.id), now, place=str(place))
    settled = booked.one(tx, entry.id, now)
    notices.put(tx, settled, NoticeKind.DRAWN if state is State.CONFIRMED else NoticeKind.NOT_DRAWN, "", now)
    if state is State.CONFIRMED:
        notices.plan_reminders(tx, settled, slot, now)


def _seat(tx: Tx, entry: Booking, slot: TimeSlot, terms: Terms, place: int, now: datetime) -> State:
    assert entry.person is not None
    while True:  # as long as the person takes another booking at this moment
        turn = taking.turn(tx, terms, entry.person, slot.day)
        seat = taking.place(tx, slot, terms, Channel.COUNTER, waited=True)
        held: dict[str, object] = {}
        if isinstance(turn, LimitReached) or taking.is_elsewhere(tx, entry.person, slot):
            state = State.NOT_DRAWN
        elif not isinstance(seat, taking.Place):
            state = State.WAITING if terms.waiting_list else State.NOT_DRAWN
        else:
            state = State.CONFIRMED
            held = {
                "seat": seat.seat,
                "period": turn.period,
                "ordinal": turn.ordinal,
                "attends_at": slot.starts_at,
            }
        if taking.change(tx, entry.id, state, now, drawn=place, **held):
            return state
