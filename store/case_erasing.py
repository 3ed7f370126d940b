"""Erasing a case: its key goes, and with it all its words in every copy of the database.

That there was one stays, for the figures.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from store import audit, case_changes, case_words, particulars, photographs, staff_notices, voice_joining
from store.audit import Actor, Kind
from store.cases import CaseId, Ending, State
from store.db import Tx
from store.residents import ResidentId
from store.tables import (
    case_apart,
    case_keys,
    case_looks,
    cases,
    notices,
    published_voices,
    voice_preparations,
    voice_shares,
    voice_tagged,
)


def erase(tx: Tx, case: CaseId, by: Actor, now: datetime) -> bool:
    """Closes it, and deletes its words, whose it is and whom to telephone; False where that was done before.

    Afterwards `Database.forget` clears SQLite's log of it, and the copy of the keys is to be written anew.
    """
    found = case_changes.locked(tx, sa.and_(cases.c.id == case, cases.c.erased_at.is_(None)))
    if found is None:
        return False
    if found.particulars is not None:
        particulars.erase(tx, found.particulars, by, now)
    case_words.drop(tx, case)
    voice_joining.release(tx, case)
    photographs.drop_of_case(tx, case)
    staff_notices.drop(tx, case, now)
    tx.connection.execute(notices.delete().where(notices.c.case_id == case))
    for table in (case_looks, case_apart, voice_preparations, voice_tagged, voice_shares):
        tx.connection.execute(table.delete().where(table.c.case_id == case))
    of_this = published_voices.update().where(published_voices.c.case_id == case)
    tx.connection.execute(of_this.values(case_id=None))  # what everybody reads holds nothing of a person
    nobodys = {
        "subject": None,
        "resident_id": None,
        "ward": "",
        "entry_id": None,
        "unread": 0,
        "erased_at": now,
    }
    over = {} if found.state is State.CLOSED else case_changes.ended(Ending.WITHDRAWN, now)
    case_changes.change(tx, found, **nobodys, **over)
    audit.record(tx, by, "case.erased", Kind.CASE, str(case), now)
    return True


def of_resident(tx: Tx, resident: ResidentId) -> tuple[CaseId, ...]:
    """The resident's cases, all of which can still be read."""
    return _ids(tx, sa.select(cases.c.id).where(cases.c.resident_id == resident))


def closed_before(tx: Tx, until: datetime, most: int) -> tuple[CaseId, ...]:
    """Cases that were closed before a moment and can still be read."""
    old = sa.and_(cases.c.closed_at < until, cases.c.erased_at.is_(None))
    return _ids(tx, sa.select(cases.c.id).where(old).limit(most))


def keyless(tx: Tx) -> tuple[CaseId, ...]:
    """Cases that were erased after a backup was made which was brought back: nobody has their key."""
    keyed = sa.select(case_keys.c.case_id)
    lost = sa.and_(cases.c.erased_at.is_(None), cases.c.id.not_in(keyed))
    return _ids(tx, sa.select(cases.c.id).where(lost))


def _ids(tx: Tx, ids: sa.Select[Any]) -> tuple[CaseId, ...]:
    return tuple(CaseId(each) for each in tx.connection.scalars(ids.order_by(cases.c.id)))
