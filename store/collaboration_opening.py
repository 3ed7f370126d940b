"""A proposal to work together with the city is handed in, and taken back by who made it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from faq.counters import SectionId
from nlp.japan import today
from store import (
    audit,
    collaboration_changes,
    collaboration_drafts,
    collaboration_steps,
    collaboration_words,
    collaborations,
    notices,
    receipts,
    residents,
)
from store.audit import ByResident, Kind
from store.collaboration_refusals import NotThere, TooMany
from store.collaboration_stages import TAKEN_BACK_FROM, Stage
from store.collaboration_steps import StepDraft
from store.collaboration_words import Words
from store.collaborations import Collaboration, CollaborationId
from store.db import Tx
from store.inserting import unless_there
from store.particulars import ParticularsId
from store.residents import ResidentId
from store.tables import collaborations as table

MOST: Final = 5
"""Proposals of one resident that may stand at a time."""


@dataclass(frozen=True, slots=True)
class CollaborationDraft:
    """A proposal as it is handed in."""

    once: str
    """Made for each form: what is sent twice is one proposal. Up to 64 letters."""
    section: SectionId
    words: Words
    """Masked."""
    may_be_named: bool


def submit(tx: Tx, resident: ResidentId, draft: CollaborationDraft, now: datetime) -> Collaboration | TooMany:
    """Hands it in; sent again it is the one that is there. The resident is told at once, with its receipt."""
    residents.lock(tx, resident)
    there = _same(tx, resident, draft.once)
    if there is None and len(collaborations.open_of_resident(tx, resident)) >= MOST:
        return TooMany(MOST)
    while there is None:
        made = unless_there(tx, table, _columns(draft, resident, now))
        if made is not None:
            return _made(tx, CollaborationId(made), draft, resident, now)
        there = _same(tx, resident, draft.once)  # None: another has the same receipt by chance
    return collaborations.read(tx, there)


def of_form(tx: Tx, resident: ResidentId, once: str) -> Collaboration | None:
    """The proposal that came of a form; None where none did, or it is erased."""
    there = _same(tx, resident, once)
    return None if there is None else collaborations.read(tx, there)


def reach_by(tx: Tx, found: Collaboration, kept: ParticularsId) -> Collaboration:
    """Notes which particulars belong to it."""
    tx.connection.execute(table.update().where(table.c.id == found.id).values(particulars_id=kept))
    return collaborations.read(tx, found.id)


def withdraw(tx: Tx, resident: ResidentId, which: CollaborationId, now: datetime) -> Collaboration | NotThere:
    """The proposer takes it back, as long as nothing is agreed upon; they need not be told of it."""
    found = collaboration_changes.of_resident(tx, resident, which)
    if found is None or found.stage not in TAKEN_BACK_FROM:
        return NotThere()
    notices.drop_collaboration(tx, which)
    audit.record(tx, ByResident(resident), "collaboration.withdrawn", Kind.COLLABORATION, str(which), now)
    draft = StepDraft(Stage.WITHDRAWN, max(today(now), found.since))
    return collaboration_changes.step(tx, found, draft, None, now, None)


def _made(
    tx: Tx, made: CollaborationId, draft: CollaborationDraft, resident: ResidentId, now: datetime
) -> Collaboration:
    key = collaboration_words.make_key(tx, made)
    sealed = collaboration_words.columns(key, made, draft.words)
    tx.connection.execute(table.update().where(table.c.id == made).values(sealed))
    first = collaboration_steps.add(tx, made, 1, StepDraft(Stage.SUBMITTED, today(now)), None, now)
    notices.put_collaboration(tx, resident, first, now, at_once=True)
    collaboration_drafts.drop(tx, resident)
    by = ByResident(resident)
    audit.record(tx, by, "collaboration.submitted", Kind.COLLABORATION, str(made), now, section=draft.section)
    return collaborations.read(tx, made)


def _same(tx: Tx, resident: ResidentId, once: str) -> CollaborationId | None:
    mine = sa.and_(table.c.resident_id == resident, table.c.once == once)
    found = tx.connection.scalar(sa.select(table.c.id).where(mine))
    return None if found is None else CollaborationId(found)


def _columns(draft: CollaborationDraft, resident: ResidentId, now: datetime) -> dict[str, object]:
    return {
        "receipt": receipts.new(),
        "once": draft.once,
        "resident_id": resident,
        "section": draft.section,
        "may_be_named": draft.may_be_named,
        "submitted_at": now,
        "steps": 1,
        "kept_from": today(now),
        "version": 1,
    }
