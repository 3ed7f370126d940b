"""Bookings: a slot is held, confirmed, moved, cancelled; `docs/booking.md` draws the states.

Whoever acts is a `Doer`: residents act upon their own bookings, people at the city upon those that they may see, and
everybody else's are `NotThere`. Each verb first holds the slot still, then ends what is over on its day, then
takes the booking: always in this order, so that nobody waits in a circle.
"""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from faq.terms import Terms
from nlp.japan import JAPAN, today
from store import audit, booked, notices, slots, taking, windows
from store.audit import SERVICE, ByResident, Kind
from store.booked import (
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
from store.db import Tx
from store.doing import AtTheCity, Doer, actor
from store.notices import NoticeKind
from store.particulars import ParticularsId
from store.persons import Person
from store.refusals import (
    AlreadyExtended,
    Ended,
    HoldGone,
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
from store.residents import ResidentId
from store.slots import SlotId, SlotState, TimeSlot
from store.tables import bookings
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
    "seen_by",
]

HOLD: Final = timedelta(minutes=10)
"""So long a place is kept while the form is filled in, and once more on request."""

_CANCELLABLE: Final = booked.ACTIVE
_HAPPENED: Final = (State.CONFIRMED, State.KEPT, State.MISSED)


# Holding --------------------------------------------------------------------------------------------


def hold(
    tx: Tx, slot: SlotId, terms: Terms, channel: Channel, resident: ResidentId | None, by: Doer, now: datetime
) -> Booking | Refusal:
    """Keeps a place for ten minutes; a resident's earlier hold of the programme makes room for it.

    For lots nothing is kept: the hold is the time to fill in the form.
    """
    wanted = slots.lock(tx, slot, by, now)
    if wanted is None or wanted.programme != terms.programme:
        return NotThere()
    if refused := _refusal(wanted, terms, channel, now):
        return refused
    taking.expire_on(tx, terms.programme, [wanted.day], now)
    with tx.connection.begin_nested() as until_made:
        held = _hold(tx, wanted, terms, channel, resident, now)
        if not isinstance(held, int):
            until_made.rollback()
            return held
    return _held(tx, held, by, now)


def hold_offered(tx: Tx, offered: Booking, terms: Terms, by: Doer, now: datetime) -> Booking:
    """Makes an offer a hold: as long as the offer stood, and ten minutes at least."""
    _give_up_holds(tx, offered.resident, terms, now)
    held_until = max(offered.held_until or now, now + HOLD)
    taking.change(tx, offered.id, State.HELD, now, held_until=held_until)
    notices.drop(tx, offered.id)
    return _held(tx, offered.id, by, now)


def begin(
    tx: Tx, terms: Terms, channel: Channel, resident: ResidentId | None, by: Doer, now: datetime
) -> Booking | SlotClosed:
    """Begins an application without times: the same ten minutes for the form, though nothing is kept."""
    if not terms.open:
        return SlotClosed()
    held_until = now + HOLD
    while True:  # until neither another hold of the resident nor a receipt that is taken is in the way
        _give_up_holds(tx, resident, terms, now)
        day, state = today(now), State.HELD
        made = taking.insert(
            tx, state, day, terms.programme, None, channel, resident, now, held_until=held_until
        )
        if made is not None:
            return _held(tx, made, by, now)


def extend(tx: Tx, booking: BookingId, by: Doer, now: datetime) -> Booking | Refusal:
    """Keeps the place for ten minutes more, once."""
    mine = opened(tx, booking, by, now)
    if mine is None:
        return NotThere()
    if mine.state is State.EXPIRED:
        return HoldGone()
    if mine.state is not State.HELD or mine.held_until is None:
        return Ended(mine.state)
    if mine.extended:
        return AlreadyExtended()
    taking.change(tx, booking, State.HELD, now, held_until=mine.held_until + HOLD, extended=True)
    notices.drop(tx, booking)
    longer = _done(tx, booking, "booking.extended", by, now)
    notices.plan_warning(tx, longer)
    return longer


def _refusal(slot: TimeSlot, terms: Terms, channel: Channel, now: datetime) -> Refusal | None:
    if slot.state is not SlotState.OPEN:
        return SlotClosed()
    return windows.refusal(terms, slot.day, slot.starts_at, slot.drawn, channel, now)


def _hold(
    tx: Tx, slot: TimeSlot, terms: Terms, channel: Channel, resident: ResidentId | None, now: datetime
) -> BookingId | SlotTaken | ShareTaken:
    lots = windows.is_for_lots(terms, slot.drawn)
    while True:  # as long as others are faster
        _give_up_holds(tx, resident, terms, now)
        place = None if lots else taking.place(tx, slot, terms, channel)
        if isinstance(place, SlotTaken | ShareTaken):
            return place
        made = taking.insert(
            tx, State.HELD, slot.day, slot.programme, slot, channel, resident, now,
            held_until=now + HOLD, seat=place and place.seat, share=place and place.share,
        )  # fmt: skip
        if made is not None:
            return made


def _give_up_holds(tx: Tx, resident: ResidentId | None, terms: Terms, now: datetime) -> None:
    """Ends the resident's hold of the programme: they have chosen another time."""
    if resident is None:
        return
    theirs = sa.select(bookings.c.id).where(
        bookings.c.resident_id == resident,
        bookings.c.programme == terms.programme,
        bookings.c.state == State.HELD.value,
    )
    for held in tx.connection.scalars(theirs.with_for_update()).all():
        taking.release(tx, BookingId(held), State.CANCELLED, now)
        audit.record(tx, SERVICE, "booking.given_up", Kind.BOOKING, str(held), now)


def _held(tx: Tx, booking: BookingId, by: Doer, now: datetime) -> Booking:
    held = _done(tx, booking, "booking.held", by, now)
    notices.plan_warning(tx, held)
    return held


# Confirming -----------------------------------------------------------------------------------------


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
    mine = opened(tx, booking, by, now)
    if mine is None:
        return NotThere()
    if mine.state not in (State.HELD, State.OFFERED, State.EXPIRED):
        return mine if mine.person == person and mine.state in booked.ACTIVE else Ended(mine.state)
    if mine.slot is None:
        refused = _apply(tx, mine, person, particulars, terms, now)
    elif now >= mine.slot.starts_at:
        refused = TooLate(mine.slot.starts_at)
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
    made = _done(tx, before.id, "booking.confirmed", by, now)
    if made.channel is Channel.LINE:
        notices.put(tx, made, NoticeKind.CONFIRMED, "", now)
    if made.slot and made.state is State.CONFIRMED:
        notices.plan_reminders(tx, made, made.slot, now)
    return made


# Changing -------------------------------------------------------------------------------------------


def move(
    tx: Tx, booking: BookingId, to: SlotId, terms: Terms, channel: Channel, by: Doer, now: datetime
) -> Booking | Refusal:
    """Takes a booking, also one that the city closed, to another slot of its programme; refused, it stays where it is.

    `channel`: through which it is moved, for the times until which that can be done.
    """
    mine = opened(tx, booking, by, now, to)
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
    if refused := _refusal(target, terms, channel, now) or _reseat(tx, mine, mine.person, target, terms, now):
        return refused
    notices.drop(tx, booking)
    moved = _done(tx, booking, "booking.moved", by, now, to=str(to))
    if not isinstance(by, ByResident):
        notices.put(tx, moved, NoticeKind.CONFIRMED, now.isoformat(), now)
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
    mine = opened(tx, booking, by, now)
    if mine is None:
        return NotThere()
    if mine.state not in _CANCELLABLE:
        return Ended(mine.state)
    if mine.state is State.CONFIRMED and mine.slot and now >= mine.slot.starts_at:
        return TooLate(mine.slot.starts_at)
    taking.release(tx, booking, State.CANCELLED, now)
    over = _done(tx, booking, "booking.cancelled", by, now)
    if not isinstance(by, ByResident):
        notices.put(tx, over, NoticeKind.CANCELLED, "", now)
    return over


def kept(tx: Tx, booking: BookingId, by: AtTheCity, now: datetime) -> Booking | Refusal:
    """Notes that the person came; may be noted from the day on, and corrected."""
    return _happened(tx, booking, State.KEPT, by, now)


def missed(tx: Tx, booking: BookingId, by: AtTheCity, now: datetime) -> Booking | Refusal:
    """Notes that the person did not come; may be noted from the slot's beginning on, and corrected."""
    return _happened(tx, booking, State.MISSED, by, now)


def done(tx: Tx, booking: BookingId, by: AtTheCity, now: datetime) -> Booking | Refusal:
    """Notes that what was applied for is done."""
    mine = opened(tx, booking, by, now)
    if mine is None:
        return NotThere()
    if mine.state is not State.APPLIED:
        return Ended(mine.state)
    taking.change(tx, booking, State.DONE, now)
    return _done(tx, booking, "booking.done", by, now)


def _happened(tx: Tx, booking: BookingId, state: State, by: AtTheCity, now: datetime) -> Booking | Refusal:
    mine = opened(tx, booking, by, now)
    if mine is None:
        return NotThere()
    if mine.state not in _HAPPENED or mine.slot is None:
        return Ended(mine.state)
    starts_at = mine.slot.starts_at
    begins = starts_at if state is State.MISSED else starts_at.astimezone(JAPAN).replace(hour=0, minute=0)
    if now < begins:
        return TooEarly(begins.astimezone(starts_at.tzinfo))
    taking.change(tx, booking, state, now)
    return _done(tx, booking, f"booking.{state}", by, now)


def expire_holds(tx: Tx, now: datetime) -> int:
    """Ends every hold and offer whose time is over, in a transaction of its own; how many there were."""
    return taking.expire(tx, now)


# Underneath -----------------------------------------------------------------------------------------


def opened(tx: Tx, booking: BookingId, by: Doer, now: datetime, to: SlotId | None = None) -> Booking | None:
    """The booking, which nobody else changes until this transaction ends; None where it is not theirs."""
    mine = sa.and_(bookings.c.id == booking, booked.theirs(by))
    seen = tx.connection.execute(sa.select(bookings).where(mine)).first()
    if seen is None:
        return None
    slots.hold_still(tx, *(slot for slot in (seen.slot_id, to) if slot is not None))
    days = [seen.day] if to is None or (other := slots.find(tx, to, now)) is None else [seen.day, other.day]
    taking.expire_on(tx, seen.programme, days, now)
    held = tx.connection.execute(sa.select(bookings).where(mine).with_for_update()).first()
    if held is not None and held.slot_id != seen.slot_id:  # it was moved between the two looks
        return opened(tx, booking, by, now, to)
    return None if held is None else booked.one(tx, booking, now)


def _done(tx: Tx, booking: BookingId, act: str, by: Doer, now: datetime, **detail: str) -> Booking:
    audit.record(tx, actor(by), act, Kind.BOOKING, str(booking), now, **detail)
    return booked.one(tx, booking, now)
