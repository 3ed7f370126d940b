"""Bookings at offices that a disaster closes: their slots are shut, and each goes to the next free time.

Each step is a transaction of its own, and what is to be done is read off what is there: a slot at a closed office that
is not shut, a booking in a slot that is. So a kill leaves the rest to the next, and what two do at once is done once.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from faq.disaster import ClosedOffice, DisasterId, DisasterNow
from faq.programmes import ProgrammeId
from faq.terms import Terms
from store import acting, booked, bookings, closing, disaster_measures, next_times, notices, slots
from store.audit import SERVICE
from store.booked import ACTIVE, Booking, BookingId
from store.db import Database, Tx
from store.inserting import unless_there
from store.next_times import Plan
from store.notices import NoticeKind
from store.refusals import State
from store.slots import SlotId, SlotState, TimeSlot
from store.tables import bookings as bookings_table
from store.tables import displacements, slots_shut
from store.tables import slots as slots_table
from store.windows import Channel

AT_ONCE: Final = 100
"""Bookings that one call moves: other chores wait meanwhile."""
SOON: Final = timedelta(hours=12)
"""Of a time so near people are told at any hour: they may be about to set out. All else waits for the day."""


def plan(tx: Tx, closed: Iterable[ClosedOffice], terms: Mapping[ProgrammeId, Terms], now: datetime) -> Plan:
    """What would become of the bookings, were these offices closed; nothing is changed."""
    closed = tuple(closed)
    theirs = [slot.id for slot in _at(tx, closed, now)]
    mine = sa.and_(bookings_table.c.slot_id.in_(theirs), _is_to_come())
    ids = tx.connection.scalars(sa.select(bookings_table.c.id).where(mine)).all()
    found = [booked.one(tx, BookingId(each), now) for each in ids]
    ordered = sorted(found, key=lambda each: (each.slot.starts_at if each.slot else now, each.id))
    free = {
        programme: _free(tx, terms[programme], [each.slot for each in ordered if each.slot], now)
        for programme in {each.programme for each in ordered} & terms.keys()
    }
    return next_times.plan(ordered, free, closed, now)


def keep(
    database: Database, present: DisasterNow | None, terms: Mapping[ProgrammeId, Terms], now: datetime
) -> int:
    """Does what is to be done now, opens again what is closed no more, and says how many bookings it took up.

    `AT_ONCE`: there may be more.
    """
    closed = tuple(each.what for each in present.of(ClosedOffice)) if present else ()
    with database.read() as tx:
        to_open, to_shut = _to_open(tx, closed, now), _to_shut(tx, closed, now)
    for slot in to_open:
        with database.write() as tx:
            _open(tx, slot, now)
    for slot in to_shut:
        with database.write() as tx:
            _shut(tx, slot, now)
    if present is None:
        return 0
    with database.read() as tx:
        due = _displaced(tx, now)
    for booking in due:
        with database.write() as tx:
            displace(tx, booking, present.id, closed, terms, now)
    return len(due)


def displace(
    tx: Tx,
    booking: BookingId,
    why: DisasterId,
    closed: Iterable[ClosedOffice],
    terms: Mapping[ProgrammeId, Terms],
    now: datetime,
) -> Booking | None:
    """Moves a booking out of a slot that is shut, or breaks it off where no time is free; its person is told once.

    None where somebody was faster: it is no longer there, or its office is closed no more.
    """
    mine = acting.opened(tx, booking, SERVICE, now)
    if mine is None or not _is_displaced(tx, mine, now) or not _is_closed_still(tx, mine, why, now):
        return None
    known, at_once = _known(tx, mine), mine.slot is not None and mine.slot.starts_at < now + SOON
    moved = _move(tx, mine, terms.get(mine.programme), tuple(closed), now)
    noted = None if mine.state is State.HELD else _note(tx, mine, moved, known, why, now)
    if moved is None:
        return closing.break_off(tx, mine, SERVICE, now, at_once=at_once)
    notices.put(tx, moved, NoticeKind.MOVED, str(noted), now, at_once=at_once)
    return moved


def _is_closed_still(tx: Tx, mine: Booking, why: DisasterId, now: datetime) -> bool:
    """As it is now: while many bookings move, the mode may end, or an office named by mistake be taken back."""
    present = disaster_measures.now_on(tx, now)
    if present is None or present.id != why:
        return False
    closed = (each.what for each in present.of(ClosedOffice))
    return mine.slot is None or next_times.is_closed(mine.slot, closed)


def _move(
    tx: Tx, mine: Booking, terms: Terms | None, closed: tuple[ClosedOffice, ...], now: datetime
) -> Booking | None:
    """Takes the first time that nobody else takes; limits of the programme and of the person hold as ever."""
    if mine.state is not State.CONFIRMED or mine.slot is None or terms is None:
        return None
    for slot in next_times.in_order(mine.slot, _free(tx, terms, [mine.slot], now), closed, now):
        moved = bookings.move(tx, mine.id, slot.id, terms, Channel.COUNTER, SERVICE, now, notice=None)
        if isinstance(moved, Booking):
            return moved
    return None


def _free(tx: Tx, terms: Terms, of: Iterable[TimeSlot], now: datetime) -> tuple[TimeSlot, ...]:
    """What is free for any of these, whoever books through which channel: the city moves them."""
    spans = [next_times.span(slot, now) for slot in of if slot.programme == terms.programme]
    if not spans:
        return ()
    first, last = min(begin for begin, _ in spans), max(end for _, end in spans)
    return slots.free(tx, [terms], first, last + timedelta(seconds=1), Channel.COUNTER, now)


def _note(
    tx: Tx, mine: Booking, moved: Booking | None, known: SlotId | None, why: DisasterId, now: datetime
) -> int:
    values = {
        "disaster_id": why,
        "booking_id": mine.id,
        "from_slot_id": mine.slot and mine.slot.id,
        "known_slot_id": known,
        "to_slot_id": moved and moved.slot and moved.slot.id,
        "at": now,
    }
    row: int = tx.connection.execute(
        displacements.insert().values(values).returning(displacements.c.id)
    ).scalar_one()
    return row


def _known(tx: Tx, mine: Booking) -> SlotId | None:
    """The time that the person knows: an earlier one than the booking's where they were not told of a move yet."""
    here = mine.slot.id if mine.slot else None
    before = sa.select(displacements).where(displacements.c.booking_id == mine.id)
    last = tx.connection.execute(before.order_by(displacements.c.id.desc()).limit(1)).first()
    if last is None or here is None or last.to_slot_id != here:
        return here
    in_line = mine.resident is not None
    is_told = not notices.is_planned(tx, mine.id, NoticeKind.MOVED) if in_line else last.called_at is not None
    return here if is_told else SlotId(last.known_slot_id)


# Slots ------------------------------------------------------------------------------------------------------


def _at(tx: Tx, closed: Iterable[ClosedOffice], now: datetime) -> tuple[TimeSlot, ...]:
    """The slots at these offices, while they are closed, that have not begun."""
    found = {
        slot.id: slot
        for each in closed
        for slot in slots.at_office(tx, each.office, max(each.begins_at, now), each.ends_at, now)
    }
    return tuple(slot for slot in found.values() if slot.starts_at > now)


def _to_shut(tx: Tx, closed: Iterable[ClosedOffice], now: datetime) -> tuple[SlotId, ...]:
    """Those that were not shut yet: what staff open again meanwhile stays open."""
    shut = set(tx.connection.scalars(sa.select(slots_shut.c.slot_id)))
    return tuple(
        slot.id for slot in _at(tx, closed, now) if slot.state is not SlotState.CLOSED and slot.id not in shut
    )


def _to_open(tx: Tx, closed: Iterable[ClosedOffice], now: datetime) -> tuple[SlotId, ...]:
    shut = slots.all_of(
        tx, [SlotId(each) for each in tx.connection.scalars(sa.select(slots_shut.c.slot_id))], now
    )
    closed = tuple(closed)
    return tuple(slot.id for slot in shut.values() if not next_times.is_closed(slot, closed))


def _shut(tx: Tx, slot: SlotId, now: datetime) -> None:
    found = slots.lock(tx, slot, SERVICE, now, alone=True)
    if found is None or found.state is SlotState.CLOSED:
        return
    noted = unless_there(tx, slots_shut, {"slot_id": slot, "was": found.state.value, "at": now})
    if noted is not None and found.state is SlotState.OPEN:
        slots.block(tx, slot, SERVICE, now)


def _open(tx: Tx, slot: SlotId, now: datetime) -> None:
    """Gives it back as it was, unless staff have decided otherwise meanwhile."""
    found = slots.lock(tx, slot, SERVICE, now, alone=True)
    gone = slots_shut.delete().where(slots_shut.c.slot_id == slot).returning(slots_shut.c.was)
    was = tx.connection.scalar(gone)
    if found is not None and found.state is SlotState.BLOCKED and was == SlotState.OPEN.value:
        slots.unblock(tx, slot, SERVICE, now)


# Bookings ---------------------------------------------------------------------------------------------------


def _is_to_come() -> sa.ColumnElement[bool]:
    return bookings_table.c.state.in_([state.value for state in ACTIVE])


def _in_shut_slots(now: datetime) -> sa.ColumnElement[bool]:
    """Bookings of slots that are shut and have not begun."""
    shut = sa.select(slots_shut.c.slot_id).join(slots_table, slots_table.c.id == slots_shut.c.slot_id)
    still = sa.and_(slots_table.c.state != SlotState.OPEN.value, slots_table.c.starts_at > now)
    return sa.and_(_is_to_come(), bookings_table.c.slot_id.in_(shut.where(still)))


def _in_shut_days(now: datetime) -> sa.ColumnElement[bool]:
    """Who waits for any time of a day of which nothing is left, since slots are shut."""
    of_day = sa.and_(
        slots_table.c.programme == bookings_table.c.programme, slots_table.c.day == bookings_table.c.day
    )
    shut = sa.exists().where(of_day, slots_shut.c.slot_id == slots_table.c.id, slots_table.c.starts_at > now)
    left = sa.exists().where(of_day, slots_table.c.state == SlotState.OPEN.value)
    waits = sa.and_(bookings_table.c.slot_id.is_(None), bookings_table.c.state == State.WAITING.value)
    return sa.and_(waits, shut, ~left)


def _displaced(tx: Tx, now: datetime) -> tuple[BookingId, ...]:
    """Who is to leave, in order of time."""
    starts = sa.select(slots_table.c.starts_at).where(slots_table.c.id == bookings_table.c.slot_id)
    query = sa.select(bookings_table.c.id).where(sa.or_(_in_shut_slots(now), _in_shut_days(now)))
    ordered = query.order_by(starts.scalar_subquery(), bookings_table.c.id).limit(AT_ONCE)
    return tuple(BookingId(each) for each in tx.connection.scalars(ordered))


def _is_displaced(tx: Tx, mine: Booking, now: datetime) -> bool:
    """Whether it still is there, now that nobody else changes it."""
    still = sa.and_(bookings_table.c.id == mine.id, sa.or_(_in_shut_slots(now), _in_shut_days(now)))
    return tx.connection.scalar(sa.select(bookings_table.c.id).where(still)) is not None
