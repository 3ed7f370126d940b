"""The waiting list: to join it, to leave it, and to take or pass a place that became free."""

from datetime import time

from handlers import booking_hold, booking_mine, booking_refused, booking_take
from handlers.booking_mine import onward, said
from handlers.booking_verbs import Act, to_act
from handlers.booking_wish import Wish
from handlers.dates import say_time
from handlers.turn import Plain, Reply, Turn
from store import bookings, run_settings, slots, waiting
from store.audit import ByResident
from store.bookings import Booking, BookingId, Channel, State
from store.slots import SlotId


def join(turn: Turn, slot_id: SlotId) -> Reply:
    """Waits for any place on the day of that slot."""
    city = turn.city
    slot = slots.find(turn.tx, slot_id, turn.now)
    terms = city.terms.get(slot.programme) if slot else None
    if slot is None or terms is None:
        return booking_hold.stale(turn)
    by, who = ByResident(turn.resident.id), turn.resident.id
    joined = waiting.join(turn.tx, slot.id, terms, Channel.LINE, who, by, turn.now, any_time=True)
    if not isinstance(joined, Booking):
        why = booking_refused.say(city, joined, turn.now)
        return booking_take.refused(turn, why, Wish((slot.programme,)))
    hours = run_settings.read(turn.tx)
    opens, closes = (
        say_time(city, time(hour % 24)) for hour in (hours.reminders_from, hours.reminders_until)
    )
    text = Plain(city.say("booking.waiting", day=said(turn, joined), opens=opens, closes=closes))
    leave = to_act(turn, city.say("booking.act.leave"), Act.LEAVE, joined.id)
    return Reply((text,), (leave, *onward(city)[1:]))


def leave(turn: Turn, booking: BookingId) -> Reply:
    """Waits no longer."""
    ended = waiting.leave(turn.tx, booking, ByResident(turn.resident.id), turn.now)
    if not isinstance(ended, Booking):
        return booking_hold.stale(turn)
    return Reply((Plain(turn.city.say("booking.left")),), onward(turn.city))


def accept(turn: Turn, booking: BookingId) -> Reply:
    """Takes the place that became free: it is kept like any other until the form is sent."""
    by = ByResident(turn.resident.id)
    found = bookings.find(turn.tx, booking, by, turn.now)
    terms = turn.city.terms.get(found.programme) if found else None
    if found is None or terms is None:
        return booking_hold.stale(turn)
    taken = waiting.take(turn.tx, booking, terms, by, turn.now)
    if not isinstance(taken, Booking):
        why = booking_refused.say(turn.city, taken, turn.now)
        return booking_take.refused(turn, why, Wish((found.programme,)))
    if taken.state is State.HELD:
        return booking_hold.show(turn, taken)
    return Reply(
        (Plain(turn.city.say("booking.taken_up")), booking_mine.card(turn, taken)), onward(turn.city)
    )


def pass_on(turn: Turn, booking: BookingId) -> Reply:
    """Lets the place go to who waits next."""
    passed = waiting.leave(turn.tx, booking, ByResident(turn.resident.id), turn.now)
    if not isinstance(passed, Booking):
        return booking_hold.stale(turn)
    return Reply((Plain(turn.city.say("booking.passed")),), onward(turn.city))
