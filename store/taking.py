"""Taking what can be taken once: a seat, one of a day's places through LINE, a person's time and turn.

What is free is looked up, and taken by a statement that the constraints of `bookings` may refuse; then somebody
was faster, and what is free now is looked up again. So a look that is out of date costs a round, never a seat twice.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from faq.terms import Terms
from store import audit, booked, notices, receipts
from store.audit import SERVICE, Kind
from store.booked import Booking, BookingId
from store.db import Tx
from store.inserting import change_unless_there, unless_there
from store.notices import NoticeKind
from store.persons import Person
from store.refusals import LimitReached, ShareTaken, SlotTaken, State
from store.residents import ResidentId
from store.slots import TimeSlot, is_waited_for
from store.tables import bookings, seats, slots
from store.windows import Channel

NOTHING_HELD: dict[str, None] = dict.fromkeys(
    ("seat", "share", "period", "ordinal", "attends_at", "held_until")
)
"""What every booking that is over has given up."""


@dataclass(frozen=True, slots=True)
class Place:
    """A seat, and which of the day's places through LINE, where these are limited."""

    seat: int
    share: int | None


@dataclass(frozen=True, slots=True)
class Turn:
    """Which of the person's times in a period; both None where they may come as often as they like."""

    period: str | None
    ordinal: int | None


def place(
    tx: Tx, slot: TimeSlot, terms: Terms, channel: Channel, kept: Booking | None = None, waited: bool = False
) -> Place | SlotTaken | ShareTaken:
    """A place that is free by now, for whoever is faster.

    `kept`: the booking that is to have it, and may keep its share of the day; `waited`: it comes from the waiting list,
    whom free seats are for before all others.
    """
    free = _free_seats(tx, slot)
    spare = free if waited else free[: max(0, len(free) - _waiting(tx, slot))]
    if not spare:
        return SlotTaken()
    if channel is not Channel.LINE or terms.line_share is None:
        return Place(secrets.choice(spare), None)
    share = _free_share(tx, slot, terms.line_share, kept)
    return ShareTaken() if share is None else Place(secrets.choice(spare), share)


def _free_seats(tx: Tx, slot: TimeSlot) -> list[int]:
    """Seats that can be taken; where staff made places fewer than are held, what is given up stays empty."""
    mine = seats.c.slot_id == slot.id
    taken = sa.exists().where(bookings.c.slot_id == slot.id, bookings.c.seat == seats.c.seat)
    query = sa.select(seats.c.seat, taken.label("taken")).where(mine).order_by(seats.c.seat)
    rows = tx.connection.execute(query).all()
    free = [row.seat for row in rows if not row.taken]
    return free[: max(0, slot.seats - (len(rows) - len(free)))]


def seats_free(tx: Tx, slot: TimeSlot) -> int:
    """How many seats nobody holds, whoever waits for them."""
    return len(_free_seats(tx, slot))


def has_seat(tx: Tx, booking: BookingId) -> bool:
    """Whether the booking holds a seat."""
    return tx.connection.scalar(sa.select(bookings.c.seat).where(bookings.c.id == booking)) is not None


def _waiting(tx: Tx, slot: TimeSlot) -> int:
    waiting = sa.select(sa.func.count()).select_from(bookings).join(slots, is_waited_for(slots.c))
    return tx.connection.scalar(waiting.where(slots.c.id == slot.id)) or 0


def _free_share(tx: Tx, slot: TimeSlot, most: int, kept: Booking | None) -> int | None:
    of_day = sa.and_(bookings.c.programme == slot.programme, bookings.c.day == slot.day)
    others = of_day if kept is None else sa.and_(of_day, bookings.c.id != kept.id)
    taken = set(
        tx.connection.scalars(sa.select(bookings.c.share).where(others, bookings.c.share.is_not(None)))
    )
    free = [number for number in range(1, most + 1) if number not in taken]
    return secrets.choice(free) if free else None


def turn(
    tx: Tx, terms: Terms, person: Person, day: date, kept: BookingId | None = None
) -> Turn | LimitReached:
    """The person's first turn that is free by now in the period of that day; `kept`: the booking that is to have it."""
    if terms.limit is None:
        return Turn(None, None)
    period = terms.limit.period.of(day)
    mine = [
        bookings.c.person == person,
        bookings.c.programme == terms.programme,
        bookings.c.period == period,
        bookings.c.ordinal.is_not(None),
    ]
    if kept is not None:
        mine.append(bookings.c.id != kept)
    taken = set(tx.connection.scalars(sa.select(bookings.c.ordinal).where(*mine)))
    free = (number for number in range(1, terms.limit.times + 1) if number not in taken)
    ordinal = next(free, None)
    return LimitReached(terms.limit) if ordinal is None else Turn(period, ordinal)


def is_elsewhere(tx: Tx, person: Person, slot: TimeSlot, kept: BookingId | None = None) -> bool:
    """Whether the person has another booking in a part of the slot's time. The same beginning a constraint refuses."""
    others = sa.select(bookings.c.id).join(slots, slots.c.id == bookings.c.slot_id)
    overlapping = others.where(
        bookings.c.person == person,
        bookings.c.attends_at.is_not(None),
        slots.c.starts_at < slot.ends_at,
        slots.c.ends_at > slot.starts_at,
    )
    if kept is not None:
        overlapping = overlapping.where(bookings.c.id != kept)
    return tx.connection.scalar(overlapping.limit(1)) is not None


def insert(
    tx: Tx,
    state: State,
    day: date,
    programme: str,
    slot: TimeSlot | None,
    channel: Channel,
    resident: ResidentId | None,
    now: datetime,
    **more: object,
) -> BookingId | None:
    """Makes a booking; None where a constraint refused it."""
    values: dict[str, Any] = {
        "receipt": receipts.new(),
        "programme": programme,
        "day": day,
        "slot_id": slot and slot.id,
        "state": state.value,
        "channel": channel.value,
        "extended": False,
        "resident_id": resident,
        "made_at": now,
        "changed_at": now,
    }
    made = unless_there(tx, bookings, values | more)
    return None if made is None else BookingId(made)


def change(tx: Tx, booking: BookingId, state: State, now: datetime, **values: object) -> bool:
    """Changes a booking; False, and nothing has changed, where a constraint refused it."""
    return change_unless_there(tx, bookings, booking, {"state": state.value, "changed_at": now, **values})


def release(tx: Tx, booking: BookingId, state: State, now: datetime) -> None:
    """Ends a booking: what it held is free, and what was to be told about it is not told."""
    changed = {"state": state.value, "changed_at": now, **NOTHING_HELD}
    tx.connection.execute(bookings.update().where(bookings.c.id == booking).values(changed))
    notices.drop(tx, booking)


def expire(
    tx: Tx, now: datetime, which: sa.ColumnElement[bool], taken: sa.ColumnElement[bool] | None = None
) -> int:
    """Ends holds and offers whose time is over, and tells who let an offer pass; how many there were.

    `taken`: bookings that this transaction changes next, so that they are locked with the others, in the order of
    ids: two who do this at once wait for each other in no circle. They are not ended.
    """
    mine = sa.false() if taken is None else taken
    lapsed = sa.and_(bookings.c.held_until <= now, which)
    query = sa.select(bookings.c.id, bookings.c.state, lapsed.label("lapsed"), mine.label("mine"))
    query = query.where(sa.or_(lapsed, mine)).order_by(bookings.c.id).with_for_update()
    # Compared here: of a booking without a resident SQL does not know whether it is this resident's.
    over = [row for row in tx.connection.execute(query) if row.lapsed and not row.mine]
    for row in over:
        release(tx, row.id, State.EXPIRED, now)
        if row.state == State.OFFERED.value:
            notices.put(tx, booked.one(tx, row.id, now), NoticeKind.OFFER_GONE, "", now)
        audit.record(tx, SERVICE, f"booking.{row.state}_expired", Kind.BOOKING, str(row.id), now)
    return len(over)


def is_on(programme: str, *days: date) -> sa.ColumnElement[bool]:
    """The bookings of a programme on these days: what one of them may have to make room for another."""
    return sa.and_(bookings.c.programme == programme, bookings.c.day.in_(days))
