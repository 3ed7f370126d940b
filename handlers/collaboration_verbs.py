"""What the buttons of proposals carry: tokens for what takes one back, words of a closed list for what moves about."""

from enum import StrEnum
from typing import Final

from handlers.booking_verbs import Asker
from handlers.city import City
from handlers.turn import ACT, Choice, Press
from store import buttons
from store.buttons import Button
from store.collaborations import CollaborationId

VERB: Final = "collaboration"


class Step(StrEnum):
    """Moves about; nothing reaches the city."""

    ABOUT = "about"
    WRITE = "write"
    SKIP = "skip"
    """To the form, without a word before."""
    STATE = "state"
    KEEP = "keep"
    """Does not take it back."""


class Act(StrEnum):
    """Acts on a proposal; each is behind a token of its own."""

    ASK_WITHDRAW = "collaboration-ask"
    WITHDRAW = "collaboration-withdraw"


def to(step: Step) -> str:
    """What a button that leads there carries."""
    return f"{VERB}:{step}"


def to_step(city: City, key: str, step: Step) -> Choice:
    """A button that moves about; its label is the sentence of that key."""
    label = city.say(key)
    return Choice(label, Press(to(step), label))


def read_step(data: str) -> Step | None:
    """Where a button leads; None for what is no button of ours."""
    verb, _, name = data.partition(":")
    return Step(name) if verb == VERB and name in set(Step) else None


def to_act(asker: Asker, act: Act, key: str, which: CollaborationId) -> Choice:
    """A button that this resident alone may press, once."""
    token = buttons.mint(asker.tx, asker.resident.id, Button(act.value, which), asker.now)
    label = asker.city.say(key)
    return Choice(label, Press(ACT + token, label))


def act_of(button: Button | None) -> Act | None:
    """Which act of ours it is; None for another's."""
    return Act(button.act) if button and button.act in set(Act) else None
