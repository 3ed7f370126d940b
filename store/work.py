"""Rows of work: claimed by one worker at a time, tried again later, never half-done after a kill."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from store.db import Tx
from store.tables.work import waits

LEASE = timedelta(seconds=30)
"""How long a claimed row is left alone before another worker may take it: longer than a send may take."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A row this worker may work on until the lease ends."""

    id: int
    attempts: int
    """How often it was tried before."""


def is_ripe(table: sa.Table, now: datetime) -> sa.ColumnElement[bool]:
    """Rows that wait, whose time has come, and on which nobody works."""
    free = sa.or_(table.c.leased_until.is_(None), table.c.leased_until < now)
    return sa.and_(table.c.state == "waiting", table.c.not_before <= now, free)


def claim(
    tx: Tx,
    table: sa.Table,
    candidates: sa.Select[int],
    worker: str,
    now: datetime,
    lease: timedelta = LEASE,
) -> Claim | None:
    """Takes the first candidate that nobody else took meanwhile."""
    if tx.connection.dialect.name == "postgresql":
        candidates = candidates.with_for_update(skip_locked=True, of=table)
    for row_id in tx.connection.scalars(candidates).all():
        taken = tx.connection.execute(
            table.update()
            .where(table.c.id == row_id, is_ripe(table, now))
            .values(leased_until=now + lease, leased_by=worker)
            .returning(table.c.attempts)
        ).scalar_one_or_none()
        if taken is not None:
            return Claim(row_id, taken)
    return None


def free_all(tx: Tx, table: sa.Table) -> None:
    """Ends every lease: for the start of the only process that works (SQLite), after a kill."""
    held = table.c.leased_by.is_not(None)
    tx.connection.execute(table.update().where(held).values(leased_until=None, leased_by=None))


def holds(tx: Tx, table: sa.Table, row_id: int, worker: str) -> bool:
    """Whether this worker still holds the row; locks it until the transaction ends."""
    return tx.connection.scalar(_held(table), {"row": row_id, "worker": worker}) is not None


@cache
def _held(table: sa.Table) -> sa.Select[int]:
    mine = sa.and_(
        table.c.id == sa.bindparam("row"), waits(table), table.c.leased_by == sa.bindparam("worker")
    )
    return sa.select(table.c.id).where(mine).with_for_update()


def release(tx: Tx, table: sa.Table, row_id: int, not_before: datetime, tried: bool = True) -> None:
    """Puts the row back, to be tried at `not_before`."""
    tx.connection.execute(
        table.update()
        .where(table.c.id == row_id)
        .values(
            not_before=not_before,
            attempts=table.c.attempts + (1 if tried else 0),
            **_unleased(table),
        )
    )


def finish(
    tx: Tx,
    table: sa.Table,
    row_id: int,
    state: str,
    now: datetime,
    *,
    forget: bool = True,
    **noted: str | int | None,
) -> None:
    """Ends the work on a row, and forgets its body, unless that is still needed; `noted` goes into columns of these
    names.
    """
    ended = _finish(table, forget, *noted)
    tx.connection.execute(ended, {"row": row_id, "end": state, "now": now, **noted})


def finish_held(table: sa.Table, *noted: str) -> sa.Update:
    """The statement of `finish` and `holds` in one: with `row`, `worker`, `end` (the state), `now`, and `noted`."""
    return _finish(table, True, *noted).where(waits(table), table.c.leased_by == sa.bindparam("worker"))


@cache
def _finish(table: sa.Table, forget: bool, *noted: str) -> sa.Update:
    ends: dict[str, Any] = {"state": sa.bindparam("end"), "done_at": sa.bindparam("now"), **_unleased(table)}
    if forget:
        ends["body"] = None
    ends |= {name: sa.bindparam(name) for name in noted}
    return table.update().where(table.c.id == sa.bindparam("row")).values(ends)


def _unleased(table: sa.Table) -> dict[str, None]:
    """The end of a lease, where a table has any: the inbox is worked on within one transaction."""
    return {name: None for name in ("leased_until", "leased_by") if name in table.c}


def counts(tx: Tx, table: sa.Table) -> dict[str, int]:
    """How many rows are in each state."""
    rows = tx.connection.execute(sa.select(table.c.state, sa.func.count()).group_by(table.c.state))
    return {row[0]: row[1] for row in rows}


def backoff(attempts: int) -> timedelta:
    """How long to wait after that many failed tries: 1 s, 2 s, 4 s ... up to 15 minutes."""
    return timedelta(seconds=min(2**attempts, 900))
