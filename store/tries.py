"""Tries: how often somebody tried to prove who they are, counted before anything is checked.

What was tried is kept as a keyed hash. Tries that succeed count as well: whoever knows that an account's owner signs
in each morning gains no guesses by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from store.db import Tx
from store.residents import system_key
from store.set_back import SKEW
from store.tables import tries

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many tries are allowed of one thing in any 15 minutes."""

    of: str
    most: int


@dataclass(frozen=True, slots=True)
class Wait:
    """There were too many; none is checked before then."""

    until: datetime


def wait(tx: Tx, limits: Sequence[Limit], now: datetime) -> Wait | None:
    """Whether one has to wait; writes nothing, so that a flood costs no writing."""
    found = [_wait(tx, _digest(tx, limit), limit.most, now) for limit in limits]
    return max((each for each in found if each is not None), key=lambda each: each.until, default=None)


def take(tx: Tx, limits: Sequence[Limit], now: datetime) -> Wait | None:
    """Counts a try against all limits, or none where one has to wait.

    To be committed before the try is checked. Tries at one moment are counted one after the other: on SQLite there
    is one writer, on PostgreSQL each limit is locked until the transaction ends.
    """
    digests = sorted(_digest(tx, limit) for limit in limits)
    if tx.connection.dialect.name == "postgresql":
        for digest in digests:
            number = int.from_bytes(digest[:8], "big", signed=True)
            tx.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))
    tx.connection.execute(tries.delete().where(tries.c.of.in_(digests), _over(now)))
    found = wait(tx, limits, now)
    if found is None:
        tx.connection.execute(tries.insert(), [{"of": digest, "tried_at": now} for digest in digests])
    return found


def is_any_over(tx: Tx, now: datetime) -> bool:
    """Whether there are tries that count no more: a look that writes nothing."""
    return tx.connection.scalar(sa.select(tries.c.of).where(_over(now)).limit(1)) is not None


def forget(tx: Tx, now: datetime) -> None:
    """Deletes tries that count no more."""
    tx.connection.execute(tries.delete().where(_over(now)))


def _over(now: datetime) -> sa.ColumnElement[bool]:
    """Also what was tried by a clock that was set back since: it would count till it shows that time again."""
    return sa.or_(tries.c.tried_at <= now - WINDOW, tries.c.tried_at > now + SKEW)


def _wait(tx: Tx, digest: bytes, most: int, now: datetime) -> Wait | None:
    """The try that is `most` tries back has to be 15 minutes ago."""
    oldest = tx.connection.scalar(
        sa.select(tries.c.tried_at)
        .where(tries.c.of == digest, ~_over(now))
        .order_by(tries.c.tried_at.desc())
        .offset(most - 1)
        .limit(1)
    )
    return None if oldest is None else Wait(oldest + WINDOW)


def _digest(tx: Tx, limit: Limit) -> bytes:
    return system_key(tx, "accounts").digest(f"try {limit.of}")
