"""To cancel a booking, with a question before it and a way back after it."""

from handlers import booking_hold, booking_mine, booking_refused, booking_take
from handlers.booking_mine import CANCELLABLE, act, onward, said
from handlers.booking_screen import TOPIC
from handlers.booking_verbs import Act, Step, to_step
from handlers.booking_wish import Wish
from handlers.turn import Card, Plain, Reply, ReplyOutcome, Turn
from store import bookings
from store.audit import ByResident
from store.bookings import Booking, BookingId
from store.conversations import Conversation
from store.refusals import State


def cancel(turn: Turn) -> Reply:
    """予約をキャンセルしたい: the only one, or which."""
    return booking_mine.of_one(turn, CANCELLABLE, Act.ASK_CANCEL, ask_cancel)


def ask_cancel(turn: Turn, booking: BookingId) -> Reply:
    """Asks once more, since it frees the place for others."""
    city = turn.city
    found = bookings.find(turn.tx, booking, ByResident(turn.resident.id), turn.now)
    if found is None or found.state not in CANCELLABLE:
        return booking_hold.stale(turn)
    card = Card(
        city.say("booking.cancel_title"),
        city.say("booking.cancel_body", slot=said(turn, found)),
        choices=(act(turn, Act.CANCEL, found), to_step(city.say("booking.keep"), Step.MINE)),
    )
    about = Conversation(TOPIC, {"cancelling": str(found.id)})
    return Reply((card,), onward(city)[1:], about, ReplyOutcome.ASK)


def cancel_one(turn: Turn, booking: BookingId) -> Reply:
    """Cancels it; a button takes it back while the place is free."""
    city, by = turn.city, ByResident(turn.resident.id)
    before = bookings.find(turn.tx, booking, by, turn.now)
    ended = bookings.cancel(turn.tx, booking, by, turn.now)
    if before is None or not isinstance(ended, Booking):
        return booking_hold.stale(turn)
    text = Plain(city.say("booking.cancelled", slot=said(turn, before)))
    undo = (act(turn, Act.UNDO, ended),) if before.state is State.CONFIRMED else ()
    return Reply((text,), (*undo, *onward(city)))


def undo(turn: Turn, booking: BookingId) -> Reply:
    """Takes a cancelling back, where the place is still there."""
    city, by = turn.city, ByResident(turn.resident.id)
    found = bookings.find(turn.tx, booking, by, turn.now)
    terms = city.terms.get(found.programme) if found else None
    if found is None or terms is None:
        return booking_hold.stale(turn)
    again = bookings.restore(turn.tx, booking, terms, by, turn.now)
    if not isinstance(again, Booking):
        why = booking_refused.say(city, again, turn.now)
        return booking_take.refused(turn, city.say("booking.not_restored", why=why), Wish((found.programme,)))
    text = Plain(city.say("booking.restored"))
    return Reply((text, booking_mine.card(turn, again)), onward(city))
