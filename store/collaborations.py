"""Proposals to work together with the city (協働の提案): the nouns, and who finds which.

What residents do stands in `store/collaboration_opening.py`, what moves a proposal on in `store/collaboration_acts.py`,
what is public in `store/collaboration_agreements.py` and `store/collaboration_evaluations.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NewType

import sqlalchemy as sa

from faq.counters import SectionId
from nlp.language import Language
from store import collaboration_words
from store.collaboration_stages import OVER, Stage
from store.collaboration_words import Words
from store.db import Tx
from store.particulars import ParticularsId
from store.receipts import Receipt
from store.residents import ResidentId
from store.sight import Viewer, is_of_theirs
from store.tables import collaboration_keys, collaboration_steps, collaborations, residents

CollaborationId = NewType("CollaborationId", int)


@dataclass(frozen=True, slots=True)
class Collaboration:
    """A proposal, as it stands."""

    id: CollaborationId
    receipt: Receipt
    section: SectionId
    words: Words
    """What is proposed, masked; empty once it is erased."""
    resident: ResidentId | None
    """None once the proposal or the resident is erased."""
    particulars: ParticularsId | None
    """The group, whom to reach and how, where that is not deleted yet."""
    may_be_named: bool
    """Whether the group agreed to be named in public."""
    submitted_at: datetime
    stage: Stage
    since: date
    """The day on which it came to that stage."""
    steps: int
    """How many it has taken; the last is that of `stage`."""
    decides: str
    """Who decides upon the next stage, as the city says it; empty where nobody said yet."""
    due_on: date | None
    """By when; None where nobody said yet."""
    closed_at: datetime | None
    erased_at: datetime | None
    version: int
    """Moves with each act of staff or the proposer; a form that saw another is out of date."""
    language: Language | None = None
    """In which the proposer is told of it."""

    @property
    def is_open(self) -> bool:
        return self.stage not in OVER

    def is_late(self, today: date) -> bool:
        """Whether the day by which the next stage was promised has passed."""
        return self.is_open and self.due_on is not None and self.due_on < today


LAST = sa.and_(
    collaboration_steps.c.collaboration_id == collaborations.c.id,
    collaboration_steps.c.number == collaborations.c.steps,
)
"""The step at which a row of `collaborations` stands."""
IS_OPEN = collaboration_steps.c.stage.not_in([stage.value for stage in OVER])


def kept_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """The proposals that the viewer may read and move on: their section's, all for an administrator."""
    return is_of_theirs(viewer, collaborations.c.section)


def seen(tx: Tx, viewer: Viewer, stages: Iterable[Stage]) -> tuple[Collaboration, ...]:
    """Those of the viewer's at these stages: the overdue first, then what waits longest."""
    step = collaboration_steps.c
    those = sa.and_(kept_by(viewer), step.stage.in_([stage.value for stage in stages]))
    order = (step.next_due_on.is_(None), step.next_due_on, step.on_day, collaborations.c.id)
    return _read(tx, those, order)


def find(tx: Tx, viewer: Viewer, which: CollaborationId) -> Collaboration | None:
    """A proposal that the viewer may read."""
    return _first(_read(tx, sa.and_(collaborations.c.id == which, kept_by(viewer))))


def of_resident(tx: Tx, resident: ResidentId) -> tuple[Collaboration, ...]:
    """All of the resident's, the newest first."""
    return _read(tx, collaborations.c.resident_id == resident, (collaborations.c.id.desc(),))


def open_of_resident(tx: Tx, resident: ResidentId) -> tuple[Collaboration, ...]:
    """Those that are not over, the newest first."""
    mine = sa.and_(collaborations.c.resident_id == resident, IS_OPEN)
    return _read(tx, mine, (collaborations.c.id.desc(),))


def own(tx: Tx, resident: ResidentId, which: CollaborationId) -> Collaboration | None:
    """A proposal, where it is the resident's."""
    return _first(_read(tx, sa.and_(collaborations.c.id == which, collaborations.c.resident_id == resident)))


def read(tx: Tx, which: CollaborationId) -> Collaboration:
    """A proposal that is there."""
    return _read(tx, collaborations.c.id == which)[0]


def _read(
    tx: Tx,
    which: sa.ColumnElement[bool],
    order: tuple[sa.ColumnElement[Any], ...] = (collaborations.c.id,),
) -> tuple[Collaboration, ...]:
    step = collaboration_steps.c
    query = (
        sa.select(
            collaborations,
            collaboration_keys.c.wrapped,
            step.stage,
            step.on_day,
            step.next_decides,
            step.next_due_on,
            residents.c.language,
        )
        .join(collaboration_steps, LAST)
        .join(collaboration_keys, collaboration_keys.c.collaboration_id == collaborations.c.id, isouter=True)
        .join(residents, residents.c.id == collaborations.c.resident_id, isouter=True)
        .where(which)
        .order_by(*order)
    )
    return tuple(_collaboration(tx, row) for row in tx.connection.execute(query))


def _collaboration(tx: Tx, row: sa.Row[Any]) -> Collaboration:
    return Collaboration(
        id=CollaborationId(row.id),
        receipt=Receipt(row.receipt),
        section=SectionId(row.section),
        words=collaboration_words.words_of(collaboration_words.unwrapped(tx, row.id, row.wrapped), row),
        resident=None if row.resident_id is None else ResidentId(row.resident_id),
        particulars=None if row.particulars_id is None else ParticularsId(row.particulars_id),
        may_be_named=row.may_be_named,
        submitted_at=row.submitted_at,
        stage=Stage(row.stage),
        since=row.on_day,
        steps=row.steps,
        decides=row.next_decides,
        due_on=row.next_due_on,
        closed_at=row.closed_at,
        erased_at=row.erased_at,
        version=row.version,
        language=Language(row.language) if row.language else None,
    )


def _first(found: tuple[Collaboration, ...]) -> Collaboration | None:
    return found[0] if found else None
