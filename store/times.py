"""The times that can be booked, as they stand: who has how many places left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NewType

import sqlalchemy as sa

from faq.models import OfficeId
from faq.programmes import ProgrammeId
from faq.terms import Terms
from nlp.japan import today
from store import windows
from store.db import Tx
from store.doing import serves
from store.sight import Viewer
from store.tables import bookings, draws, seats, slots
from store.windows import Channel

SlotId = NewType("SlotId", int)


class SlotState(StrEnum):
    """Whether it can be booked."""

    OPEN = "open"
    BLOCKED = "blocked"
    """Staff take no more bookings; those that are there stand."""
    CLOSED = "closed"
    """It does not take place."""


@dataclass(frozen=True, slots=True)
class TimeSlot:
    """A time of a programme, and how many places it has."""

    id: SlotId
    programme: ProgrammeId
    day: date
    """In Japan."""
    starts_at: datetime
    """Aware, in UTC, as all moments."""
    ends_at: datetime
    place: str
    office: OfficeId | None
    seats: int
    """As many as are given out while it is open."""
    free: int
    """For who asks now: without those that are held, and those that are for who waits."""
    waiting: int
    """How many wait for it, or for any time of its day."""
    drawn: bool
    """Whether lots were drawn for it."""
    state: SlotState


def find(tx: Tx, slot: SlotId, now: datetime) -> TimeSlot | None:
    row = tx.connection.execute(_query(now).where(slots.c.id == slot)).first()
    return None if row is None else of_row(row)


def seen(tx: Tx, slot: SlotId, viewer: Viewer, now: datetime) -> TimeSlot | None:
    """The slot, where it is the viewer's business."""
    mine = sa.and_(slots.c.id == slot, serves(viewer, slots.c.programme))
    row = tx.connection.execute(_query(now).where(mine)).first()
    return None if row is None else of_row(row)


def all_of(tx: Tx, wanted: Iterable[SlotId], now: datetime) -> Mapping[SlotId, TimeSlot]:
    """The slots of these ids."""
    ids = list(wanted)
    if not ids:
        return {}
    found = map(of_row, tx.connection.execute(_query(now).where(slots.c.id.in_(ids))))
    return {slot.id: slot for slot in found}


def free(
    tx: Tx, terms: Iterable[Terms], start: datetime, end: datetime, channel: Channel, now: datetime
) -> tuple[TimeSlot, ...]:
    """The slots of these programmes that begin in the time and can be booked now, in order of time.

    For lots (until they are drawn) every slot whose entry is open, whatever is free.
    """
    by_programme = {
        each.programme: each for each in terms if channel is not Channel.LINE or each.line_share != 0
    }
    query = _query(now).where(
        slots.c.programme.in_(list(by_programme)),
        slots.c.starts_at >= start,
        slots.c.starts_at < end,
        slots.c.state == SlotState.OPEN.value,
    )
    found = [of_row(row) for row in tx.connection.execute(query)]
    spent = _days_without_share(tx, by_programme.values(), now) if channel is Channel.LINE else frozenset()
    return tuple(
        slot
        for slot in found
        if (slot.programme, slot.day) not in spent
        and _can_be_booked(slot, by_programme[slot.programme], channel, now)
    )


def of_programmes(
    tx: Tx, programmes: Iterable[ProgrammeId], start: datetime, end: datetime, now: datetime
) -> tuple[TimeSlot, ...]:
    """The slots of these programmes that begin in the time, whether or not they can be booked."""
    query = _query(now).where(
        slots.c.programme.in_(list(programmes)), slots.c.starts_at >= start, slots.c.starts_at < end
    )
    return tuple(map(of_row, tx.connection.execute(query)))


def _can_be_booked(slot: TimeSlot, terms: Terms, channel: Channel, now: datetime) -> bool:
    lots = windows.is_for_lots(terms, slot.drawn)
    window = windows.refusal(terms, slot.day, slot.starts_at, slot.drawn, channel, now)
    return (slot.free > 0 or lots) and window is None


def _days_without_share(tx: Tx, terms: Iterable[Terms], now: datetime) -> frozenset[tuple[ProgrammeId, date]]:
    """The days of which all places through LINE are taken."""
    shares = {each.programme: each.line_share for each in terms if each.line_share is not None}
    day = (bookings.c.programme, bookings.c.day)
    taken = (
        sa.select(*day, sa.func.count())
        .where(bookings.c.programme.in_(list(shares)), bookings.c.share.is_not(None), is_alive(now))
        .where(bookings.c.day >= today(now))
        .group_by(*day)
    )
    rows = tx.connection.execute(taken).all() if shares else []
    return frozenset((programme, day) for programme, day, count in rows if count >= shares[programme])


def between(
    tx: Tx, viewer: Viewer, first: date, last: date, now: datetime, programme: ProgrammeId | None = None
) -> tuple[TimeSlot, ...]:
    """The slots from one day to another (both in) that are the viewer's business, in order of time."""
    query = _query(now).where(slots.c.day.between(first, last), serves(viewer, slots.c.programme))
    if programme is not None:
        query = query.where(slots.c.programme == programme)
    return tuple(map(of_row, tx.connection.execute(query)))


def of_day(tx: Tx, viewer: Viewer, day: date, now: datetime) -> tuple[TimeSlot, ...]:
    return between(tx, viewer, day, day, now)


def undrawn(tx: Tx, programme: ProgrammeId, now: datetime) -> tuple[TimeSlot, ...]:
    """The slots of a programme that are to come and for which no lots were drawn."""
    drawn = sa.exists().where(draws.c.slot_id == slots.c.id)
    query = _query(now).where(slots.c.programme == programme, slots.c.starts_at > now, ~drawn)
    return tuple(map(of_row, tx.connection.execute(query.where(slots.c.state != SlotState.CLOSED.value))))


def with_waiting(tx: Tx, days: Iterable[date], now: datetime) -> tuple[TimeSlot, ...]:
    """The open slots of these days that somebody waits for and that have a free seat."""
    query = _query(now).where(slots.c.day.in_(list(days)), slots.c.state == SlotState.OPEN.value)
    rows = tx.connection.execute(query)
    return tuple(of_row(row) for row in rows if row.waiting and min(row.given, row.seats) > row.taken)


def reaching(tx: Tx, start: datetime, end: datetime, now: datetime) -> tuple[TimeSlot, ...]:
    """All slots, of every programme, that take place in a part of the time."""
    query = _query(now).where(slots.c.starts_at < end, slots.c.ends_at > start)
    return tuple(map(of_row, tx.connection.execute(query)))


def at_office(
    tx: Tx, office: OfficeId, start: datetime, end: datetime, now: datetime
) -> tuple[TimeSlot, ...]:
    """The slots at an office, of every programme, that take place in a part of the time."""
    mine = sa.and_(slots.c.office == office, slots.c.starts_at < end, slots.c.ends_at > start)
    return tuple(map(of_row, tx.connection.execute(_query(now).where(mine))))


def _query(now: datetime) -> sa.Select[Any]:
    of_slot = bookings.c.slot_id == slots.c.id
    given = sa.select(sa.func.count()).where(seats.c.slot_id == slots.c.id)
    taken = sa.select(sa.func.count()).where(of_slot, bookings.c.seat.is_not(None), is_alive(now))
    waiting = sa.select(sa.func.count()).where(is_waited_for(slots.c))
    counts = {"given": given, "taken": taken, "waiting": waiting}
    columns = [query.scalar_subquery().label(name) for name, query in counts.items()]
    drawn = sa.exists().where(draws.c.slot_id == slots.c.id).label("drawn")
    return sa.select(slots, *columns, drawn).order_by(slots.c.starts_at, slots.c.programme, slots.c.place)


def is_alive(now: datetime | sa.BindParameter[datetime]) -> sa.ColumnElement[bool]:
    """Bookings that are not held, or whose time to be held is not over."""
    return sa.or_(bookings.c.held_until.is_(None), bookings.c.held_until > now)


def is_waited_for(of: Any) -> sa.ColumnElement[bool]:
    """Bookings that wait for this slot, or for any time of its day; `of` has its `id`, `programme` and `day`."""
    return sa.and_(
        bookings.c.state == "waiting",
        bookings.c.programme == of.programme,
        bookings.c.day == of.day,
        sa.or_(bookings.c.slot_id.is_(None), bookings.c.slot_id == of.id),
    )


def of_row(row: Any) -> TimeSlot:
    return TimeSlot(
        SlotId(row.id),
        ProgrammeId(row.programme),
        row.day,
        row.starts_at,
        row.ends_at,
        row.place,
        None if row.office is None else OfficeId(row.office),
        row.seats,
        max(0, min(row.given, row.seats) - row.taken - row.waiting)
        if row.state == SlotState.OPEN.value
        else 0,
        row.waiting,
        bool(row.drawn),
        SlotState(row.state),
    )
