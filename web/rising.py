"""What is asked now more than usual, as a part of the operators' page."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import rising as store
from store.rising import HOUR, Now
from web.partial import partial
from web.rule import PART, page
from web.site import site

rising = Blueprint("rising", __name__)

MOST: Final = 5
"""Entries of the hour, and of the day."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An entry that is asked more than usual."""

    key: str
    question: str
    says: str
    """How often, and how often usually."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One span in words."""

    label: str
    entries: tuple[Asked, ...]
    unanswered: str
    """How many found no answer; empty where they are few."""
    is_unusual: bool
    """Whether these are more than usual."""


@page(rising, "/operators/rising", PART)
def board() -> ResponseReturnValue:
    """The part, anew each minute."""
    return partial("rising/board.html")


def rising_now() -> tuple[Shown, ...]:
    """The last hour and the last day, for templates; entries that are gone from the knowledge are left out."""
    here = site()
    with here.database.read() as tx:
        known, found = here.city(tx), store.rising(tx, here.clock(), MOST)
    return tuple(_shown(now, {each.id: each.question for each in known.knowledge.entries}) for now in found)


def _shown(now: Now, questions: dict[str, str]) -> Shown:
    say, lost = site().say, now.unanswered
    label = say("rising.hour" if now.span == HOUR else "rising.day")
    asked = tuple(
        Asked(f"entry:{each.entry}", questions[each.entry], _says("rising.entry", each.count))
        for each in now.entries
        if each.entry in questions
    )
    return Shown(
        label, asked, _says("rising.unanswered", lost) if lost else "", lost is not None and lost.is_unusual
    )


def _says(key: str, count: store.Count) -> str:
    return site().say(key, number=count.number, usual=f"{count.usual:.1f}")
