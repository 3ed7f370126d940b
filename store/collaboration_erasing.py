"""Erasing a proposal: its key goes, and with it all its words in every copy of the database.

That there was one stays, for the figures; so does what city and group agreed upon and published.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from nlp.japan import today
from store import audit, collaboration_changes, collaboration_words, notices, particulars
from store.audit import Actor, Kind
from store.collaboration_stages import TAKEN_BACK_FROM, Stage
from store.collaboration_steps import StepDraft
from store.collaborations import CollaborationId
from store.db import Tx
from store.residents import ResidentId
from store.tables import collaboration_keys, collaborations


def erase(tx: Tx, which: CollaborationId, by: Actor, now: datetime) -> bool:
    """Deletes its words, whose it is and whom to reach, and takes back one that is not agreed upon; False where that
    was done before.

    Afterwards `Database.forget` clears SQLite's log of it, and the copy of the keys is to be written anew.
    """
    unerased = sa.and_(collaborations.c.id == which, collaborations.c.erased_at.is_(None))
    found = collaboration_changes.locked(tx, unerased)
    if found is None:
        return False
    if found.particulars is not None:
        particulars.erase(tx, found.particulars, by, now)
    notices.forget_collaboration(tx, which)
    if found.stage in TAKEN_BACK_FROM:
        over = StepDraft(Stage.WITHDRAWN, max(today(now), found.since))
        found = collaboration_changes.step(tx, found, over, None, now, None)
    collaboration_words.drop(tx, which)
    collaboration_changes.change(tx, found, resident_id=None, particulars_id=None, erased_at=now)
    audit.record(tx, by, "collaboration.erased", Kind.COLLABORATION, str(which), now)
    return True


def of_resident(tx: Tx, resident: ResidentId) -> tuple[CollaborationId, ...]:
    """The resident's, all of which can still be read."""
    return _ids(tx, sa.select(collaborations.c.id).where(collaborations.c.resident_id == resident))


def closed_before(tx: Tx, until: datetime, most: int) -> tuple[CollaborationId, ...]:
    """Those that were over before a moment and can still be read."""
    old = sa.and_(collaborations.c.closed_at < until, collaborations.c.erased_at.is_(None))
    return _ids(tx, sa.select(collaborations.c.id).where(old).limit(most))


def keyless(tx: Tx) -> tuple[CollaborationId, ...]:
    """Those that were erased after a backup was made which was brought back: nobody has their key."""
    keyed = sa.select(collaboration_keys.c.collaboration_id)
    lost = sa.and_(collaborations.c.erased_at.is_(None), collaborations.c.id.not_in(keyed))
    return _ids(tx, sa.select(collaborations.c.id).where(lost))


def _ids(tx: Tx, ids: sa.Select[Any]) -> tuple[CollaborationId, ...]:
    found = tx.connection.scalars(ids.order_by(collaborations.c.id))
    return tuple(CollaborationId(each) for each in found)
