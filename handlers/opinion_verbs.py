"""What the buttons of public comments carry: tokens for what acts on an opinion, a closed list for what moves about."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from faq.plans import Plan, PlanId
from handlers.booking_verbs import Asker
from handlers.city import City
from handlers.turn import ACT, Choice, Press
from store import buttons
from store.buttons import Button
from store.opinions import OpinionId

VERB: Final = "opinion"
"""`opinion:STEP`, and `opinion:STEP:WHAT` with a plan's id or the draft's own number."""


class Step(StrEnum):
    """Moves about; nothing is sent but by SEND_TOLD and SEND_QUIET, which name the draft that they send."""

    LIST = "list"
    PLAN = "plan"
    WRITE = "write"
    GO_ON = "go-on"
    SEND_TOLD = "send-told"
    SEND_QUIET = "send"
    MINE = "mine"
    KEEP = "keep"
    """Does not withdraw."""
    TOLD_ON = "told-on"
    TOLD_OFF = "told-off"


class Act(StrEnum):
    """Acts on an opinion; each is behind a token of its own."""

    ASK_WITHDRAW = "opinion-ask-withdraw"
    WITHDRAW = "opinion-withdraw"


@dataclass(frozen=True, slots=True)
class Going:
    """A step, and of which plan or draft; empty where it is of none."""

    step: Step
    what: str


def to(step: Step) -> str:
    """What a button that leads there carries, where it is of no plan and no draft."""
    return f"{VERB}:{step}"


def to_step(city: City, key: str, step: Step, what: str = "") -> Choice:
    """A button that moves about; its label is the sentence of that key."""
    label = city.say(key)
    return Choice(label, Press(":".join(filter(None, (VERB, step.value, what))), label))


def to_plan(city: City, plan: Plan) -> Choice:
    """The button to a plan with all that is known of it."""
    return to_step(city, "opinion.look", Step.PLAN, plan.id)


def read_step(data: str) -> Going | None:
    """Where a button leads; None for what is no button of ours."""
    verb, _, rest = data.partition(":")
    name, _, what = rest.partition(":")
    return Going(Step(name), what) if verb == VERB and name in set(Step) else None


def to_act(asker: Asker, key: str, act: Act, opinion: OpinionId) -> Choice:
    """A button that this resident alone may press."""
    token = buttons.mint(asker.tx, asker.resident.id, Button(act.value, opinion), asker.now)
    label = asker.city.say(key)
    return Choice(label, Press(ACT + token, label))


def act_of(button: Button | None) -> Act | None:
    """Which act on an opinion it is; None for another's."""
    return Act(button.act) if button and button.act in set(Act) else None


def plan_of(city: City, plan: str) -> Plan | None:
    """The plan of that id; None where there is none."""
    return next((each for each in city.plans if each.id == PlanId(plan)), None)
