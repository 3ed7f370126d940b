"""What became of the knowledge: who changed which record when and why, and the way back, which is a new proposal."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from faq.changes import Sort
from faq.kinds import KINDS
from faq.record_cells import CellChange, Cells, differences
from store import changing
from store.audit import Unattended
from store.changing import Counted
from store.db import Tx
from store.editions import EditionId, RevisionId
from store.proposed import ProposalId
from store.sight import AccountId, Role, Viewer
from store.tables import accounts, editions, proposals, revisions


@dataclass(frozen=True, slots=True)
class Edition:
    """What was changed at once: by a proposal, or by a file at the machine's terminal."""

    id: EditionId
    at: datetime
    by: AccountId | Unattended
    """Who wrote it, or what: a file at the machine's terminal, or the service as a section ended."""
    by_shown: str
    """Empty where nobody signed in did."""
    approved_by_shown: str
    """Empty where nobody had to approve."""
    why: str
    proposal: ProposalId | None
    version: int
    """Of the knowledge, afterwards."""
    counts: tuple[Counted, ...] = ()
    """By kind; of a single revision's edition they are left out."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What became of one record."""

    id: RevisionId
    edition: Edition
    kind: str
    key: str
    sort: Sort
    before: Cells | None
    after: Cells | None

    @property
    def differences(self) -> tuple[CellChange, ...]:
        """The cells that became others."""
        return differences(KINDS[self.kind], self.before, self.after)


def is_for(viewer: Viewer) -> bool:
    """Staff of every section see the whole history: what it tells of is what the city tells everybody."""
    return viewer.role is not Role.OPERATOR


def recent(
    tx: Tx,
    viewer: Viewer,
    most: int,
    since: datetime | None = None,
    kind: str | None = None,
    before: EditionId | None = None,
) -> tuple[Edition, ...]:
    """At most so many editions, the newest first; with `before`, those before that one. An import is one, counted."""
    query = _editions(viewer)
    if since is not None:
        query = query.where(editions.c.at >= since)
    if kind is not None:
        query = query.where(
            editions.c.id.in_(sa.select(revisions.c.edition_id).where(revisions.c.kind == kind))
        )
    if before is not None:
        query = query.where(editions.c.id < before)
    rows = tx.connection.execute(query.order_by(editions.c.id.desc()).limit(most)).all()
    counts = changing.counted(tx, revisions.c.edition_id, [row.edition_id for row in rows])
    return tuple(_edition(row, counts[row.edition_id]) for row in rows)


def of_edition(
    tx: Tx, viewer: Viewer, edition: EditionId, most: int | None = None, after: RevisionId | None = None
) -> tuple[Revision, ...]:
    """Its records, or at most so many of them, in their order; with `after`, those after that one."""
    query = _revisions(viewer).where(revisions.c.edition_id == edition)
    if after is not None:
        query = query.where(revisions.c.id > after)
    return _found(tx, query.order_by(revisions.c.id).limit(most))


def of_record(tx: Tx, viewer: Viewer, kind: str, key: str, most: int = 100) -> tuple[Revision, ...]:
    """What became of a record, the newest first."""
    mine = _revisions(viewer).where(revisions.c.kind == kind, revisions.c.key == key)
    return _found(tx, mine.order_by(revisions.c.id.desc()).limit(most))


def find(tx: Tx, viewer: Viewer, revision: RevisionId) -> Revision | None:
    """A revision by its number."""
    return next(iter(_found(tx, _revisions(viewer).where(revisions.c.id == revision))), None)


_WRITER, _APPROVER = accounts.alias("writer"), accounts.alias("approver")


def _joined(source: sa.FromClause) -> sa.FromClause:
    return (
        source.outerjoin(_WRITER, _WRITER.c.id == editions.c.by_id)
        .outerjoin(proposals, proposals.c.id == editions.c.proposal_id)
        .outerjoin(_APPROVER, _APPROVER.c.id == proposals.c.decided_by_id)
    )


_OF_EDITION = (
    editions.c.id.label("edition_id"),
    editions.c.at,
    editions.c.by_id,
    editions.c.unattended,
    editions.c.why,
    editions.c.proposal_id,
    editions.c.version,
    _WRITER.c.shown.label("by_shown"),
    _APPROVER.c.shown.label("approved_by_shown"),
)


def _editions(viewer: Viewer) -> sa.Select[tuple[object, ...]]:
    mine = sa.true() if is_for(viewer) else sa.false()
    return sa.select(*_OF_EDITION).select_from(_joined(editions)).where(mine)


def _revisions(viewer: Viewer) -> sa.Select[tuple[object, ...]]:
    mine = sa.true() if is_for(viewer) else sa.false()
    columns = (each for each in revisions.c if each.name != "edition_id")
    source = _joined(revisions.join(editions, editions.c.id == revisions.c.edition_id))
    return sa.select(*columns, *_OF_EDITION).select_from(source).where(mine)


def _found(tx: Tx, query: sa.Select[tuple[object, ...]]) -> tuple[Revision, ...]:
    return tuple(
        Revision(
            id=RevisionId(row.id),
            edition=_edition(row),
            kind=row.kind,
            key=row.key,
            sort=Sort(row.sort),
            before=row.before,
            after=row.after,
        )
        for row in tx.connection.execute(query)
    )


def _edition(row: sa.Row[tuple[object, ...]], counts: tuple[Counted, ...] = ()) -> Edition:
    return Edition(
        id=EditionId(row.edition_id),
        at=row.at,
        by=Unattended(row.unattended) if row.by_id is None else AccountId(row.by_id),
        by_shown=row.by_shown or "",
        approved_by_shown=row.approved_by_shown or "",
        why=row.why,
        proposal=None if row.proposal_id is None else ProposalId(row.proposal_id),
        version=row.version,
        counts=counts,
    )
