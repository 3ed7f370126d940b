"""A change of a case: read under a lock, judged, and written, so that of two who act at once the second sees the first.

On PostgreSQL the row is locked, and who waited for it reads what the other has written; on SQLite there is one writer.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from store.case_refusals import AlreadyClosed, CannotBeTold, Changed, NotThere, TakenBy
from store.cases import Case, CaseId, State, kept_by, read
from store.db import Tx
from store.residents import ResidentId
from store.sight import Viewer
from store.tables import cases, residents


def locked(tx: Tx, which: sa.ColumnElement[bool]) -> Case | None:
    """The case, which nobody else changes until the transaction is over."""
    found = tx.connection.scalar(sa.select(cases.c.id).where(which).with_for_update())
    return None if found is None else read(tx, CaseId(found))


def of_resident(tx: Tx, resident: ResidentId, case: CaseId) -> Case | None:
    """A case of the resident's, likewise."""
    return locked(tx, sa.and_(cases.c.id == case, cases.c.resident_id == resident))


def kept_or_closed(tx: Tx, viewer: Viewer, case: CaseId) -> Case | None:
    """A case that the viewer keeps, however it stands; none once it is erased, since no word of it could be kept."""
    readable = cases.c.erased_at.is_(None)
    return locked(tx, sa.and_(cases.c.id == case, readable, kept_by(viewer)))


def kept(
    tx: Tx, viewer: Viewer, case: CaseId, version: int | None = None
) -> Case | NotThere | AlreadyClosed | Changed:
    """A case that the viewer keeps and that is not closed; `version`: the one that they saw."""
    return _as_seen(kept_or_closed(tx, viewer, case), version)


def free(
    tx: Tx, viewer: Viewer, case: CaseId, version: int | None = None
) -> Case | NotThere | AlreadyClosed | TakenBy | Changed:
    """The same, that no colleague looks after."""
    found = kept_or_closed(tx, viewer, case)
    if found is not None and found.is_open and found.taken_by not in (None, viewer.account):
        return TakenBy(found.taken_by_shown)
    return _as_seen(found, version)


def _as_seen(found: Case | None, version: int | None) -> Case | NotThere | AlreadyClosed | Changed:
    if found is None:
        return NotThere()
    if found.closed_at is not None:
        return AlreadyClosed(found.closed_at)
    return Changed() if version not in (None, found.version) else found


def untold(tx: Tx, case: Case) -> CannotBeTold | None:
    """Whether nothing reaches the resident in LINE."""
    follows = None
    if case.resident is not None:
        follows = tx.connection.scalar(sa.select(residents.c.follows).where(residents.c.id == case.resident))
    return None if follows else CannotBeTold()


def change(tx: Tx, case: Case, **values: Any) -> Case:
    """Writes what a case is from now on; answers to what it was are out of date."""
    return touch(tx, case, version=case.version + 1, **values)


def touch(tx: Tx, case: Case, **values: Any) -> Case:
    """Writes something upon which no answer depends."""
    tx.connection.execute(cases.update().where(cases.c.id == case.id).values(values))
    return read(tx, case.id)


def left_alone(**values: Any) -> dict[str, Any]:
    """The columns of a case that nobody looks after."""
    return {"state": State.NEW.value, "taken_by": None, "taken_at": None, "acted_at": None, **values}


def ended(ending: str, now: datetime) -> dict[str, Any]:
    """The columns of a case that is closed."""
    return {"state": State.CLOSED.value, "ending": ending, "closed_at": now}
