"""What is said unasked: neutral, since it may light up on a telephone that others see.

Of a booking neither text says what is booked, where, or for whom; of an answer, what was asked. What a locked screen
shows is the summary, which says neither the day nor the answer.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from faq.models import Tone
from handlers import answer, case_notices, collaboration_notices, opinion, words
from handlers.booking_mine import act, said
from handlers.booking_time import say_moment, say_slot
from handlers.booking_verbs import Act, Step, to_act, to_step
from handlers.booking_wish import Wish
from handlers.city import City
from handlers.turn import SILENCE, Card, Cards, Choice, Reply
from store import bookings, displaced, knowledge, residents, told
from store.audit import ByResident
from store.bookings import Booking, BookingId, State
from store.db import Tx
from store.notices import Answered, Notice, NoticeKind, OfCase, OfOpinion, OfStep
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
    if resident is None or not resident.follows:
        return SILENCE
    to = Unasked(resident, city.speaking(resident.speaks), tx, now)
    if isinstance(notice.about, Answered):
        return _answer(to, notice.about)
    if isinstance(notice.about, OfCase):
        return case_notices.word(to, notice.kind, notice.about)
    if isinstance(notice.about, OfOpinion):
        return opinion.word(to, notice.about)
    if isinstance(notice.about, OfStep):
        return collaboration_notices.word(to, notice.about)
    return _of_booking(to, notice.kind, notice.about)


def _answer(to: Unasked, about: Answered) -> Reply:
    """The answer itself, once; silence where they want none any more, or it has gone again and another is awaited."""
    city, entry = to.city, knowledge.entry(to.tx, about.entry)
    if entry is None or not told.settle(to.tx, about.query):
        return SILENCE
    card = answer.card(city, entry)
    condolence = city.say("answer.condolence") if entry.tone is Tone.SOLEMN else ""
    body = "\n\n".join(filter(None, (city.say("notice.answered.body"), condolence, card.body)))
    shown = Cards((replace(card, body=body),), city.say("notice.answered.summary"))
    return Reply((shown,), (words.to_the_menu(city), words.to_a_person(city)))


def _of_booking(to: Unasked, kind: NoticeKind, about: BookingId) -> Reply:
    city, now = to.city, to.now
    booking = bookings.find(to.tx, about, ByResident(to.resident.id), now)
    if booking is None:
        return SILENCE
    which = _words(kind, booking.state)
    if kind is NoticeKind.MOVED:
        body = _moved(to, booking)
    else:
        until = say_moment(city, booking.held_until, now) if booking.held_until else ""
        body = city.say(f"notice.{which}.body", slot=said(to, booking), until=until)
    summary = city.say(f"notice.{which}.summary")
    card = Card(summary, body, choices=_choices(to, kind, booking))
    return Reply((Cards((card,), summary),))


def _moved(to: Unasked, booking: Booking) -> str:
    """The time that they know and the new one; where, the button tells, as ever."""
    city, before = to.city, displaced.known_before(to.tx, booking.id, to.now)
    if before is None:
        return city.say("notice.confirmed.body", slot=said(to, booking))
    old, new = say_slot(city, before, to.now), said(to, booking)
    elsewhere = booking.slot is not None and before.office != booking.slot.office
    place = city.say("notice.moved.elsewhere") if elsewhere else ""
    return "\n".join(filter(None, (city.say("notice.moved.body", before=old, slot=new), place)))


def _words(kind: NoticeKind, state: State) -> str:
    """Which words: what was taken in may be a booking, an entry for lots or an application."""
    if kind is NoticeKind.CONFIRMED and state in (State.ENTERED, State.APPLIED):
        return state.value
    if kind is NoticeKind.NOT_DRAWN and state is State.WAITING:
        return "not_drawn_waiting"
    return kind.value


def _choices(to: Unasked, kind: NoticeKind, booking: Booking) -> tuple[Choice, ...]:
    city = to.city
    look = to_step(city.say("notice.look"), Step.MINE)
    again = to_step(city.say("booking.other_time"), Step.MORE, Wish((booking.programme,)))
    match kind:
        case NoticeKind.HOLD_WARNING:
            more = to_act(to, city.say("booking.more_time"), Act.EXTEND, booking.id)
            return (to_step(city.say("booking.go_on"), Step.GO_ON), *(() if booking.extended else (more,)))
        case NoticeKind.OFFER:
            return (act(to, Act.ACCEPT, booking), act(to, Act.LET_GO, booking))
        case NoticeKind.CLOSED:
            return (act(to, Act.CHANGE, booking), look)
        case NoticeKind.OFFER_GONE | NoticeKind.NOT_DRAWN | NoticeKind.CANCELLED:
            waits = (act(to, Act.LEAVE, booking),) if booking.state is State.WAITING else ()
            return (again, *waits)
        case (
            NoticeKind.CONFIRMED
            | NoticeKind.MOVED
            | NoticeKind.REMINDER_DAY_BEFORE
            | NoticeKind.REMINDER_MORNING
            | NoticeKind.DRAWN
        ):
            change = (act(to, Act.CHANGE, booking),) if booking.state is State.CONFIRMED else ()
            return (look, *change, act(to, Act.ASK_CANCEL, booking))
        case (
            NoticeKind.ANSWERED
            | NoticeKind.CASE_ANSWER
            | NoticeKind.CASE_PAGE
            | NoticeKind.CASE_SENT_ON
            | NoticeKind.CASE_ELSEWHERE
            | NoticeKind.CASE_CLOSED
            | NoticeKind.CASE_UNHEARD
            | NoticeKind.OPINION_ANSWERED
            | NoticeKind.CASE_PICTURE
            | NoticeKind.COLLABORATION_STAGE
        ):
            return ()
        case other:
            assert_never(other)
