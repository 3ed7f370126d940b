"""Why nothing was done to a case: facts, to be put in words by who talks to the person."""

from dataclasses import dataclass
from datetime import datetime

from store.refusals import NotThere, TooLate

__all__ = [
    "AlreadyClosed",
    "CannotBeTold",
    "Changed",
    "Gone",
    "NotThere",
    "Refused",
    "TakenBy",
    "TooLate",
    "TooMany",
]


@dataclass(frozen=True, slots=True)
class TakenBy:
    """A colleague looks after it; who."""

    shown: str


@dataclass(frozen=True, slots=True)
class Changed:
    """It is no longer what the viewer saw: the resident said more, or a colleague acted."""


@dataclass(frozen=True, slots=True)
class AlreadyClosed:
    """It was closed; when."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CannotBeTold:
    """The resident has blocked the account, or the case is a caller's: nothing reaches them in LINE."""


Refused = NotThere | TakenBy | Changed | AlreadyClosed | CannotBeTold
"""Why somebody of the city could not act."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The case is closed or erased, or it is not the resident's."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """So many cases of the resident's stand already; they can add to one of them."""

    most: int
