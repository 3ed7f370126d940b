"""To keep a seat, or to keep it longer; and what is free where that cannot be."""

from dataclasses import replace

from handlers import booking_finder, booking_hold, booking_refused
from handlers.booking_wish import Wish
from handlers.turn import Plain, Reply, Turn
from store import bookings, slots
from store.audit import ByResident
from store.bookings import Booking, BookingId, Channel, State
from store.slots import SlotId


def take(turn: Turn, slot_id: SlotId) -> Reply:
    """Keeps a seat of the slot, or says why not and what is free."""
    slot = slots.find(turn.tx, slot_id, turn.now)
    terms = turn.city.terms.get(slot.programme) if slot else None
    if slot is None or terms is None:
        return booking_hold.stale(turn)
    by = ByResident(turn.resident.id)
    held = bookings.hold(turn.tx, slot.id, terms, Channel.LINE, turn.resident.id, by, turn.now)
    if isinstance(held, Booking):
        return booking_hold.show(turn, held)
    return refused(turn, booking_refused.say(turn.city, held, turn.now), Wish((slot.programme,)))


def extend(turn: Turn, booking: BookingId) -> Reply:
    """Ten minutes more, once."""
    by = ByResident(turn.resident.id)
    held = bookings.extend(turn.tx, booking, by, turn.now)
    if isinstance(held, Booking):
        said = turn.city.say("booking.extended", until=booking_hold.until(turn, held))
        return led(said, booking_hold.show(turn, held))
    said = booking_refused.say(turn.city, held, turn.now)
    kept = bookings.find(turn.tx, booking, by, turn.now)
    if kept and kept.state is State.HELD:
        return led(said, booking_hold.show(turn, kept))
    return refused(turn, said, Wish((kept.programme,)) if kept else None)


def refused(turn: Turn, said: str, wish: Wish | None) -> Reply:
    """Why not, and what is free."""
    if wish is None or wish.programmes[0] not in turn.city.terms:
        return Reply((Plain(said),), booking_hold.ways_out(turn.city))
    return led(said, booking_finder.find(turn, wish))


def led(said: str, reply: Reply) -> Reply:
    """The reply with a sentence before it."""
    return replace(reply, parts=(Plain(said), *reply.parts))
