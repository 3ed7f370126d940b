"""Booking: from what is wanted to a seat that is kept, and whatever is done with it afterwards."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from faq.terms import Sort
from handlers import (
    booking_asked,
    booking_cancel,
    booking_change,
    booking_finder,
    booking_hold,
    booking_mine,
    booking_take,
    booking_typed,
    booking_waiting,
    unclear,
)
from handlers.booking_asked import Asked
from handlers.booking_screen import TOPIC, midnight, spoken
from handlers.booking_verbs import Act, Going, Step, act_of, moved_booking, read_step
from handlers.booking_wish import Wish, from_slots, to_slots
from handlers.turn import DatePicked, Plain, Reply, Turn
from nlp.japan import JAPAN
from store import buttons
from store.bookings import BookingId
from store.buttons import Button
from store.conversations import Conversation
from store.refusals import State
from store.slots import SlotId

Answerer = Callable[[Turn], Reply]


def matches(turn: Turn) -> bool:
    return _answerer(turn) is not None


def handle(turn: Turn) -> Reply:
    answerer = _answerer(turn)
    assert answerer is not None
    return answerer(turn)


def _answerer(turn: Turn) -> Answerer | None:
    """What answers: a button, a word that ends or goes on with what is open, or what is asked."""
    if act_of(turn.button):
        return _act
    if read_step(turn.pressed):
        return _step
    if turn.pressed == "stop" or turn.says("words.stop"):
        return _stop_answerer(turn)
    return _typed(turn) if turn.text else None


def _stop_answerer(turn: Turn) -> Answerer | None:
    """Ends what is open; キャンセル with nothing open is about a booking, where there is one."""
    if is_open(turn):
        return _stop
    return booking_cancel.cancel if turn.says("words.cancel_alone") and booking_mine.mine(turn) else None


def is_open(turn: Turn) -> bool:
    """Whether something is offered, or a seat is kept."""
    return bool(booking_typed.offered(turn) or booking_hold.open_holds(turn))


def _typed(turn: Turn) -> Answerer | None:
    if turn.says("words.from_start"):
        return _from_start if is_open(turn) else None
    if booking_typed.answers_yes_or_no(turn):
        return booking_typed.yes_or_no
    if booking_typed.chosen(turn) is not None:
        return booking_typed.choose
    if booking_typed.asks_for_time(turn) and booking_hold.open_holds(turn):
        return _extend
    if booking_asked.own(turn):
        return _own
    if turn.conversation.topic == TOPIC and (answerer := booking_typed.about_times(turn)):
        return answerer
    if booking_hold.open_holds(turn) and booking_typed.is_personal(turn):
        return booking_typed.to_the_form
    if booking_asked.wish(turn):
        return _look
    return booking_finder.which if booking_asked.plainly(turn) else None


# By buttons -----------------------------------------------------------------------------------------


def _act(turn: Turn) -> Reply:
    """Does what a button stands for, once; to ask and to look for another time changes nothing."""
    act, button = act_of(turn.button), turn.button
    assert act is not None
    assert button is not None
    if act not in (Act.ASK_CANCEL, Act.CHANGE):
        pressed = buttons.spend(turn.tx, turn.resident.id, turn.token, turn.now)
        if not isinstance(pressed, Button):
            return booking_hold.stale(turn)
    return _done(turn, act, button)


def _done(turn: Turn, act: Act, button: Button) -> Reply:
    booking, slot = BookingId(button.subject), SlotId(button.subject)
    match act:
        case Act.TAKE:
            return booking_take.take(turn, slot)
        case Act.MOVE:
            return booking_change.move(turn, BookingId(moved_booking(button)), slot)
        case Act.EXTEND:
            return booking_take.extend(turn, booking)
        case Act.CHANGE:
            return booking_change.change_one(turn, booking)
        case Act.ASK_CANCEL:
            return booking_cancel.ask_cancel(turn, booking)
        case Act.CANCEL:
            return booking_cancel.cancel_one(turn, booking)
        case Act.UNDO:
            return booking_cancel.undo(turn, booking)
        case Act.WAIT:
            return booking_waiting.join(turn, slot)
        case Act.LEAVE:
            return booking_waiting.leave(turn, booking)
        case Act.ACCEPT:
            return booking_waiting.accept(turn, booking)
        case Act.LET_GO:
            return booking_waiting.pass_on(turn, booking)
        case other:
            assert_never(other)


def _step(turn: Turn) -> Reply:
    """Another screen; nothing is changed by it."""
    going = read_step(turn.pressed)
    assert going is not None
    match going.step:
        case Step.START:
            return booking_finder.which(turn)
        case Step.MINE:
            return booking_mine.show(turn)
        case Step.GO_ON:
            holds = booking_hold.open_holds(turn)
            return booking_hold.show(turn, holds[0]) if holds else booking_mine.show(turn)
        case Step.DAY | Step.MORE | Step.WEEK:
            return booking_finder.go(turn, _picked(turn, going))
        case other:
            assert_never(other)


def _picked(turn: Turn, going: Going) -> Going:
    """With the day of LINE's calendar."""
    said = turn.message.said
    if not isinstance(said, DatePicked):
        return going
    return replace(going, since=midnight(said.picked.astimezone(JAPAN).date()))


# By words -------------------------------------------------------------------------------------------


def _look(turn: Turn) -> Reply:
    """The free times; a day that cannot be told is asked back."""
    wish = booking_asked.wish(turn)
    assert wish is not None
    if turn.heard.when.unclear:
        name = turn.city.say("booking.again", name=spoken(turn.city, wish.programmes))
        about = Conversation(TOPIC, to_slots(wish))
        return unclear.ask_back(turn.city, name, turn.heard.when.unclear[0], about)
    reply = booking_finder.find(turn, wish)
    ward = turn.heard.ward
    meant = [each for each in turn.city.schedule.programmes if each.id in wish.programmes]
    if not ward or any(each.ward == ward for each in meant):
        return reply
    return booking_take.led(turn.city.say("booking.not_in_ward", ward=ward), reply)


def _own(turn: Turn) -> Reply:
    match booking_asked.own(turn):
        case Asked.CHANGE:
            return booking_change.change(turn)
        case Asked.CANCEL:
            return booking_cancel.cancel(turn)
        case Asked.MINE | None:
            return booking_mine.show(turn)
        case other:
            assert_never(other)


def _extend(turn: Turn) -> Reply:
    return booking_take.extend(turn, booking_hold.open_holds(turn)[0].id)


def _stop(turn: Turn) -> Reply:
    """Gives up what is kept, and says so; bookings that are made stand."""
    city = turn.city
    released = booking_hold.release(turn) or city.say("stop.text")
    stands = any(each.state is State.CONFIRMED for each in booking_mine.mine(turn))
    said = [released, *([city.say("booking.stands")] if stands else [])]
    return Reply((Plain("\n".join(said)),), booking_mine.onward(city))


def _from_start(turn: Turn) -> Reply:
    """Gives up what is kept, and begins again with what was being booked."""
    wish = from_slots(turn.conversation.slots) if turn.conversation.topic == TOPIC else Wish(())
    released = booking_hold.release(turn)
    terms = [turn.city.terms[each] for each in wish.programmes if each in turn.city.terms]
    timed = any(each.sort is not Sort.APPLICATION for each in terms)
    reply = booking_finder.find(turn, Wish(wish.programmes)) if timed else booking_finder.which(turn)
    lead = (Plain(released),) if released else ()
    return replace(reply, parts=(*lead, *reply.parts))
