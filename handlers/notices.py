"""What is said unasked about a booking: neutral, since it may light up on a telephone that others see.

Neither text says what is booked, where, or for whom. What a locked screen shows is the summary, without the day.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from handlers.booking_mine import act, said
from handlers.booking_time import say_moment
from handlers.booking_verbs import Act, Step, to_act, to_step
from handlers.booking_wish import Wish
from handlers.city import City
from handlers.turn import SILENCE, Card, Cards, Choice, Reply
from store import bookings, residents
from store.audit import ByResident
from store.bookings import Booking, State
from store.db import Tx
from store.notices import Notice, NoticeKind
from store.residents import Resident


@dataclass(frozen=True, slots=True)
class Unasked:
    """Somebody who is told something without having asked."""

    resident: Resident
    city: City
    tx: Tx
    now: datetime


def word(tx: Tx, city: City, notice: Notice, now: datetime) -> Reply:
    """The notice in words, with what can be done about it; silence where nobody can be told any more."""
    resident = residents.find(tx, notice.resident)
    booking = bookings.find(tx, notice.booking, ByResident(notice.resident), now)
    if resident is None or booking is None or not resident.follows:
        return SILENCE
    told = Unasked(resident, city, tx, now)
    which = _words(notice.kind, booking.state)
    until = say_moment(city, booking.held_until, now) if booking.held_until else ""
    body = city.say(f"notice.{which}.body", slot=said(told, booking), until=until)
    summary = city.say(f"notice.{which}.summary")
    card = Card(summary, body, choices=_choices(told, notice.kind, booking))
    return Reply((Cards((card,), summary),))


def _words(kind: NoticeKind, state: State) -> str:
    """Which words: what was taken in may be a booking, an entry for lots or an application."""
    if kind is NoticeKind.CONFIRMED and state in (State.ENTERED, State.APPLIED):
        return state.value
    if kind is NoticeKind.NOT_DRAWN and state is State.WAITING:
        return "not_drawn_waiting"
    return kind.value


def _choices(told: Unasked, kind: NoticeKind, booking: Booking) -> tuple[Choice, ...]:
    city = told.city
    look = to_step(city.say("notice.look"), Step.MINE)
    again = to_step(city.say("booking.other_time"), Step.MORE, Wish((booking.programme,)))
    match kind:
        case NoticeKind.HOLD_WARNING:
            more = to_act(told, city.say("booking.more_time"), Act.EXTEND, booking.id)
            return (to_step(city.say("booking.go_on"), Step.GO_ON), *(() if booking.extended else (more,)))
        case NoticeKind.OFFER:
            return (act(told, Act.ACCEPT, booking), act(told, Act.LET_GO, booking))
        case NoticeKind.CLOSED:
            return (act(told, Act.CHANGE, booking), look)
        case NoticeKind.OFFER_GONE | NoticeKind.NOT_DRAWN | NoticeKind.CANCELLED:
            waits = (act(told, Act.LEAVE, booking),) if booking.state is State.WAITING else ()
            return (again, *waits)
        case (
            NoticeKind.CONFIRMED
            | NoticeKind.REMINDER_DAY_BEFORE
            | NoticeKind.REMINDER_MORNING
            | NoticeKind.DRAWN
        ):
            change = (act(told, Act.CHANGE, booking),) if booking.state is State.CONFIRMED else ()
            return (look, *change, act(told, Act.ASK_CANCEL, booking))
        case other:
            assert_never(other)
