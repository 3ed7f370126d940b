"""A change of a proposal: read under a lock, judged, and written, so that of two who act at once the second sees the
first.

On PostgreSQL the row is locked, and who waited for it reads what the other has written; on SQLite there is one writer.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from store import collaboration_steps, notices, particulars
from store.collaboration_refusals import No, NotThere
from store.collaboration_stages import OVER
from store.collaboration_steps import StepDraft
from store.collaborations import Collaboration, CollaborationId, kept_by, read
from store.db import Tx
from store.residents import ResidentId
from store.sight import AccountId, Viewer
from store.tables import collaborations as table


def locked(tx: Tx, which: sa.ColumnElement[bool]) -> Collaboration | None:
    """The proposal, which nobody else changes until the transaction is over."""
    found = tx.connection.scalar(sa.select(table.c.id).where(which).with_for_update())
    return None if found is None else read(tx, CollaborationId(found))


def of_resident(tx: Tx, resident: ResidentId, which: CollaborationId) -> Collaboration | None:
    """A proposal of the resident's, likewise."""
    return locked(tx, sa.and_(table.c.id == which, table.c.resident_id == resident))


def kept(tx: Tx, viewer: Viewer, which: CollaborationId, version: int) -> Collaboration | NotThere | No:
    """A proposal that the viewer keeps, as they saw it."""
    found = locked(tx, sa.and_(table.c.id == which, kept_by(viewer)))
    if found is None:
        return NotThere()
    return found if found.version == version else No.CHANGED


def change(tx: Tx, found: Collaboration, **values: Any) -> Collaboration:
    """Writes what it is from now on; forms that saw what it was are out of date."""
    mine = table.c.id == found.id
    tx.connection.execute(table.update().where(mine).values(version=found.version + 1, **values))
    return read(tx, found.id)


def step(
    tx: Tx,
    found: Collaboration,
    draft: StepDraft,
    by: AccountId | None,
    now: datetime,
    tell_at: datetime | None,
) -> Collaboration:
    """Takes a step and, from `tell_at` on, tells the proposer, where somebody can be told."""
    number = found.steps + 1
    made = collaboration_steps.add(tx, found.id, number, draft, by, now)
    if found.resident is not None and tell_at is not None:
        notices.put_collaboration(tx, found.resident, made, tell_at)
    closed_at = now if draft.stage in OVER else None
    return change(tx, found, steps=number, closed_at=closed_at)


def keep_from(tx: Tx, found: Collaboration, day: date) -> None:
    """What tells whom to reach is kept for as long as its rule says from this day on."""
    mine = table.c.id == found.id
    before = tx.connection.execute(sa.select(table.c.kept_from).where(mine)).scalar_one()
    if found.particulars is not None and day != before:
        particulars.move_with(tx, found.particulars, day - before)
    tx.connection.execute(table.update().where(mine).values(kept_from=day))
