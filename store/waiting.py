"""The waiting list: who gets a place that becomes free, in the order of the lots, then of coming.

An offer is a place that is kept for who is next, for three hours at which people are up; then it passes on.
"""

from datetime import datetime, time, timedelta
from typing import Final

import sqlalchemy as sa

from faq.terms import Terms
from nlp.japan import JAPAN
from store import (
    acting,
    audit,
    booked,
    bookings,
    confirming,
    holding,
    notices,
    run_settings,
    slots,
    taking,
    windows,
)
from store.audit import SERVICE, Kind
from store.booked import Booking, BookingId
from store.db import Tx
from store.doing import Doer, actor
from store.notices import NoticeKind
from store.particulars import ParticularsId
from store.persons import Person
from store.refusals import (
    AlreadyWaiting,
    Ended,
    HoldGone,
    NotThere,
    PlacesFree,
    Refusal,
    ShareTaken,
    SlotClosed,
    SlotTaken,
    State,
)
from store.residents import ResidentId
from store.run_settings import RunSettings
from store.slots import SlotId, SlotState, TimeSlot
from store.tables import bookings as table
from store.windows import Channel

OFFER: Final = timedelta(hours=3)
"""How long an offer stands, counted only within the hours at which the settings let offers go out."""


def join(
    tx: Tx,
    slot: SlotId,
    terms: Terms,
    channel: Channel,
    resident: ResidentId | None,
    by: Doer,
    now: datetime,
    *,
    any_time: bool = False,
    person: Person | None = None,
    particulars: ParticularsId | None = None,
) -> Booking | Refusal:
    """Waits for a place of a slot, or with `any_time` of its whole day.

    In LINE nothing personal is asked until a place is taken.
    """
    wanted = slots.lock(tx, slot, by, now)
    if wanted is None or wanted.programme != terms.programme:
        return NotThere()
    if not terms.waiting_list or wanted.state is not SlotState.OPEN:
        return SlotClosed()
    if refused := windows.refusal(terms, wanted.day, wanted.starts_at, wanted.drawn, channel, now):
        return refused
    if _has_places(tx, wanted, terms, channel, any_time, now):
        return PlacesFree()
    of = None if any_time else wanted
    made = taking.insert(
        tx, State.WAITING, wanted.day, terms.programme, of, channel, resident, now,
        person=person, particulars_id=particulars,
    )  # fmt: skip
    if made is None:
        return AlreadyWaiting()
    audit.record(tx, actor(by), "waiting.joined", Kind.WAITING, str(made), now)
    return booked.one(tx, made, now)


def _has_places(
    tx: Tx, slot: TimeSlot, terms: Terms, channel: Channel, any_time: bool, now: datetime
) -> bool:
    """Whether what one wants to wait for can be booked, or entered for."""
    end = slot.starts_at + timedelta(seconds=1)
    begin, end = (now, slot.starts_at + timedelta(days=1)) if any_time else (slot.starts_at, end)
    free = slots.free(tx, [terms], begin, end, channel, now)
    return any(each.day == slot.day if any_time else each.id == slot.id for each in free)


def leave(tx: Tx, booking: BookingId, by: Doer, now: datetime) -> Booking | Refusal:
    """Waits no more, or lets an offer pass."""
    mine = booked.find(tx, booking, by, now)
    if mine is None:
        return NotThere()
    if mine.state not in (State.WAITING, State.OFFERED):
        return Ended(mine.state)
    return bookings.cancel(tx, booking, by, now)


def due(tx: Tx, now: datetime) -> tuple[TimeSlot, ...]:
    """Slots that somebody waits for and that have a free place: for `offer_next`, in a transaction each."""
    if not run_settings.read(tx).may_remind(now):
        return ()
    days = sa.select(table.c.day).where(table.c.state == State.WAITING.value).distinct()
    found = slots.with_waiting(tx, list(tx.connection.scalars(days)), now)
    return tuple(slot for slot in found if slot.starts_at > now)


def offer_next(tx: Tx, slot: SlotId, terms: Terms, now: datetime) -> Booking | None:
    """Keeps a free place for who is next and tells them; None where none is free, nobody waits, or it is night."""
    settings = run_settings.read(tx)
    wanted = slots.lock(tx, slot, SERVICE, now)
    if wanted is None or wanted.state is not SlotState.OPEN or not settings.may_remind(now):
        return None
    taking.expire(tx, now, taking.is_on(wanted.programme, wanted.day))
    for waiting in _in_order(tx, wanted, now):
        until = min(
            _until(settings, now), windows.closes(terms, wanted.day, wanted.starts_at, waiting.channel)
        )
        if until <= now:
            continue
        offered = _offer(tx, waiting, wanted, terms, until, now)
        if isinstance(offered, SlotTaken):
            return None
        if isinstance(offered, Booking):
            return offered
    return None


def take(tx: Tx, booking: BookingId, terms: Terms, by: Doer, now: datetime) -> Booking | Refusal:
    """Takes an offer: booked at once where the person is known, otherwise held until the form is sent."""
    mine = acting.opened(tx, booking, by, now)
    if mine is None:
        return NotThere()
    if mine.state is State.EXPIRED:
        return HoldGone()
    if mine.state is not State.OFFERED or mine.held_until is None:
        return Ended(mine.state)
    if mine.person is not None:
        return confirming.confirm(tx, booking, mine.person, mine.particulars, terms, by, now)
    return holding.hold_offered(tx, mine, terms, by, now)


def _in_order(tx: Tx, slot: TimeSlot, now: datetime) -> tuple[Booking, ...]:
    """Who waits for the slot: the drawn in their order, then the others as they came. Nobody changes them meanwhile."""
    order = (table.c.drawn.is_(None), table.c.drawn, table.c.id)
    mine = sa.and_(table.c.state == State.WAITING.value, table.c.programme == slot.programme)
    of_slot = sa.or_(table.c.slot_id == slot.id, table.c.slot_id.is_(None))
    query = sa.select(table.c.id).where(mine, table.c.day == slot.day, of_slot).order_by(*order)
    ids = tx.connection.scalars(query.with_for_update(skip_locked=True)).all()
    return tuple(booked.one(tx, BookingId(each), now) for each in ids)


def _offer(
    tx: Tx, waiting: Booking, slot: TimeSlot, terms: Terms, until: datetime, now: datetime
) -> Booking | SlotTaken | ShareTaken:
    while True:  # as long as others are faster
        place = taking.place(tx, slot, terms, waiting.channel, waited=True)
        if isinstance(place, SlotTaken | ShareTaken):
            return place
        if taking.change(
            tx, waiting.id, State.OFFERED, now, slot_id=slot.id, seat=place.seat, share=place.share,
            held_until=until,
        ):  # fmt: skip
            break
    offered = booked.one(tx, waiting.id, now)
    notices.put(tx, offered, NoticeKind.OFFER, "", now, until)
    audit.record(tx, SERVICE, "waiting.offered", Kind.WAITING, str(waiting.id), now, slot=str(slot.id))
    return offered


def _until(settings: RunSettings, now: datetime) -> datetime:
    """The end of an offer made at `now`: what is left of the three hours at night counts from the next morning on."""
    local = now.astimezone(JAPAN)
    evening = datetime.combine(local.date(), time(0), JAPAN) + timedelta(hours=settings.reminders_until)
    if local + OFFER <= evening:
        return now + OFFER
    return settings.may_remind_from(evening.astimezone(now.tzinfo)) + (OFFER - (evening - local))
