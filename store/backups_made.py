"""The backups that were taken of this database, and how the last try went: for `doctor`, metrics and the clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from store.db import Tx
from store.tables import backups

_KEPT: Final = 500
"""Rows: some days of them."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written whole and looked at."""

    begun_at: datetime
    """What it holds was committed before."""
    done_at: datetime
    file: str
    rows: int
    bytes: int

    @property
    def seconds(self) -> float:
        """How long it took."""
        return (self.done_at - self.begun_at) / timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Missed:
    """A backup that could not be made."""

    at: datetime
    file: str
    problem: str
    """In English, for the log and `doctor`."""


def record(tx: Tx, made: Made | Missed) -> None:
    """Notes how it went; the oldest notes go, but never the last of one that went well."""
    inserted = tx.connection.execute(backups.insert().values(_row(made)))
    (key,) = inserted.inserted_primary_key or (0,)
    well = sa.select(sa.func.max(backups.c.id)).where(backups.c.problem.is_(None)).scalar_subquery()
    gone = (backups.c.id <= key - _KEPT, backups.c.id != sa.func.coalesce(well, key))
    tx.connection.execute(backups.delete().where(*gone))


def _row(made: Made | Missed) -> dict[str, object]:
    if isinstance(made, Missed):
        return {"begun_at": made.at, "done_at": made.at, "file": made.file, "problem": made.problem}
    counted = {"rows": made.rows, "bytes": made.bytes}
    return {"begun_at": made.begun_at, "done_at": made.done_at, "file": made.file, **counted}


def newest(tx: Tx) -> Made | None:
    """The last backup that went well; None where there is none."""
    row = tx.connection.execute(_last().where(backups.c.problem.is_(None))).one_or_none()
    return row and Made(row.begun_at, row.done_at, row.file, row.rows, row.bytes)


def trouble(tx: Tx) -> Missed | None:
    """How the last try failed; None where it went well, or there was none."""
    row = tx.connection.execute(_last()).one_or_none()
    if row is None or row.problem is None:
        return None
    return Missed(row.done_at, row.file, row.problem)


def _last() -> sa.Select[tuple[object, ...]]:
    return sa.select(backups).order_by(backups.c.id.desc()).limit(1)
