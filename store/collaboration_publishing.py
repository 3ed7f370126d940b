"""The evaluations of a fiscal year become public together, by somebody who wrote none of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from nlp.japan import today
from store import audit, collaboration_changes, collaboration_evaluations
from store.audit import ByAccount, Kind
from store.collaboration_acts import UNDO
from store.collaboration_agreements import Agreement, agreement_of
from store.collaboration_evaluations import Evaluation, OfYear, of_collaboration, period_of
from store.collaboration_refusals import Missing, No, NotOver, Yours
from store.collaboration_stages import Stage
from store.collaboration_steps import StepDraft
from store.collaborations import LAST, CollaborationId
from store.db import Tx
from store.receipts import Receipt
from store.sight import Role, Viewer
from store.tables import collaboration_agreements as agreements
from store.tables import collaboration_evaluations as table
from store.tables import collaboration_steps, collaborations, notices


@dataclass(frozen=True, slots=True)
class Public:
    """One that everybody may read of."""

    id: CollaborationId
    section: str
    stage: Stage
    agreement: Agreement
    evaluations: tuple[Evaluation, ...]
    """Those that are published, the oldest year first."""


def publish(
    tx: Tx, viewer: Viewer, year: int, now: datetime
) -> tuple[OfYear, ...] | No | NotOver | Yours | Missing:
    """Publishes what is written of a year and not public yet, all of it or nothing, from the year's last day on.

    What was carried out has then been evaluated, and its proposer is told.
    """
    if viewer.role not in (Role.APPROVER, Role.ADMIN):
        return No.NEEDS_APPROVER
    if today(now) < period_of(year).last:
        return NotOver(period_of(year).last)
    waiting = tuple(each for each in collaboration_evaluations.of_year(tx, viewer, year) if _waits(each))
    if not waiting:
        return No.NOTHING
    if mine := _receipts(each for each in waiting if _wrote(viewer, each)):
        return Yours(mine)
    if halves := _receipts(each for each in waiting if each.evaluation and not each.evaluation.what.is_whole):
        return Missing(halves)
    for each in waiting:
        _publish(tx, viewer, each, year, now)
    return waiting


def public(tx: Tx, now: datetime) -> tuple[Public, ...]:
    """All that is public: what was agreed upon, once its proposer was told so; the newest first."""
    agreed = collaboration_steps.alias("agreed")
    planned = sa.and_(notices.c.collaboration_step_id == agreed.c.id, notices.c.state == "planned")
    told = (
        sa.exists()
        .where(agreed.c.collaboration_id == collaborations.c.id, agreed.c.stage == Stage.AGREED.value)
        .where(agreed.c.at <= now - UNDO, ~sa.exists().where(planned))
    )
    rows = tx.connection.execute(
        sa.select(agreements, collaborations.c.id, collaborations.c.section, collaboration_steps.c.stage)
        .join(agreements, agreements.c.collaboration_id == collaborations.c.id)
        .join(collaboration_steps, LAST)
        .where(told)
        .order_by(agreements.c.begins.desc(), collaborations.c.id.desc())
    )
    return tuple(_public(tx, row) for row in rows)


def _public(tx: Tx, row: sa.Row[tuple[object, ...]]) -> Public:
    which = CollaborationId(row.id)
    said = tuple(each for each in of_collaboration(tx, which) if each.published_at is not None)
    return Public(which, row.section, Stage(row.stage), agreement_of(row), said)


def _publish(tx: Tx, viewer: Viewer, of: OfYear, year: int, now: datetime) -> None:
    found = of.collaboration
    this = sa.and_(table.c.collaboration_id == found.id, table.c.year == year)
    tx.connection.execute(table.update().where(this).values(published_by=viewer.account, published_at=now))
    by = ByAccount(viewer.account)
    audit.record(tx, by, "collaboration.published", Kind.COLLABORATION, str(found.id), now, year=str(year))
    locked = collaboration_changes.locked(tx, collaborations.c.id == found.id)
    if locked is not None and locked.stage is Stage.CARRIED_OUT:
        draft = StepDraft(Stage.EVALUATED, today(now))
        collaboration_changes.step(tx, locked, draft, viewer.account, now, now)


def _waits(each: OfYear) -> bool:
    return each.evaluation is not None and each.evaluation.published_at is None


def _wrote(viewer: Viewer, each: OfYear) -> bool:
    return each.evaluation is not None and each.evaluation.written_by == viewer.account


def _receipts(some: Iterable[OfYear]) -> tuple[Receipt, ...]:
    return tuple(each.collaboration.receipt for each in some)
