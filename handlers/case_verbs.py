"""What the buttons of cases carry: tokens for what acts on a case, words of a closed list for what only moves about."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from handlers.booking_verbs import Asker
from handlers.city import City
from handlers.turn import ACT, Choice, Press
from store import buttons
from store.buttons import Button

VERB: Final = "case"
"""`case:STEP`, and for what belongs to one draft `case:STEP:ONCE`; a ward is `case:ward:ONCE:WARD`."""


class Step(StrEnum):
    """Moves about; nothing is sent but by SEND_LINE and SEND_TELEPHONE, which name the draft that they send."""

    HERE = "here"
    AS_IS = "as-is"
    MORE = "more"
    OTHER = "other"
    WARD = "ward"
    SEND_LINE = "line"
    SEND_TELEPHONE = "telephone"
    STATE = "state"
    KEEP = "keep"
    """Does not take a case back."""
    TO_STAFF = "staff"
    TO_BOT = "bot"


class Act(StrEnum):
    """Acts on a case; each is behind a token of its own."""

    ADD = "case-add"
    ASK_WITHDRAW = "case-ask-withdraw"
    WITHDRAW = "case-withdraw"
    ANSWER = "case-answer"
    """Shows the last answer again."""
    SOLVED = "case-solved"
    NOT_YET = "case-not-yet"
    REOPEN = "case-reopen"
    FORWARD = "case-forward"
    """Adds a question of the resident's to the case; the subject is the question."""


ONCE: Final = frozenset({Act.WITHDRAW, Act.NOT_YET, Act.FORWARD})
"""Those that a second press must not do again; the others change nothing, or nothing more."""


def to_step(city: City, key: str, step: Step, *rest: str) -> Choice:
    """A button that moves about; its label is the sentence of that key."""
    label = city.say(key)
    return Choice(label, Press(":".join((VERB, step.value, *rest)), label))


def to_ward(ward: str, label: str, once: str) -> Choice:
    return Choice(label, Press(f"{VERB}:{Step.WARD}:{once}:{ward}", label))


@dataclass(frozen=True, slots=True)
class Going:
    """A step, of which draft, and with what (a ward); empty where it is of none."""

    step: Step
    once: str
    what: str


def read_step(data: str) -> Going | None:
    """Where a button leads; None for what is no button of ours."""
    verb, _, rest = data.partition(":")
    name, _, rest = rest.partition(":")
    once, _, what = rest.partition(":")
    return Going(Step(name), once, what) if verb == VERB and name in set(Step) else None


def to_act(asker: Asker, act: Act, subject: int) -> Choice:
    """A button that this resident alone may press."""
    token = buttons.mint(asker.tx, asker.resident.id, Button(act.value, subject), asker.now)
    name = act.value.removeprefix("case-").replace("-", "_")
    label = asker.city.say(f"case.act.{name}")
    return Choice(label, Press(ACT + token, label))


def act_of(button: Button | None) -> Act | None:
    """Which act of cases it is; None for another's."""
    return Act(button.act) if button and button.act in set(Act) else None
