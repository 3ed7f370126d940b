"""How the service is: what waits and since when, what was given up, when the worker was last at work.

Looked at often and by every process, so each figure comes from an index of the few rows that count.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store import backups_made, cases, chores, displaced, knowledge, line_plan
from store.chores import Chore
from store.db import Tx
from store.line_plan import Plan
from store.tables import cases as cases_table
from store.tables import inbox, outbox, relay, tellings


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows of work of a kind."""

    name: str
    waiting: int
    oldest: datetime | None
    """Since when the one that has waited longest waits."""
    lost: int
    """Given up for good, and not forgotten yet."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """What was found."""

    knowledge: int
    """The version that is published; 0: there is none."""
    queues: tuple[Queue, ...]
    chores: tuple[Chore, ...]
    cases_waiting: int
    cases_late: int
    """Of these, those whose promise is broken."""
    displaced: int
    """People whose booking a disaster took away, who do not know, and whose time is still to come."""
    backed_up_at: datetime | None
    """As of when the newest backup is; None: there is none."""
    plan: Plan | None
    """What LINE last said of the month's messages."""

    @property
    def worker_seen(self) -> datetime | None:
        """When a worker last began something; None: never."""
        return max((each.begun_at for each in self.chores), default=None)


def look(tx: Tx, now: datetime) -> Vitals:
    backup = backups_made.newest(tx)
    waits = cases_table.c.state.in_([state.value for state in cases.WAITING])
    return Vitals(
        knowledge=knowledge.version(tx),
        queues=(
            _queue(tx, "inbox", inbox, inbox.c.received_at, "failed"),
            _queue(tx, "outbox", outbox, outbox.c.created_at, "dead"),
            _queue(tx, "staff", tellings, tellings.c.made_at, "dead"),
            _queue(tx, "relay", relay, relay.c.received_at, "dead"),
        ),
        chores=chores.all_chores(tx),
        cases_waiting=_count(tx, waits),
        cases_late=_count(tx, sa.and_(waits, cases_table.c.promised_at < now)),
        displaced=displaced.untold(tx, now),
        backed_up_at=backup.begun_at if backup else None,
        plan=line_plan.read(tx),
    )


def _queue(tx: Tx, name: str, table: sa.Table, since: sa.Column[datetime], lost: str) -> Queue:
    waits = sa.select(sa.func.count(), sa.func.min(since)).where(
        table.c.state == sa.literal_column("'waiting'")
    )
    waiting, oldest = tx.connection.execute(waits).one()
    gone = _count(tx, table.c.state == sa.literal_column(f"'{lost}'"))
    return Queue(name, waiting, oldest, gone)


def _count(tx: Tx, which: sa.ColumnElement[bool]) -> int:
    return tx.connection.scalar(sa.select(sa.func.count()).where(which)) or 0
