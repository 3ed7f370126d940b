"""To move a booking to another time: it keeps its place until the other is its own."""

from handlers import booking_finder, booking_hold, booking_mine, booking_refused, booking_take
from handlers.booking_mine import CHANGEABLE, onward, said
from handlers.booking_verbs import Act, to_act
from handlers.booking_wish import Wish
from handlers.turn import Card, Choice, Plain, Reply, Turn
from store import bookings
from store.audit import ByResident
from store.bookings import Booking, BookingId, Channel
from store.refusals import State
from store.slots import SlotId


def change(turn: Turn) -> Reply:
    """予約を変更したい: the only one, or which."""
    return booking_mine.of_one(turn, CHANGEABLE, Act.CHANGE, change_one)


def change_one(turn: Turn, booking: BookingId) -> Reply:
    """Looks for another time for a booking."""
    found = bookings.find(turn.tx, booking, ByResident(turn.resident.id), turn.now)
    if found is None or found.state not in CHANGEABLE or found.programme not in turn.city.terms:
        return booking_hold.stale(turn)
    wish = Wish((found.programme,), moving=found.id).after(turn.heard, turn.now)
    reply = booking_finder.find(turn, wish)
    lead = Plain(turn.city.say("booking.changing", slot=said(turn, found)))
    return Reply((lead, *reply.parts), reply.choices, reply.conversation, reply.outcome)


def move(turn: Turn, booking: BookingId, to: SlotId) -> Reply:
    """Moves the booking, which keeps its old place where that cannot be."""
    city, by = turn.city, ByResident(turn.resident.id)
    before = bookings.find(turn.tx, booking, by, turn.now)
    terms = city.terms.get(before.programme) if before else None
    if before is None or terms is None:
        return booking_hold.stale(turn)
    moved = bookings.move(turn.tx, booking, to, terms, Channel.LINE, by, turn.now)
    if not isinstance(moved, Booking):
        kept = city.say("booking.not_moved", why=booking_refused.say(city, moved, turn.now))
        return booking_take.refused(turn, kept, Wish((before.programme,), moving=before.id))
    facts, calendar = booking_mine.card(turn, moved).facts, booking_mine.calendar(turn, moved)
    card = Card(city.say("booking.moved"), said(turn, moved), facts, choices=(calendar,))
    back: tuple[Choice, ...] = ()
    if before.slot and before.state is State.CONFIRMED:
        label = city.say("booking.act.undo_move")
        back = (to_act(turn, label, Act.MOVE, before.slot.id, of=moved.id),)
    return Reply((card,), (*back, *onward(city)))
