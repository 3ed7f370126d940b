"""Who looks at a case just now: colleagues whose page said so within the last half minute."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from store import cases
from store.cases import CaseId
from store.db import Tx
from store.sight import Viewer
from store.tables import accounts, case_looks

FRESH: Final = timedelta(seconds=30)
"""So long after their page last said so somebody counts as looking."""
KEPT: Final = timedelta(hours=1)


def look(tx: Tx, viewer: Viewer, case: CaseId, now: datetime) -> None:
    """Notes that the viewer has the case before them, where it is one that they keep."""
    if not cases.is_kept_by(tx, viewer, case):
        return
    insert = postgresql.insert if tx.connection.dialect.name == "postgresql" else sqlite.insert
    seen = insert(case_looks).values(case_id=case, account_id=viewer.account, at=now)
    tx.connection.execute(
        seen.on_conflict_do_update(index_elements=["case_id", "account_id"], set_={"at": now})
    )


def others(tx: Tx, viewer: Viewer, case: CaseId, now: datetime) -> tuple[str, ...]:
    """The names of those who look at it besides the viewer; none where it is not theirs to read."""
    if not cases.is_kept_by(tx, viewer, case):
        return ()
    here = sa.and_(
        case_looks.c.case_id == case,
        case_looks.c.account_id != viewer.account,
        case_looks.c.at > now - FRESH,
    )
    query = sa.select(accounts.c.shown).join(case_looks, case_looks.c.account_id == accounts.c.id)
    return tuple(tx.connection.scalars(query.where(here).order_by(accounts.c.shown, accounts.c.id)))


def is_due(tx: Tx, now: datetime) -> bool:
    """Whether there are looks that are long over."""
    return tx.connection.scalar(sa.select(case_looks.c.at).where(_over(now)).limit(1)) is not None


def forget(tx: Tx, now: datetime) -> int:
    """Deletes looks that are long over; how many."""
    return tx.connection.execute(case_looks.delete().where(_over(now))).rowcount


def _over(now: datetime) -> sa.ColumnElement[bool]:
    return case_looks.c.at < now - KEPT
