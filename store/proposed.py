"""What is proposed: a proposal as it stands with its changes, and who may see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType, assert_never

import sqlalchemy as sa

from faq.changes import Change
from faq.counters import SectionId
from store import changing, obstacles
from store.db import Tx
from store.objections import Conflict, InvalidRecord, State
from store.sight import AccountId, Role, Viewer
from store.tables import accounts, proposal_authors, proposal_changes, proposals
from store.unmatched import ClusterId

ProposalId = NewType("ProposalId", int)


Returned = str | Conflict | InvalidRecord
"""Why a proposal came back: in an approver's words, or what was in the way when it was to be published."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Changes that are published together, or not at all."""

    id: ProposalId
    version: int
    """Moves with each change of what is proposed, from 1 on."""
    changes: tuple[Change, ...]
    why: str
    state: State
    section: SectionId | None
    """Whose it is: the section of who began it."""
    by: AccountId
    by_shown: str
    """Their name, for colleagues."""
    authors: frozenset[AccountId]
    """All who have written at it."""
    created_at: datetime
    changed_by: AccountId
    changed_by_shown: str
    changed_at: datetime
    """When what is proposed was last changed."""
    submitted_at: datetime | None
    decided_by: AccountId | None
    decided_by_shown: str
    """Empty where nobody has decided."""
    decided_at: datetime | None
    publish_at: datetime | None
    published_at: datetime | None
    cluster: ClusterId | None
    """The unanswered questions that it answers."""
    override: str | None
    """Why an administrator let it pass below the floor."""
    returned: Returned | None


def seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """All for approvers and administrators; for staff those of their section, and in which they wrote."""
    match viewer.role:
        case Role.APPROVER | Role.ADMIN:
            return sa.true()
        case Role.STAFF:
            wrote = sa.select(proposal_authors.c.proposal_id).where(
                proposal_authors.c.account_id == viewer.account
            )
            theirs = proposals.c.section.is_not_distinct_from(viewer.section)
            return sa.or_(theirs, proposals.c.id.in_(wrote))
        case Role.OPERATOR:
            return sa.false()
        case _:
            assert_never(viewer.role)


def find(tx: Tx, viewer: Viewer, proposal: ProposalId) -> Proposal | None:
    """The proposal, where it is theirs to see."""
    return _first(tx, proposals.c.id == proposal, seen_by(viewer))


def one(tx: Tx, proposal: ProposalId, changes: tuple[Change, ...] | None = None) -> Proposal:
    """A proposal that is known to be there; its changes need not be read again where they are known."""
    row = tx.connection.execute(_select().where(proposals.c.id == proposal)).one()
    return _proposal(tx, row, changes)


def open_of(tx: Tx, viewer: Viewer, kind: str, key: str) -> tuple[Proposal, ...]:
    """Those not yet published that change a record, so that two people do not write at the same; oldest first."""
    mine = sa.select(proposal_changes.c.proposal_id).where(
        proposal_changes.c.kind == kind, proposal_changes.c.key == key
    )
    over = (State.PUBLISHED.value, State.WITHDRAWN.value)
    wanted = _select().where(proposals.c.id.in_(mine), proposals.c.state.not_in(over), seen_by(viewer))
    return tuple(_proposal(tx, row) for row in tx.connection.execute(wanted.order_by(proposals.c.id)))


def _first(tx: Tx, *which: sa.ColumnElement[bool]) -> Proposal | None:
    row = tx.connection.execute(_select().where(*which)).first()
    return None if row is None else _proposal(tx, row)


_BY, _CHANGED_BY, _DECIDED_BY = (accounts.alias(name) for name in ("by", "changed_by", "decided_by"))


def _select() -> sa.Select[tuple[object, ...]]:
    return (
        sa.select(
            proposals,
            _BY.c.shown.label("by_shown"),
            _CHANGED_BY.c.shown.label("changed_by_shown"),
            _DECIDED_BY.c.shown.label("decided_by_shown"),
        )
        .join(_BY, _BY.c.id == proposals.c.by_id)
        .join(_CHANGED_BY, _CHANGED_BY.c.id == proposals.c.changed_by_id)
        .outerjoin(_DECIDED_BY, _DECIDED_BY.c.id == proposals.c.decided_by_id)
    )


def _proposal(tx: Tx, row: sa.Row[tuple[object, ...]], changes: tuple[Change, ...] | None = None) -> Proposal:
    authors = sa.select(proposal_authors.c.account_id).where(proposal_authors.c.proposal_id == row.id)
    return Proposal(
        id=ProposalId(row.id),
        version=row.version,
        changes=tuple(changing.of(tx, row.id)) if changes is None else changes,
        why=row.why,
        state=State(row.state),
        section=None if row.section is None else SectionId(row.section),
        by=AccountId(row.by_id),
        by_shown=row.by_shown,
        authors=frozenset(map(AccountId, tx.connection.scalars(authors))),
        created_at=row.created_at,
        changed_by=AccountId(row.changed_by_id),
        changed_by_shown=row.changed_by_shown,
        changed_at=row.changed_at,
        submitted_at=row.submitted_at,
        decided_by=None if row.decided_by_id is None else AccountId(row.decided_by_id),
        decided_by_shown=row.decided_by_shown or "",
        decided_at=row.decided_at,
        publish_at=row.publish_at,
        published_at=row.published_at,
        cluster=None if row.cluster_id is None else ClusterId(row.cluster_id),
        override=row.override,
        returned=row.reason if row.obstacle is None else obstacles.read(row.obstacle),
    )
