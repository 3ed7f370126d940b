"""What the clock brings, by name: who does it when, and how it went. Several processes share the work by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from store.db import Tx
from store.inserting import unless_there
from store.tables import chores, closings


@dataclass(frozen=True, slots=True)
class Chore:
    """How a chore went."""

    name: str
    begun_at: datetime
    done_at: datetime | None
    """When it last went well."""
    failed_at: datetime | None
    """When it last failed; None once it has gone well again."""


def claim(tx: Tx, name: str, every: timedelta, now: datetime) -> bool:
    """Whether the caller is to do it now: nobody has begun it for so long. Who dies over it is followed by the next.

    A clock that was set back is no reason to wait for the time it had shown.
    """
    mine = chores.c.name == name
    due = sa.or_(chores.c.begun_at <= now - every, chores.c.begun_at > now)
    taken = tx.connection.execute(chores.update().where(mine, due).values(begun_at=now))
    return taken.rowcount == 1 or unless_there(tx, chores, {"name": name, "begun_at": now}) is not None


def is_due(tx: Tx, name: str, every: timedelta, now: datetime) -> bool:
    """Whether it can be claimed: a look that writes nothing."""
    begun: datetime | None = tx.connection.scalar(sa.select(chores.c.begun_at).where(chores.c.name == name))
    return begun is None or begun <= now - every or begun > now


def done(tx: Tx, name: str, now: datetime) -> None:
    tx.connection.execute(chores.update().where(chores.c.name == name).values(done_at=now, failed_at=None))


def failed(tx: Tx, name: str, now: datetime) -> None:
    tx.connection.execute(chores.update().where(chores.c.name == name).values(failed_at=now))


def has_failed(tx: Tx, name: str) -> bool:
    """Whether it failed when it was last done to its end."""
    failed = sa.select(chores.c.failed_at).where(chores.c.name == name)
    return tx.connection.scalar(failed) is not None


def all_chores(tx: Tx) -> tuple[Chore, ...]:
    rows = tx.connection.execute(sa.select(chores).order_by(chores.c.name))
    return tuple(Chore(row.name, row.begun_at, row.done_at, row.failed_at) for row in rows)


def applied(tx: Tx, causes: Iterable[str]) -> frozenset[str]:
    """Those of the causes for which slots were closed before."""
    return frozenset(
        tx.connection.scalars(sa.select(closings.c.cause).where(closings.c.cause.in_(list(causes))))
    )


def apply_once(tx: Tx, cause: str, now: datetime) -> bool:
    """Notes that slots are closed for this cause; False where they were before."""
    return unless_there(tx, closings, {"cause": cause, "applied_at": now}) is not None
