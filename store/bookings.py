"""Bookings: a slot is held, confirmed, moved, cancelled; `docs/booking.md` draws the states.

Whoever acts is a `Doer`: residents act upon their own bookings, people at the city upon those that they may see, and
everybody else's are `NotThere`. What is looked up is in `store.booked`, holding and confirming have a file each; all
are named here.
"""

from datetime import datetime
from typing import Final

from faq.terms import Terms
from nlp.japan import JAPAN
from store import acting, holding, notices, particulars, slots, taking, windows
from store.audit import ByResident
from store.booked import (
    ACTIVE,
    Booking,
    BookingId,
    by_receipt,
    find,
    of_day,
    of_person,
    of_resident,
    of_slot,
    seen_by,
)
from store.confirming import apply, book, confirm
from store.db import Tx
from store.doing import AtTheCity, Doer
from store.holding import HOLD, begin, expire_holds, extend, hold
from store.notices import NoticeKind
from store.persons import Person
from store.refusals import (
    Ended,
    LimitReached,
    NotThere,
    Refusal,
    SamePersonThen,
    ShareTaken,
    SlotClosed,
    SlotTaken,
    State,
    TooEarly,
    TooLate,
)
from store.slots import SlotId, SlotState, TimeSlot
from store.windows import Channel

__all__ = [
    "HOLD",
    "Booking",
    "BookingId",
    "Channel",
    "Refusal",
    "State",
    "apply",
    "begin",
    "book",
    "by_receipt",
    "cancel",
    "confirm",
    "done",
    "expire_holds",
    "extend",
    "find",
    "hold",
    "kept",
    "missed",
    "move",
    "of_day",
    "of_person",
    "of_resident",
    "of_slot",
    "restore",
    "seen_by",
    "unmarked",
]

_ASKED: Final = (State.WAITING, State.OFFERED, State.ENTERED)
"""States in which one has asked for a place: cancelled, there is none to restore, and who it was is forgotten."""
_HAPPENED: Final = (State.CONFIRMED, State.KEPT, State.MISSED)


def move(
    tx: Tx,
    booking: BookingId,
    to: SlotId,
    terms: Terms,
    channel: Channel,
    by: Doer,
    now: datetime,
    *,
    notice: NoticeKind | None = NoticeKind.CONFIRMED,
) -> Booking | Refusal:
    """Takes a booking, also one that the city closed, to another slot of its programme; refused, it stays where it is.

    `channel`: through which it is moved, for the times until which that can be done. `notice`: what a resident who did
    not do it is told; None: the caller tells them.
    """
    mine = acting.opened(tx, booking, by, now, to)
    target = slots.find(tx, to, now)
    if mine is None or target is None or target.programme != mine.programme or mine.slot is None:
        return NotThere()
    if mine.state not in (State.CONFIRMED, State.CLOSED) or mine.person is None:
        return Ended(mine.state)
    if mine.state is State.CONFIRMED and now >= mine.slot.starts_at:
        return TooLate(mine.slot.starts_at)
    if mine.state is State.CONFIRMED and mine.slot.id == to:
        return mine
    if windows.is_for_lots(terms, target.drawn):
        return TooEarly(terms.draw.of(target.day)) if terms.draw else SlotClosed()
    if refused := holding.refusal(target, terms, channel, now) or _reseat(
        tx, mine, mine.person, target, terms, now
    ):
        return refused
    if mine.particulars is not None:
        particulars.move_with(tx, mine.particulars, target.day - mine.day)
    notices.drop(tx, booking)
    moved = acting.noted(tx, booking, "booking.moved", by, now, to=str(to))
    if notice is not None and not isinstance(by, ByResident):
        notices.put(tx, moved, notice, now.isoformat(), now)
    notices.plan_reminders(tx, moved, target, now)
    return moved


def _reseat(
    tx: Tx, mine: Booking, person: Person, target: TimeSlot, terms: Terms, now: datetime
) -> Refusal | None:
    while True:  # as long as others are faster
        turn = taking.turn(tx, terms, person, target.day, kept=mine.id)
        if isinstance(turn, LimitReached):
            return turn
        if taking.is_elsewhere(tx, person, target, kept=mine.id):
            return SamePersonThen()
        place = taking.place(tx, target, terms, mine.channel, kept=mine)
        if isinstance(place, SlotTaken | ShareTaken):
            return place
        if taking.change(
            tx, mine.id, State.CONFIRMED, now, slot_id=target.id, day=target.day, seat=place.seat,
            share=place.share, period=turn.period, ordinal=turn.ordinal, attends_at=target.starts_at,
        ):  # fmt: skip
            return None


def cancel(tx: Tx, booking: BookingId, by: Doer, now: datetime) -> Booking | Refusal:
    """Gives up whatever is still to come; the place is free at once."""
    mine = acting.opened(tx, booking, by, now)
    if mine is None:
        return NotThere()
    if mine.state not in ACTIVE:
        return Ended(mine.state)
    if mine.state is State.CONFIRMED and mine.slot and now >= mine.slot.starts_at:
        return TooLate(mine.slot.starts_at)
    taking.release(tx, booking, State.CANCELLED, now)
    if mine.state in _ASKED:
        taking.change(tx, booking, State.CANCELLED, now, person=None)
    over = acting.noted(tx, booking, "booking.cancelled", by, now)
    if not isinstance(by, ByResident):
        notices.put(tx, over, NoticeKind.CANCELLED, "", now)
    return over


def restore(tx: Tx, booking: BookingId, terms: Terms, by: Doer, now: datetime) -> Booking | Refusal:
    """Takes the cancelling of a seat back, where a place of the slot is still free for them."""
    mine = acting.opened(tx, booking, by, now)
    if mine is None:
        return NotThere()
    if mine.state is not State.CANCELLED or mine.slot is None or mine.person is None:
        return Ended(mine.state)
    if mine.slot.state is not SlotState.OPEN or windows.is_for_lots(terms, mine.slot.drawn):
        return SlotClosed()
    if now >= mine.slot.starts_at:
        return TooLate(mine.slot.starts_at)
    if refused := _reseat(tx, mine, mine.person, mine.slot, terms, now):
        return refused
    notices.plan_reminders(tx, mine, mine.slot, now)
    return acting.noted(tx, booking, "booking.restored", by, now)


def kept(tx: Tx, booking: BookingId, by: AtTheCity, now: datetime) -> Booking | Refusal:
    """Notes that the person came; may be noted from the day on, and corrected."""
    return _happened(tx, booking, State.KEPT, by, now)


def missed(tx: Tx, booking: BookingId, by: AtTheCity, now: datetime) -> Booking | Refusal:
    """Notes that the person did not come; may be noted from the slot's beginning on, and corrected."""
    return _happened(tx, booking, State.MISSED, by, now)


def unmarked(tx: Tx, booking: BookingId, by: AtTheCity, now: datetime) -> Booking | Refusal:
    """Takes back that the person came, or did not: it was a slip."""
    mine = acting.opened(tx, booking, by, now)
    if mine is None:
        return NotThere()
    if mine.state not in (State.KEPT, State.MISSED):
        return Ended(mine.state)
    taking.change(tx, booking, State.CONFIRMED, now)
    return acting.noted(tx, booking, "booking.unmarked", by, now)


def done(tx: Tx, booking: BookingId, by: AtTheCity, now: datetime) -> Booking | Refusal:
    """Notes that what was applied for is done."""
    mine = acting.opened(tx, booking, by, now)
    if mine is None:
        return NotThere()
    if mine.state is not State.APPLIED:
        return Ended(mine.state)
    taking.change(tx, booking, State.DONE, now)
    return acting.noted(tx, booking, "booking.done", by, now)


def _happened(tx: Tx, booking: BookingId, state: State, by: AtTheCity, now: datetime) -> Booking | Refusal:
    mine = acting.opened(tx, booking, by, now)
    if mine is None:
        return NotThere()
    if mine.state not in _HAPPENED or mine.slot is None:
        return Ended(mine.state)
    starts_at = mine.slot.starts_at
    begins = starts_at if state is State.MISSED else starts_at.astimezone(JAPAN).replace(hour=0, minute=0)
    if now < begins:
        return TooEarly(begins.astimezone(starts_at.tzinfo))
    taking.change(tx, booking, state, now)
    return acting.noted(tx, booking, f"booking.{state}", by, now)
