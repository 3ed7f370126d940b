"""What came of working together: what both sides say of a fiscal year, written during it and published together."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from faq.periods import Period
from store import audit, collaboration_agreements, collaboration_changes
from store.audit import ByAccount, Kind
from store.collaboration_agreements import Agreement, agreement_of
from store.collaboration_refusals import No, Refused
from store.collaboration_stages import Stage
from store.collaborations import LAST, Collaboration, CollaborationId, kept_by, read
from store.db import Tx
from store.sight import AccountId, Viewer
from store.tables import collaboration_agreements as agreements
from store.tables import collaboration_evaluations as table
from store.tables import collaboration_steps, collaborations

RUNNING = (Stage.AGREED, Stage.CARRIED_OUT)
"""Stages at which a year can be evaluated."""


@dataclass(frozen=True, slots=True)
class EvaluationDraft:
    """What is written; it may be half written until it is published."""

    reached: str
    """What was reached, in facts."""
    by_city: str
    by_partner: str

    @property
    def is_whole(self) -> bool:
        return bool(self.reached and self.by_city and self.by_partner)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Of one fiscal year."""

    collaboration: CollaborationId
    year: int
    """That in which it begins."""
    what: EvaluationDraft
    written_by: AccountId
    written_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class OfYear:
    """What was agreed upon for a year, and what is said of it so far."""

    collaboration: Collaboration
    agreement: Agreement
    evaluation: Evaluation | None


def period_of(year: int) -> Period:
    """The days of a fiscal year, known by that in which it begins."""
    return Period.year_of(date(year, 12, 31))


def years_of(agreement: Agreement) -> tuple[int, ...]:
    """The fiscal years that it touches."""
    first, last = (Period.year_of(day).first.year for day in (agreement.begins, agreement.ends))
    return tuple(range(first, last + 1))


def of_collaboration(tx: Tx, which: CollaborationId) -> tuple[Evaluation, ...]:
    """All of it, the oldest year first."""
    mine = sa.select(table).where(table.c.collaboration_id == which).order_by(table.c.year)
    return tuple(_evaluation(row) for row in tx.connection.execute(mine))


def write(
    tx: Tx,
    viewer: Viewer,
    which: CollaborationId,
    version: int,
    year: int,
    draft: EvaluationDraft,
    now: datetime,
) -> Collaboration | Refused:
    """Writes what is said of a year, until that is published."""
    found = collaboration_changes.kept(tx, viewer, which, version)
    if not isinstance(found, Collaboration):
        return found
    agreement = collaboration_agreements.of_collaboration(tx, which)
    if found.stage not in RUNNING or agreement is None or year not in years_of(agreement):
        return No.NOT_NOW
    mine = sa.and_(table.c.collaboration_id == which, table.c.year == year)
    if tx.connection.scalar(sa.select(table.c.published_at).where(mine)) is not None:
        return No.PUBLISHED
    tx.connection.execute(table.delete().where(mine))
    values = {
        "collaboration_id": which,
        "year": year,
        "reached": draft.reached,
        "by_city": draft.by_city,
        "by_partner": draft.by_partner,
        "written_by": viewer.account,
        "written_at": now,
    }
    tx.connection.execute(table.insert().values(values))
    by = ByAccount(viewer.account)
    audit.record(tx, by, "collaboration.evaluated", Kind.COLLABORATION, str(which), now, year=str(year))
    return collaboration_changes.change(tx, found)


def of_year(tx: Tx, viewer: Viewer, year: int) -> tuple[OfYear, ...]:
    """What the viewer keeps of all that was agreed upon for a year."""
    period = period_of(year)
    stages = [stage.value for stage in (*RUNNING, Stage.EVALUATED)]
    rows = tx.connection.execute(
        sa.select(collaborations.c.id)
        .join(collaboration_steps, LAST)
        .join(agreements, agreements.c.collaboration_id == collaborations.c.id)
        .where(kept_by(viewer), collaboration_steps.c.stage.in_(stages))
        .where(agreements.c.begins <= period.last, agreements.c.ends >= period.first)
        .order_by(agreements.c.begins, collaborations.c.id)
    )
    return tuple(_of_year(tx, CollaborationId(row.id), year) for row in rows)


def _of_year(tx: Tx, which: CollaborationId, year: int) -> OfYear:
    agreement = tx.connection.execute(
        sa.select(agreements).where(agreements.c.collaboration_id == which)
    ).one()
    said = next((each for each in of_collaboration(tx, which) if each.year == year), None)
    return OfYear(read(tx, which), agreement_of(agreement), said)


def _evaluation(row: sa.Row[tuple[object, ...]]) -> Evaluation:
    return Evaluation(
        CollaborationId(row.collaboration_id),
        row.year,
        EvaluationDraft(row.reached, row.by_city, row.by_partner),
        AccountId(row.written_by),
        row.written_at,
        row.published_at,
    )
