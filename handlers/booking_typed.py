"""What is typed in a talk about bookings: a number, yes, and names and numbers that belong on the form."""

from collections.abc import Callable
from datetime import date

from handlers import (
    booking_cancel,
    booking_change,
    booking_finder,
    booking_hold,
    booking_take,
    booking_waiting,
    choosing,
    words,
)
from handlers.booking_screen import TOPIC, midnight, pick_day
from handlers.booking_verbs import Going, Step
from handlers.booking_wish import from_slots
from handlers.heard import nothing_else
from handlers.turn import Plain, Reply, Turn
from nlp.japan import today
from nlp.masking import LABELS
from nlp.names import is_name
from store.bookings import BookingId
from store.slots import SlotId


def offered(turn: Turn) -> tuple[str, ...]:
    """What the numbers mean: take:SLOT, move:SLOT, day:DATE, change:BOOKING, cancel:BOOKING."""
    return (
        tuple(turn.conversation.slots.get("offered", "").split()) if turn.conversation.topic == TOPIC else ()
    )


def chosen(turn: Turn) -> str | None:
    """Which of what was offered a number or a word means; empty where it is none of them."""
    among = offered(turn)
    number = choosing.meant(turn, len(among)) if among else None
    if number is None:
        return None
    return among[number - 1] if 1 <= number <= len(among) else ""


def choose(turn: Turn) -> Reply:
    """Goes on with what was chosen."""
    kind, _, rest = (chosen(turn) or "").partition(":")
    match kind:
        case "take":
            return booking_take.take(turn, SlotId(int(rest)))
        case "move":
            moving = from_slots(turn.conversation.slots).moving
            assert moving is not None
            return booking_change.move(turn, BookingId(moving), SlotId(int(rest)))
        case "day":
            step = Going(Step.DAY, from_slots(turn.conversation.slots), midnight(date.fromisoformat(rest)))
            return booking_finder.go(turn, step)
        case "change":
            return booking_change.change_one(turn, BookingId(int(rest)))
        case "cancel":
            return booking_cancel.ask_cancel(turn, BookingId(int(rest)))
        case _:
            return _again(turn)


def _again(turn: Turn) -> Reply:
    """A number that nothing has."""
    said = turn.city.say("booking.which_number", most=len(offered(turn)))
    wish = from_slots(turn.conversation.slots)
    if not wish.programmes:
        return Reply((Plain(said),), booking_hold.ways_out(turn.city), turn.conversation)
    reply = booking_finder.find(turn, wish)
    return Reply((Plain(said), *reply.parts), reply.choices, reply.conversation, reply.outcome)


def asks_for_time(turn: Turn) -> bool:
    """Whether it asks to keep the seat longer."""
    if turn.says("words.more_time"):
        return True
    return turn.mentions("words.more_time") and nothing_else(turn.city, turn.heard, "words.more_time")


def about_times(turn: Turn) -> Callable[[Turn], Reply] | None:
    """もっと見る, 次の週, なし, 空きを待つ: to the times that are shown."""
    if turn.says("words.more_times"):
        return _more
    if turn.says("words.none") and offered(turn):
        return _none_fits
    return _wait if turn.says("words.wait_said") and "wait" in turn.conversation.slots else None


def _more(turn: Turn) -> Reply:
    return booking_finder.further(turn, week=turn.says("words.next_week"))


def _wait(turn: Turn) -> Reply:
    return booking_waiting.join(turn, SlotId(int(turn.conversation.slots["wait"])))


def _none_fits(turn: Turn) -> Reply:
    """How to ask for others, and whom to call."""
    city, wish = turn.city, from_slots(turn.conversation.slots)
    pick = (pick_day(turn, wish, today(turn.now)),) if wish.programmes else ()
    call = words.call(city, city.profile.call_centre.telephone)
    said = Plain(city.say("booking.none_fits"))
    return Reply((said,), (*pick, call, *booking_hold.ways_out(city)), turn.conversation)


def answers_yes_or_no(turn: Turn) -> bool:
    """Whether it answers the question whether to cancel."""
    asked = turn.conversation.topic == TOPIC and "cancelling" in turn.conversation.slots
    return asked and (turn.says("words.yes_cancel") or turn.says("words.not_cancel"))


def yes_or_no(turn: Turn) -> Reply:
    booking = BookingId(int(turn.conversation.slots["cancelling"]))
    if turn.says("words.yes_cancel"):
        return booking_cancel.cancel_one(turn, booking)
    return Reply((Plain(turn.city.say("booking.kept")),), booking_hold.ways_out(turn.city))


def is_personal(turn: Turn) -> bool:
    """Whether it holds what belongs on the form: masked data, or nothing but a name."""
    if any(label in turn.text for label in LABELS.values()):
        return True
    return (
        not turn.heard.names_something and not turn.city.towns.named(turn.heard.rest) and is_name(turn.text)
    )


def to_the_form(turn: Turn) -> Reply:
    """Not here, but there."""
    reply = booking_hold.show(turn, booking_hold.open_holds(turn)[0])
    said = Plain(turn.city.say("booking.not_here"))
    return Reply((said, *reply.parts), reply.choices, reply.conversation, reply.outcome)
