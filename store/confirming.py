"""Confirming: a hold becomes a booking of a person, an entry for lots, or an application."""

from datetime import datetime

from faq.terms import Terms
from store import acting, booked, notices, taking, windows
from store.booked import Booking, BookingId
from store.db import Tx
from store.doing import Doer
from store.holding import begin, hold, refusal
from store.notices import NoticeKind
from store.particulars import ParticularsId
from store.persons import Person
from store.refusals import (
    Ended,
    HoldGone,
    LimitReached,
    NotThere,
    Refusal,
    SamePersonThen,
    ShareTaken,
    SlotTaken,
    State,
    TooLate,
)
from store.slots import SlotId, TimeSlot
from store.windows import Channel


def confirm(
    tx: Tx,
    booking: BookingId,
    person: Person,
    particulars: ParticularsId | None,
    terms: Terms,
    by: Doer,
    now: datetime,
) -> Booking | Refusal:
    """Makes a hold or an offer a booking of that person; for lots an entry, without times an application.

    After the ten minutes it takes a place that is free still, or again; otherwise `HoldGone`. A form that was
    sent twice is confirmed once.
    """
    mine = acting.opened(tx, booking, by, now)
    if mine is None:
        return NotThere()
    if mine.state not in (State.HELD, State.OFFERED, State.EXPIRED):
        return mine if mine.person == person and mine.state in booked.ACTIVE else Ended(mine.state)
    refused: Refusal | None
    if mine.slot is None:
        refused = _apply(tx, mine, person, particulars, terms, now)
    elif late := _is_late(mine, mine.slot, terms, now):
        refused = late
    elif windows.is_for_lots(terms, mine.slot.drawn):
        refused = _enter(tx, mine, mine.slot, person, particulars, terms, now)
    else:
        refused = _seat(tx, mine, mine.slot, person, particulars, terms, now)
    return refused or _confirmed(tx, mine, by, now)


def book(
    tx: Tx,
    slot: SlotId,
    terms: Terms,
    channel: Channel,
    person: Person,
    particulars: ParticularsId | None,
    by: Doer,
    now: datetime,
) -> Booking | Refusal:
    """Holds and confirms at once, on behalf of somebody who has no LINE; leaves nothing where it is refused."""
    with tx.connection.begin_nested() as until_confirmed:
        held = hold(tx, slot, terms, channel, None, by, now)
        if isinstance(held, Booking):
            made = confirm(tx, held.id, person, particulars, terms, by, now)
            if isinstance(made, Booking):
                return made
            held = made
        until_confirmed.rollback()
    return held


def apply(
    tx: Tx,
    terms: Terms,
    channel: Channel,
    person: Person,
    particulars: ParticularsId | None,
    by: Doer,
    now: datetime,
) -> Booking | Refusal:
    """Begins and confirms an application at once, on behalf of somebody."""
    with tx.connection.begin_nested() as until_confirmed:
        begun = begin(tx, terms, channel, None, by, now)
        if isinstance(begun, Booking):
            made = confirm(tx, begun.id, person, particulars, terms, by, now)
            if isinstance(made, Booking):
                return made
            until_confirmed.rollback()
            return made
    return begun


def _is_late(mine: Booking, slot: TimeSlot, terms: Terms, now: datetime) -> Refusal | None:
    """Why the form comes too late: what is held is kept until the slot begins, what is over as long as one can book."""
    if mine.held_until is not None and now < mine.held_until:
        return TooLate(slot.starts_at) if now >= slot.starts_at else None
    return refusal(slot, terms, mine.channel, now)


def _seat(
    tx: Tx,
    mine: Booking,
    slot: TimeSlot,
    person: Person,
    particulars: ParticularsId | None,
    terms: Terms,
    now: datetime,
) -> Refusal | None:
    while True:  # as long as others are faster
        turn = taking.turn(tx, terms, person, slot.day)
        if isinstance(turn, LimitReached):
            return turn
        if taking.is_elsewhere(tx, person, slot):
            return SamePersonThen()
        again: dict[str, int | None] = {}
        if mine.state is State.EXPIRED or not taking.has_seat(tx, mine.id):
            place = taking.place(tx, slot, terms, mine.channel)
            if isinstance(place, SlotTaken | ShareTaken):
                return HoldGone()
            again = {"seat": place.seat, "share": place.share}
        if taking.change(
            tx, mine.id, State.CONFIRMED, now, person=person, particulars_id=particulars, held_until=None,
            period=turn.period, ordinal=turn.ordinal, attends_at=slot.starts_at, **again,
        ):  # fmt: skip
            return None


def _enter(
    tx: Tx,
    mine: Booking,
    slot: TimeSlot,
    person: Person,
    particulars: ParticularsId | None,
    terms: Terms,
    now: datetime,
) -> Refusal | None:
    turn = taking.turn(tx, terms, person, slot.day)
    if isinstance(turn, LimitReached):
        return turn
    entered = taking.change(
        tx, mine.id, State.ENTERED, now, person=person, particulars_id=particulars, held_until=None
    )
    return None if entered else SamePersonThen()


def _apply(
    tx: Tx,
    mine: Booking,
    person: Person,
    particulars: ParticularsId | None,
    terms: Terms,
    now: datetime,
) -> Refusal | None:
    while True:  # as long as others are faster
        turn = taking.turn(tx, terms, person, mine.day)
        if isinstance(turn, LimitReached):
            return turn
        if taking.change(
            tx, mine.id, State.APPLIED, now, person=person, particulars_id=particulars, held_until=None,
            period=turn.period, ordinal=turn.ordinal,
        ):  # fmt: skip
            return None


def _confirmed(tx: Tx, before: Booking, by: Doer, now: datetime) -> Booking:
    notices.drop(tx, before.id)
    made = acting.noted(tx, before.id, "booking.confirmed", by, now)
    if made.channel is Channel.LINE:
        notices.put(tx, made, NoticeKind.CONFIRMED, "", now, now + notices.A_DAY)
    if made.slot and made.state is State.CONFIRMED:
        notices.plan_reminders(tx, made, made.slot, now)
    return made
