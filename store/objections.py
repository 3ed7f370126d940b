"""Why a proposal cannot go on: facts, to be put in words by who talks to the person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from faq.amending import RecordProblem
from faq.changes import RecordName
from store.sight import AccountId


class State(StrEnum):
    """Where a proposal stands; `docs/review.md` draws the ways between."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    """For a second person to approve."""
    APPROVED = "approved"
    """To be published when its time comes."""
    PUBLISHED = "published"
    RETURNED = "returned"
    """To who wrote it: by an approver, or since it did not fit any more when it was to be published."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else was faster, and nothing of theirs is overwritten."""

    what: RecordName | None
    """The record that is another now; None: the proposal itself."""
    by: AccountId | None
    """None where nobody signed in did it (a file at the terminal, the service), or where nobody knows."""
    by_shown: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class InvalidRecord:
    """What is proposed does not hold, or does not fit to all that the city knows."""

    problems: tuple[RecordProblem, ...]


@dataclass(frozen=True, slots=True)
class NotYours:
    """There is none, or it is not theirs: which of both nobody is told."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """The proposal is not in a state in which that can be done to it; in which it is."""

    state: State


@dataclass(frozen=True, slots=True)
class NothingChanges:
    """What is proposed is what is there already."""


@dataclass(frozen=True, slots=True)
class TooManyChanges:
    """More than are published together: while they are, nobody else can write. The command `import` takes them."""

    count: int
    most: int


@dataclass(frozen=True, slots=True)
class NeedsWhy:
    """It has to say why."""


@dataclass(frozen=True, slots=True)
class NeedsApprover:
    """It is for approvers and administrators."""


@dataclass(frozen=True, slots=True)
class AuthorCannotApprove:
    """Who wrote it, or a part of it, leaves it to somebody else."""


@dataclass(frozen=True, slots=True)
class NotReplayedYet:
    """Nobody knows yet what it would do to the answers."""


@dataclass(frozen=True, slots=True)
class BelowFloor:
    """It would make the answers worse than they may become: only an administrator can let it pass, with a reason."""


Refusal = (
    Conflict
    | InvalidRecord
    | NotYours
    | NotNow
    | NothingChanges
    | TooManyChanges
    | NeedsWhy
    | NeedsApprover
    | AuthorCannotApprove
    | NotReplayedYet
    | BelowFloor
)
