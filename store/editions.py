"""What was changed at once in the knowledge, by whom and why: an edition, and a revision for each of its records.

Every way in writes them, but for the filling of an empty store and the simulator's trial data.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NewType

import sqlalchemy as sa

from faq.changes import Change, RecordName
from store import changing, knowledge
from store.audit import Unattended
from store.db import Tx
from store.objections import Conflict
from store.sight import AccountId
from store.tables import accounts, editions, revisions

EditionId = NewType("EditionId", int)
RevisionId = NewType("RevisionId", int)


def note(
    tx: Tx,
    changes: Sequence[Change],
    by: AccountId | Unattended,
    why: str,
    proposal: int | None,
    now: datetime,
) -> EditionId:
    """Notes changes that are made in this transaction."""
    made = tx.connection.execute(
        editions.insert()
        .values(at=now, **_columns(by), why=why, proposal_id=proposal, version=knowledge.version(tx))
        .returning(editions.c.id)
    ).scalar_one()
    rows = [{"edition_id": made, **changing.row_of(each)} for each in changes]
    tx.connection.execute(revisions.insert(), rows)
    return EditionId(made)


def _columns(by: AccountId | Unattended) -> dict[str, object]:
    if isinstance(by, Unattended):
        return {"unattended": by.value}
    return {"by_id": by}


def conflict(tx: Tx, what: RecordName) -> Conflict:
    """That somebody changed a record, and who it was last."""
    query = (
        sa.select(editions.c.by_id, editions.c.at, accounts.c.shown)
        .join(revisions, revisions.c.edition_id == editions.c.id)
        .outerjoin(accounts, accounts.c.id == editions.c.by_id)
        .where(revisions.c.kind == what.kind, revisions.c.key == what.key)
        .order_by(revisions.c.id.desc())
        .limit(1)
    )
    row = tx.connection.execute(query).first()
    if row is None:
        return Conflict(what, None, "", None)
    by = None if row.by_id is None else AccountId(row.by_id)
    return Conflict(what, by, row.shown or "", row.at)
