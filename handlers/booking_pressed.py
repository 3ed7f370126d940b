"""Booking's buttons: those that act on a record, once, and those that only move about."""

from dataclasses import replace
from typing import assert_never

from handlers import (
    booking_cancel,
    booking_change,
    booking_finder,
    booking_hold,
    booking_mine,
    booking_take,
    booking_waiting,
)
from handlers.booking_screen import midnight
from handlers.booking_verbs import Act, Going, Step, act_of, moved_booking, read_step
from handlers.turn import DatePicked, Reply, Turn
from nlp.japan import JAPAN
from store import buttons
from store.bookings import BookingId
from store.buttons import Button
from store.slots import SlotId


def act(turn: Turn) -> Reply:
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


def step(turn: Turn) -> Reply:
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
