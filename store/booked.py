"""What is booked: a booking as it stands, and who may see it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NewType, assert_never

import sqlalchemy as sa

from faq.programmes import ProgrammeId
from nlp.japan import today
from store import slots
from store.audit import ByResident, Unattended
from store.db import Tx
from store.doing import Doer, serves
from store.particulars import ParticularsId
from store.persons import Person
from store.receipts import Receipt
from store.refusals import State
from store.residents import ResidentId
from store.sight import Viewer
from store.slots import SlotId, TimeSlot
from store.tables import bookings
from store.windows import Channel

BookingId = NewType("BookingId", int)

ACTIVE = (State.HELD, State.WAITING, State.OFFERED, State.ENTERED, State.APPLIED, State.CONFIRMED)
"""States from which something is still to come."""
_SHOWN_AFTER = timedelta(days=90)
"""So long an application stands in its resident's list."""


@dataclass(frozen=True, slots=True)
class Booking:
    """A place of a person, or what may become one."""

    id: BookingId
    receipt: Receipt
    programme: ProgrammeId
    day: date
    """Of the slot, or that is waited for; of an application the day on which it was begun."""
    slot: TimeSlot | None
    """None for an application, and where any time of the day is waited for."""
    state: State
    channel: Channel
    held_until: datetime | None
    """Of a hold and of an offer."""
    extended: bool
    resident: ResidentId | None
    """Who made it in LINE; None where it came by telephone or at a counter."""
    person: Person | None
    """Who is consulted, from the confirmation on."""
    particulars: ParticularsId | None
    drawn: int | None
    """As which the lots drew it, from 1 on."""
    made_at: datetime
    changed_at: datetime


def seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The bookings that somebody at the city may see: of the programmes they serve, with leave to see personal data."""
    return serves(viewer, bookings.c.programme) if viewer.personal else sa.false()


def theirs(doer: Doer) -> sa.ColumnElement[bool]:
    """The bookings that somebody may look at and act upon: a resident's own, or what is `seen_by` a viewer."""
    match doer:
        case ByResident(resident):
            return bookings.c.resident_id == resident
        case Viewer():
            return seen_by(doer)
        case Unattended():
            return sa.true()
        case _:
            assert_never(doer)


def find(tx: Tx, booking: BookingId, by: Doer, now: datetime) -> Booking | None:
    """The booking, where it is theirs."""
    return _first(tx, now, bookings.c.id == booking, theirs(by))


def by_receipt(tx: Tx, receipt: Receipt, by: Doer, now: datetime) -> Booking | None:
    """The booking of a receipt, where it is theirs: a receipt alone shows nobody anything."""
    return _first(tx, now, bookings.c.receipt == receipt, theirs(by))


def is_ahead(now: datetime) -> sa.ColumnElement[bool]:
    """Whether something of a booking is still to come: until its day is over."""
    since = today(now)
    recent = sa.and_(bookings.c.state == State.APPLIED.value, bookings.c.day >= since - _SHOWN_AFTER)
    return sa.and_(
        bookings.c.state.in_([state.value for state in ACTIVE]),
        slots.is_alive(now),
        sa.or_(bookings.c.day >= since, recent),
    )


def _before_them() -> sa.Select[Any]:
    shown = (*ACTIVE, State.CLOSED, State.NOT_DRAWN)
    recent = sa.and_(bookings.c.state == State.APPLIED.value, bookings.c.day >= sa.bindparam("recent"))
    return (
        sa.select(bookings)
        .where(
            bookings.c.resident_id == sa.bindparam("resident"),
            bookings.c.state.in_([state.value for state in shown]),
            slots.is_alive(sa.bindparam("now")),
            sa.or_(bookings.c.day >= sa.bindparam("today"), recent),
        )
        .order_by(bookings.c.day, bookings.c.id)
    )


_BEFORE_THEM = _before_them()
"""Made once: each turn asks, more than once."""


def of_resident(tx: Tx, resident: ResidentId, now: datetime) -> tuple[Booking, ...]:
    """What the resident has before them, in order of time: active, or closed by the city and not past."""
    since = today(now)
    of = {"resident": resident, "now": now, "today": since, "recent": since - _SHOWN_AFTER}
    found = _loaded(tx, tx.connection.execute(_BEFORE_THEM, of).all(), now)
    ahead = (each for each in found if each.slot is None or each.slot.ends_at > now)
    return tuple(sorted(ahead, key=_time))


def all_of_resident(tx: Tx, resident: ResidentId, now: datetime) -> tuple[Booking, ...]:
    """All that is known to be the resident's, also what is over; in order of time."""
    query = _select().where(bookings.c.resident_id == resident)
    return _bookings(tx, query.order_by(bookings.c.day, bookings.c.id), now)


def of_day(tx: Tx, viewer: Viewer, day: date, now: datetime) -> tuple[Booking, ...]:
    """The day's list: whatever has or had a place, or asks for one, in order of time."""
    hidden = [State.EXPIRED.value]
    query = _select().where(bookings.c.day == day, bookings.c.state.not_in(hidden), seen_by(viewer))
    return tuple(sorted(_bookings(tx, query.order_by(bookings.c.id), now), key=_time))


def next_day(tx: Tx, viewer: Viewer, after: date) -> date | None:
    """The next day on which somebody comes, of those that the viewer may see."""
    coming = bookings.c.state.in_([state.value for state in ACTIVE])
    first = sa.select(sa.func.min(bookings.c.day)).where(bookings.c.day > after, coming, seen_by(viewer))
    found: date | None = tx.connection.scalar(first)
    return found


def of_slot(tx: Tx, slot: SlotId, now: datetime) -> tuple[Booking, ...]:
    """All of a slot, in the order in which they came."""
    return _bookings(tx, _select().where(bookings.c.slot_id == slot).order_by(bookings.c.id), now)


def of_person(tx: Tx, person: Person, now: datetime) -> tuple[Booking, ...]:
    """What holds a time of the person."""
    query = _select().where(bookings.c.person == person, bookings.c.attends_at.is_not(None))
    return _bookings(tx, query.order_by(bookings.c.attends_at), now)


def known_as(tx: Tx, viewer: Viewer, persons: Iterable[Person], now: datetime) -> tuple[Booking, ...]:
    """All of a person, by any of their hashes, that the viewer may see; the latest day first."""
    query = _select().where(bookings.c.person.in_(list(persons)), seen_by(viewer))
    return _bookings(tx, query.order_by(bookings.c.day.desc(), bookings.c.id.desc()), now)


def ahead(tx: Tx, now: datetime) -> Mapping[ProgrammeId, int]:
    """How many bookings of each programme are still to come, or to be worked on."""
    open_ = sa.or_(bookings.c.day >= today(now), bookings.c.state == State.APPLIED.value)
    mine = bookings.c.state.in_([state.value for state in ACTIVE])
    counted = sa.select(bookings.c.programme, sa.func.count()).where(mine, open_, slots.is_alive(now))
    rows = tx.connection.execute(counted.group_by(bookings.c.programme))
    return {ProgrammeId(programme): count for programme, count in rows}


def in_line(tx: Tx, viewer: Viewer, now: datetime) -> tuple[Booking, ...]:
    """Who waits from today on, and to whom a place is offered; by day, then in the order of the lots and of coming."""
    states = [State.WAITING.value, State.OFFERED.value]
    mine = [bookings.c.state.in_(states), bookings.c.day >= today(now), seen_by(viewer)]
    query = _select().where(*mine, slots.is_alive(now))
    order = (
        bookings.c.day,
        bookings.c.programme,
        bookings.c.drawn.is_(None),
        bookings.c.drawn,
        bookings.c.id,
    )
    return _bookings(tx, query.order_by(*order), now)


def one(tx: Tx, booking: BookingId, now: datetime) -> Booking:
    """A booking that is known to be there."""
    found = _first(tx, now, bookings.c.id == booking)
    assert found is not None
    return found


def _first(tx: Tx, now: datetime, *conditions: sa.ColumnElement[bool]) -> Booking | None:
    return next(iter(_bookings(tx, _select().where(*conditions), now)), None)


def _select() -> sa.Select[Any]:
    return sa.select(bookings)


def _bookings(tx: Tx, query: sa.Select[Any], now: datetime) -> tuple[Booking, ...]:
    return _loaded(tx, tx.connection.execute(query).all(), now)


def _loaded(tx: Tx, rows: Sequence[Any], now: datetime) -> tuple[Booking, ...]:
    times = slots.all_of(tx, {SlotId(row.slot_id) for row in rows if row.slot_id is not None}, now)
    return tuple(_booking(row, times.get(row.slot_id)) for row in rows)


def _time(booking: Booking) -> tuple[bool, datetime, int]:
    at = booking.slot.starts_at if booking.slot else booking.made_at
    return booking.slot is None, at, booking.id


def _booking(row: Any, slot: TimeSlot | None) -> Booking:
    return Booking(
        BookingId(row.id),
        Receipt(row.receipt),
        ProgrammeId(row.programme),
        row.day,
        slot,
        State(row.state),
        Channel(row.channel),
        row.held_until,
        row.extended,
        None if row.resident_id is None else ResidentId(row.resident_id),
        None if row.person is None else Person(row.person),
        None if row.particulars_id is None else ParticularsId(row.particulars_id),
        row.drawn,
        row.made_at,
        row.changed_at,
    )
