"""The stages of a proposal to work together with the city, and which may follow which.

The database holds the same table (`collaboration_moves`); `docs/collaboration.md` draws it.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Stage(StrEnum):
    """How far a proposal has come."""

    SUBMITTED = "submitted"
    ADVISED = "advised"
    """The city has looked at it and said what it thinks, and what could be made better."""
    DECIDED = "decided"
    """The city has decided to do it together."""
    AGREED = "agreed"
    """Who does what, and for how long, is agreed upon and public."""
    CARRIED_OUT = "carried_out"
    EVALUATED = "evaluated"
    """Both sides have said what came of it, and that is public."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """The proposer took it back, or it was given up by both."""


NEW: Final = "new"
"""Before the first stage."""
MOVES: Final[Mapping[Stage, tuple[Stage, ...]]] = MappingProxyType(
    {
        Stage.SUBMITTED: (Stage.ADVISED, Stage.DECLINED, Stage.WITHDRAWN),
        Stage.ADVISED: (Stage.DECIDED, Stage.DECLINED, Stage.WITHDRAWN),
        Stage.DECIDED: (Stage.AGREED, Stage.WITHDRAWN),
        Stage.AGREED: (Stage.CARRIED_OUT, Stage.WITHDRAWN),
        Stage.CARRIED_OUT: (Stage.EVALUATED,),
        Stage.EVALUATED: (),
        Stage.DECLINED: (),
        Stage.WITHDRAWN: (),
    }
)
"""What may follow each; the first is the way that leads on."""
OVER: Final = frozenset(stage for stage, following in MOVES.items() if not following)
TAKEN_BACK_FROM: Final = frozenset({Stage.SUBMITTED, Stage.ADVISED, Stage.DECIDED})
"""Where the proposer alone may take it back; an agreement ends by both."""
PUBLIC: Final = frozenset({Stage.AGREED, Stage.CARRIED_OUT, Stage.EVALUATED})


def following(stage: Stage) -> Stage | None:
    """The next on the way; None at its end."""
    return MOVES[stage][0] if MOVES[stage] else None
