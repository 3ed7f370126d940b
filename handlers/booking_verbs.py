"""What booking's buttons carry: tokens for what acts on a record, words of a closed list for what only moves about."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from faq.programmes import ProgrammeId
from handlers.booking_wish import Wish
from handlers.city import City
from handlers.turn import ACT, Choice, Press
from store import buttons
from store.buttons import Button
from store.db import Tx
from store.residents import Resident

VERB = "booking"
"""`booking:STEP:PROGRAMMES:MOVING:FROM`; the last three may be left off."""


MOST_NAMED = 200
"""Letters of programmes in a button, of which LINE takes 300 in all."""


class Step(StrEnum):
    """Moves about, and changes nothing."""

    START = "start"
    MINE = "mine"
    GO_ON = "go-on"
    DAY = "day"
    """The times of one day."""
    MORE = "more"
    """The times from a moment on."""
    WEEK = "week"
    """The times of a week, whatever days were asked about."""


class Act(StrEnum):
    """Acts on a record; each is behind a token of its own."""

    TAKE = "take"
    """Holds the slot."""
    MOVE = "move"
    """Moves a booking to the slot: `move:BOOKING`."""
    EXTEND = "extend"
    CHANGE = "change"
    """Looks for another time for the booking."""
    ASK_CANCEL = "ask-cancel"
    CANCEL = "cancel"
    UNDO = "undo"
    WAIT = "wait"
    LEAVE = "leave"
    ACCEPT = "accept"
    LET_GO = "let-go"


@dataclass(frozen=True, slots=True)
class Going:
    """A step, and to where."""

    step: Step
    wish: Wish
    since: datetime | None


def to_step(label: str, step: Step, wish: Wish | None = None, since: datetime | None = None) -> Choice:
    """A button that moves about."""
    return Choice(label, Press(step_data(step, wish, since), label))


def step_data(step: Step, wish: Wish | None = None, since: datetime | None = None) -> str:
    if wish is None:
        return f"{VERB}:{step}"
    moving = "" if wish.moving is None else str(wish.moving)
    moment = since.isoformat(timespec="minutes") if since else ""
    programmes = " ".join(wish.programmes)
    if len(programmes) > MOST_NAMED:
        programmes = ""  # the conversation knows them, as long as it is about them
    return f"{VERB}:{step}:{programmes}:{moving}:{moment}"


def read_step(data: str) -> Going | None:
    """Where a button leads; None for what is no button of ours."""
    read = _STEP.fullmatch(data)
    if read is None:
        return None
    ids = tuple(ProgrammeId(each) for each in (read["programmes"] or "").split())
    moving = int(read["moving"]) if read["moving"] else None
    try:
        since = datetime.fromisoformat(read["since"]) if read["since"] else None
    except ValueError:
        return None
    return Going(Step(read["step"]), Wish(ids, moving=moving), since)


_STEP: Final = re.compile(
    rf"{VERB}:(?P<step>{'|'.join(Step)})"
    r"(?::(?P<programmes>[^:]*):(?P<moving>\d{0,15}):(?P<since>20\d\d-\d\d-\d\dT\d\d:\d\d[+]\d\d:\d\d)?)?",
    re.ASCII,
)


class Asker(Protocol):
    """Who is offered a button: by a turn, or unasked."""

    @property
    def city(self) -> City: ...
    @property
    def resident(self) -> Resident: ...
    @property
    def tx(self) -> Tx: ...
    @property
    def now(self) -> datetime: ...


def to_act(
    asker: Asker, label: str, act: Act, subject: int, *, of: int | None = None, shown: str = ""
) -> Choice:
    """A button that this resident alone may press, once; `of` is the booking that is moved to the subject."""
    name = act.value if of is None else f"{act.value}:{of}"
    token = buttons.mint(asker.tx, asker.resident.id, Button(name, subject), asker.now)
    return Choice(label, Press(ACT + token, shown or label))


def act_of(button: Button | None) -> Act | None:
    """Which act of booking it is; None for another's."""
    name = button.act.partition(":")[0] if button else ""
    return Act(name) if name in set(Act) else None


def moved_booking(button: Button) -> int:
    """The booking that a MOVE is of."""
    return int(button.act.partition(":")[2])


def without_days(wish: Wish) -> Wish:
    return replace(wish, days=None, hours=None, since=None)
