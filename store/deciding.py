"""A second person decides: handing in, sending back, approving, withdrawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Final

from faq.changes import Change
from store import checking
from store.db import Tx
from store.drafting import UNDECIDED, conflict, noted, opened
from store.objections import (
    AuthorCannotApprove,
    BelowFloor,
    Conflict,
    InvalidRecord,
    NeedsApprover,
    NeedsWhy,
    NotNow,
    NotReplayedYet,
    Refusal,
    State,
)
from store.proposed import Proposal, ProposalId
from store.sight import Role, Viewer
from store.tables import proposals


class Measured(Enum):
    """Whether the answers stay as good as they have to be, as a replay of questions tells."""

    HOLDS = auto()
    NOT_YET = auto()
    """Nobody has replayed them over this version of what is proposed."""


HOLDS: Final = Measured.HOLDS
NOT_YET: Final = Measured.NOT_YET


@dataclass(frozen=True, slots=True)
class Broken:
    """The answers would become worse than they may; `reason`: why an administrator lets it pass all the same."""

    reason: str | None = None


Floor = Measured | Broken

_WITHDRAWABLE: Final = (State.DRAFT, State.SUBMITTED, State.APPROVED, State.RETURNED)
_DECIDERS: Final = (Role.APPROVER, Role.ADMIN)


def submit(tx: Tx, viewer: Viewer, proposal: ProposalId, version: int, now: datetime) -> Proposal | Refusal:
    """Hands a draft in for a second person to approve."""
    mine = opened(tx, viewer, proposal, version)
    if not isinstance(mine, Proposal):
        return mine
    if mine.state is not State.DRAFT:
        return NotNow(mine.state)
    if not mine.why:
        return NeedsWhy()
    if refused := unfit(tx, mine.changes, now):
        return refused
    _set(tx, proposal, State.SUBMITTED, submitted_at=now)
    return noted(tx, viewer, proposal, mine.changes, "submitted", now)


def approve(
    tx: Tx,
    viewer: Viewer,
    proposal: ProposalId,
    version: int,
    publish_at: datetime | None,
    floor: Floor,
    now: datetime,
) -> Proposal | Refusal:
    """Lets the version that the viewer saw be published, now (None) or at a time to come."""
    mine = opened(tx, viewer, proposal, version)
    if not isinstance(mine, Proposal):
        return mine
    refused = _undecidable(viewer, mine, (State.SUBMITTED,)) or _beneath(viewer, floor)
    if refused := refused or unfit(tx, mine.changes, now):
        return refused
    override = floor.reason if isinstance(floor, Broken) else None
    at = now if publish_at is None else max(publish_at, now)
    _set(
        tx, proposal, State.APPROVED, decided_by_id=viewer.account, decided_at=now, publish_at=at, override=override
    )  # fmt: skip
    detail = {"override": "yes"} if override else {}
    return noted(
        tx, viewer, proposal, mine.changes, "approved", now, version=str(version), at=at.isoformat(), **detail
    )


def send_back(
    tx: Tx, viewer: Viewer, proposal: ProposalId, version: int, reason: str, now: datetime
) -> Proposal | Refusal:
    """Returns to its authors what was handed in, or approved for a time to come, and says why."""
    mine = opened(tx, viewer, proposal, version)
    if not isinstance(mine, Proposal):
        return mine
    if refused := _undecidable(viewer, mine, (State.SUBMITTED, State.APPROVED)):
        return refused
    if not reason.strip():
        return NeedsWhy()
    decided = {"decided_by_id": viewer.account, "decided_at": now, "reason": reason.strip()}
    _set(tx, proposal, State.RETURNED, **(UNDECIDED | decided))
    return noted(tx, viewer, proposal, mine.changes, "returned", now)


def withdraw(tx: Tx, viewer: Viewer, proposal: ProposalId, version: int, now: datetime) -> Proposal | Refusal:
    """Gives up a proposal for good; also one that is approved and waits for its time."""
    mine = opened(tx, viewer, proposal, version)
    if not isinstance(mine, Proposal):
        return mine
    if mine.state not in _WITHDRAWABLE:
        return NotNow(mine.state)
    _set(tx, proposal, State.WITHDRAWN)
    return noted(tx, viewer, proposal, mine.changes, "withdrawn", now)


def unfit(tx: Tx, changes: Sequence[Change], now: datetime) -> Conflict | InvalidRecord | None:
    """What keeps changes from being made as things are."""
    if found := conflict(tx, changes):
        return found
    admitted = checking.admit(tx, changes, now)
    return admitted if isinstance(admitted, InvalidRecord) else None


def _undecidable(viewer: Viewer, mine: Proposal, states: tuple[State, ...]) -> Refusal | None:
    if viewer.role not in _DECIDERS:
        return NeedsApprover()
    if viewer.account in mine.authors:
        return AuthorCannotApprove()
    return None if mine.state in states else NotNow(mine.state)


def _beneath(viewer: Viewer, floor: Floor) -> Refusal | None:
    if isinstance(floor, Broken):
        excused = viewer.role is Role.ADMIN and floor.reason and floor.reason.strip()
        return None if excused else BelowFloor()
    return NotReplayedYet() if floor is NOT_YET else None


def _set(tx: Tx, proposal: ProposalId, state: State, **values: object) -> None:
    this = proposals.c.id == proposal
    tx.connection.execute(proposals.update().where(this).values(state=state.value, **values))
