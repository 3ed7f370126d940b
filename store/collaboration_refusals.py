"""Why nothing was done to a proposal: facts, to be put in words by who talks to the person."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from store.collaboration_stages import Stage
from store.receipts import Receipt
from store.refusals import NotThere

__all__ = [
    "CannotFollow",
    "Missing",
    "No",
    "NotOver",
    "NotThere",
    "Refused",
    "TooMany",
    "WrongDay",
    "Yours",
]


class No(Enum):
    """What needs no more than its name."""

    CHANGED = auto()
    """It is no longer what the viewer saw."""
    NO_AGREEMENT = auto()
    """Nobody wrote down who does what, and for how long."""
    NEEDS_APPROVER = auto()
    """An agreement binds the city and is public: somebody who approves notes it."""
    ALREADY_TOLD = auto()
    """The proposer knows of the last step."""
    NOT_TO_BE_NAMED = auto()
    """The group did not agree to be named."""
    NOT_NOW = auto()
    """Not at the stage at which it stands, or not in that year."""
    PUBLISHED = auto()
    """It is public, and stays as it was published."""
    NOTHING = auto()
    """There is nothing to be published."""


@dataclass(frozen=True, slots=True)
class CannotFollow:
    """The stage at which it stands is not followed by what was asked for."""

    stage: Stage


@dataclass(frozen=True, slots=True)
class WrongDay:
    """A step is not of the future, and not of a day before the one before it."""

    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class NotOver:
    """The fiscal year is not over yet; its last day."""

    last: date


@dataclass(frozen=True, slots=True)
class Yours:
    """Who publishes wrote some of it: somebody else has to."""

    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Some of it is half written."""

    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class TooMany:
    """So many proposals of the resident's stand already."""

    most: int


Refused = NotThere | No | CannotFollow | WrongDay
"""Why somebody of the city could not act upon a proposal."""
