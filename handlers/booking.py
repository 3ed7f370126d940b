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
    booking_pressed,
    booking_take,
    booking_typed,
    names,
    unclear,
)
from handlers.booking_asked import Asked
from handlers.booking_screen import TOPIC, called
from handlers.booking_verbs import act_of, read_step
from handlers.booking_wish import Wish, from_slots, to_slots
from handlers.turn import Plain, Reply, Turn
from store.conversations import Conversation
from store.refusals import State

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
        return booking_pressed.act
    if read_step(turn.pressed):
        return booking_pressed.step
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
    if booking_typed.is_personal(turn) and booking_hold.open_holds(turn):
        return booking_typed.to_the_form
    if booking_asked.wish(turn):
        return _look
    return booking_finder.which if booking_asked.plainly(turn) else None


def _look(turn: Turn) -> Reply:
    """The free times; a day that cannot be told is asked back."""
    wish = booking_asked.wish(turn)
    assert wish is not None
    if turn.heard.when.unclear:
        name = turn.city.say("booking.change_again")
        if wish.moving is None:
            name = turn.city.say("booking.again", name=called(turn.city, wish.programmes))
        about = Conversation(TOPIC, to_slots(wish))
        return unclear.ask_back(turn.city, name, turn.heard.when.unclear[0], about)
    reply = booking_finder.find(turn, wish)
    ward = turn.heard.ward
    meant = [each for each in turn.city.schedule.programmes if each.id in wish.programmes]
    if not ward or any(each.ward == ward for each in meant):
        return reply
    return booking_take.led(turn.city.say("booking.not_in_ward", ward=names.shown(turn.city, ward)), reply)


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
