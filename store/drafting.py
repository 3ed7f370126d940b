"""Writing a proposal, and writing at it again: whoever saw something older is told, and nothing is overwritten."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from faq.changes import Change, by_kind, effective
from store import audit, changing, editions, keeping, knowledge, proposed, unmatched
from store import records as stored_records
from store.audit import ByAccount, Kind
from store.db import Tx
from store.inserting import unless_there
from store.objections import Conflict, NothingChanges, NotNow, NotYours, Refusal, State, TooManyChanges
from store.proposed import Proposal, ProposalId, seen_by
from store.sight import Role, Viewer
from store.tables import proposal_authors, proposals
from store.unmatched import ClusterId

REVISABLE = (State.DRAFT, State.SUBMITTED, State.RETURNED)
"""States in which what is proposed can be changed; it is a draft afterwards, and is to be submitted anew."""


MOST_CHANGES: Final = 2_000
"""Of one proposal. To check and publish so many holds the write lock for some seconds."""


def draft(
    tx: Tx, viewer: Viewer, changes: Iterable[Change], why: str, cluster: ClusterId | None, now: datetime
) -> Proposal | Refusal:
    """A new proposal of the viewer's, seen by their section; `cluster`: the unanswered questions that it answers."""
    if viewer.role is Role.OPERATOR or (cluster and unmatched.find(tx, viewer, cluster) is None):
        return NotYours()
    wanted = effective(changes)
    if refused := _refusal(tx, wanted):
        return refused
    made = tx.connection.execute(
        proposals.insert()
        .values(
            version=1,
            state=State.DRAFT.value,
            why=why.strip(),
            section=viewer.section,
            cluster_id=cluster,
            by_id=viewer.account,
            created_at=now,
            changed_by_id=viewer.account,
            changed_at=now,
        )
        .returning(proposals.c.id)
    ).scalar_one()
    return _written(tx, viewer, ProposalId(made), wanted, "drafted", now)


def of_file(tx: Tx, kind: str, records: Sequence[Any], *, replace_all: bool) -> tuple[Change, ...]:
    """All that a file of one kind would change, to be drafted; `replace_all` removes what is not in it."""
    return keeping.difference(tx, knowledge.kept_of(kind), records, replace_all=replace_all)


def revise(
    tx: Tx,
    viewer: Viewer,
    proposal: ProposalId,
    version: int,
    changes: Iterable[Change],
    why: str,
    now: datetime,
) -> Proposal | Refusal:
    """Puts these changes in the place of those of the version that the viewer saw, who is an author from now on.

    Each `before` has to be what the store has now: who keeps an older one is told who changed the record.
    """
    mine = opened(tx, viewer, proposal, version)
    if not isinstance(mine, Proposal):
        return mine
    if mine.state not in REVISABLE:
        return NotNow(mine.state)
    wanted = effective(changes)
    if refused := _refusal(tx, wanted):
        return refused
    tx.connection.execute(
        proposals.update()
        .where(proposals.c.id == proposal)
        .values(
            version=mine.version + 1,
            state=State.DRAFT.value,
            why=why.strip(),
            changed_by_id=viewer.account,
            changed_at=now,
            **UNDECIDED,
        )
    )
    return _written(tx, viewer, proposal, wanted, "revised", now)


UNDECIDED = dict.fromkeys(
    ("submitted_at", "decided_by_id", "decided_at", "publish_at", "override", "reason", "obstacle")
)


def opened(tx: Tx, viewer: Viewer, proposal: ProposalId, version: int) -> Proposal | NotYours | Conflict:
    """The proposal, which nobody else changes until this transaction ends, where it is still the version they saw."""
    theirs = sa.and_(proposals.c.id == proposal, seen_by(viewer))
    if tx.connection.scalar(sa.select(proposals.c.id).where(theirs).with_for_update()) is None:
        return NotYours()
    found = proposed.one(tx, proposal)
    if found.version == version:
        return found
    return Conflict(None, found.changed_by, found.changed_by_shown, found.changed_at)


def conflict(tx: Tx, changes: Sequence[Change]) -> Conflict | None:
    """The first record that is another now than the author saw."""
    for kind, some in by_kind(changes).items():
        stored = stored_records.named(tx, kind, [each.key for each in some])
        for each in some:
            if stored.get(each.key) != each.before:
                return editions.conflict(tx, each.what)
    return None


def _refusal(tx: Tx, changes: Sequence[Change]) -> Refusal | None:
    if len(changes) > MOST_CHANGES:
        return TooManyChanges(len(changes), MOST_CHANGES)
    return conflict(tx, changes) if changes else NothingChanges()


def _written(
    tx: Tx, viewer: Viewer, proposal: ProposalId, changes: Sequence[Change], act: str, now: datetime
) -> Proposal:
    changing.write(tx, proposal, changes)
    unless_there(tx, proposal_authors, {"proposal_id": proposal, "account_id": viewer.account})
    return noted(tx, viewer, proposal, tuple(changes), act, now, records=str(len(changes)))


def noted(
    tx: Tx,
    viewer: Viewer,
    proposal: ProposalId,
    changes: tuple[Change, ...],
    act: str,
    now: datetime,
    **detail: str,
) -> Proposal:
    """The proposal with these changes as it stands now, and the act in the audit."""
    audit.record(tx, ByAccount(viewer.account), act, Kind.PROPOSAL, str(proposal), now, **detail)
    return proposed.one(tx, proposal, changes)
