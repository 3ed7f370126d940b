"""What city and proposer agreed upon: what, who does which part, for how long. It is written to be public."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from store import audit, collaboration_changes
from store.audit import ByAccount, Kind
from store.collaboration_refusals import No, Refused
from store.collaboration_stages import Stage
from store.collaborations import Collaboration, CollaborationId
from store.db import Tx
from store.sight import Viewer
from store.tables import collaboration_agreements as table


@dataclass(frozen=True, slots=True)
class Agreement:
    """As it is published."""

    title: str
    summary: str
    partner: str
    """The group's name; empty where it did not agree to be named."""
    citys_part: str
    partners_part: str
    begins: date
    ends: date
    """The last day; not before `begins`."""


def of_collaboration(tx: Tx, which: CollaborationId) -> Agreement | None:
    """What is written of it so far."""
    row = tx.connection.execute(sa.select(table).where(table.c.collaboration_id == which)).first()
    return None if row is None else agreement_of(row)


def write(
    tx: Tx,
    viewer: Viewer,
    which: CollaborationId,
    version: int,
    agreement: Agreement,
    now: datetime,
) -> Collaboration | Refused:
    """Writes it once the city has decided, and until it is agreed upon."""
    found = collaboration_changes.kept(tx, viewer, which, version)
    if not isinstance(found, Collaboration):
        return found
    if found.stage is not Stage.DECIDED:
        return No.NOT_NOW
    if agreement.partner and not found.may_be_named:
        return No.NOT_TO_BE_NAMED
    tx.connection.execute(table.delete().where(table.c.collaboration_id == which))
    values = {
        "collaboration_id": which,
        "title": agreement.title,
        "summary": agreement.summary,
        "partner": agreement.partner,
        "citys_part": agreement.citys_part,
        "partners_part": agreement.partners_part,
        "begins": agreement.begins,
        "ends": agreement.ends,
        "written_by": viewer.account,
        "written_at": now,
    }
    tx.connection.execute(table.insert().values(values))
    by = ByAccount(viewer.account)
    audit.record(tx, by, "collaboration.agreement", Kind.COLLABORATION, str(which), now)
    return collaboration_changes.change(tx, found)


def agreement_of(row: sa.Row[tuple[object, ...]]) -> Agreement:
    """What a row of `collaboration_agreements` says."""
    return Agreement(
        row.title,
        row.summary,
        row.partner,
        row.citys_part,
        row.partners_part,
        row.begins,
        row.ends,
    )
