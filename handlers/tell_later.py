"""Told later: the resident asks to be told once there is an answer, or wants no word of it any more."""

from datetime import time
from enum import StrEnum
from typing import assert_never

from handlers import words
from handlers.dates import say_time
from handlers.turn import ACT, Choice, Plain, Press, Reply, Turn
from store import buttons, run_settings, told
from store.buttons import Button, Refusal
from store.conversations import Conversation
from store.queries import QueryId

MISSED = "missed"
"""The conversation after a question that found no answer; slots `query`, `misses` and `refused`."""


class Act(StrEnum):
    """What the buttons do."""

    TELL_ME = "tell_me"
    TELL_NOTHING = "tell_nothing"


def offer(turn: Turn, query: QueryId) -> Choice:
    """The button, for a question that has found no answer."""
    return _button(turn, Act.TELL_ME, "told.button", query)


def _button(turn: Turn, act: Act, key: str, query: QueryId) -> Choice:
    token = buttons.mint(turn.tx, turn.resident.id, Button(act.value, query), turn.now)
    label = turn.city.say(key)
    return Choice(label, Press(ACT + token, label))


def matches(turn: Turn) -> bool:
    if turn.button is not None:
        return turn.button.act in tuple(Act)
    return turn.says("words.tell_me") or turn.says("words.tell_nothing")


def handle(turn: Turn) -> Reply:
    if turn.says("words.tell_nothing"):
        return _stop(turn)
    if turn.says("words.tell_me"):
        query = turn.conversation.slots.get("query") if turn.conversation.topic == MISSED else None
        return _note(turn, QueryId(int(query))) if query else _say(turn, "told.which")
    pressed = buttons.spend(turn.tx, turn.resident.id, turn.token, turn.now)
    match pressed:
        case Button(act=Act.TELL_ME, subject=query_id):
            return _note(turn, QueryId(query_id))
        case Button():
            return _stop(turn)
        case Refusal():
            return _say(turn, "button.stale")
        case other:
            assert_never(other)


def _note(turn: Turn, query: QueryId) -> Reply:
    if not told.ask(turn.tx, turn.resident.id, query, turn.now):
        return _say(turn, "told.which")
    hours = run_settings.read(turn.tx)
    opens, closes = (
        say_time(turn.city, time(hour % 24)) for hour in (hours.reminders_from, hours.reminders_until)
    )
    noted = Plain(turn.city.say("told.noted", opens=opens, closes=closes))
    stop = _button(turn, Act.TELL_NOTHING, "told.stop", query)
    return Reply((noted,), (stop, words.to_the_menu(turn.city), words.to_a_person(turn.city)))


def _stop(turn: Turn) -> Reply:
    taken = told.take_back(turn.tx, turn.resident.id)
    return _say(turn, "told.stopped" if taken else "told.nothing")


def _say(turn: Turn, key: str) -> Reply:
    choices = (words.to_the_menu(turn.city), words.to_a_person(turn.city))
    return Reply((Plain(turn.city.say(key)),), choices, Conversation())
