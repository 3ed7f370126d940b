"""The chain of the audit: shows where a row was changed, deleted, put in or moved, and where the end was cut off.

A row's place in the chain, and an HMAC-SHA-256 under the system key `audit` over the row before and all of its own
columns, are written just before the commit: chaining makes transactions wait for each other, and a lock taken in the
middle of one could be waited for in a circle. The head seals where the chain begins and ends. Whoever can write to the
database but has not `FIELD_KEYS` can make none of these; only with an older copy of everything can they go back to it.
"""

import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa

from store.db import Tx
from store.residents import system_key
from store.tables import audit, audit_head

_NOTHING: Final = bytes(32)
"""What the first row of all follows."""
_BROKEN: Final = b"broken".ljust(32)
_AT_ONCE: Final = 1000
Progress = Callable[[int, int], None]
"""Is told how many of how many are done."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Intact:
    """Nothing was changed outside of the program."""

    rows: int
    """How many were looked at."""


@dataclass(frozen=True, slots=True)
class BrokenAt:
    """From here on the chain does not hold: this row, or one before or behind it, is not what was written."""

    place: int


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the chain begins and ends."""

    first: int
    """The place of the oldest row that is kept."""
    before_first: bytes
    """What it follows."""
    last: int
    """The place of the newest row; one less than `first` where there is none."""

    def sealed(self, key: bytes, chained: bytes) -> bytes:
        """Over the last row's `chained` too; not that alone, which whoever cuts the end off could copy."""
        text = f"head {self.first} {self.before_first.hex()} {self.last} {chained.hex()}"
        return hmac.digest(key, text.encode(), hashlib.sha256)


_EMPTY: Final = _Head(1, _NOTHING, 0)


def begin(tx: Tx) -> None:
    """Makes the head of an empty chain: once, with the key. A head that is missing later was taken away."""
    _write_head(tx, system_key(tx, "audit").secret, _EMPTY, _NOTHING)


def close(tx: Tx) -> None:
    """Gives the rows of this transaction their places in the chain, behind those of all others."""
    key = system_key(tx, "audit").secret
    head, before = _end(tx, key)
    place = head.last
    unchained = sa.select(audit).where(audit.c.place.is_(None)).order_by(audit.c.id)
    for row in tx.connection.execute(unchained).all():
        place += 1
        before = _sealed(key, before, place, row)
        tx.connection.execute(audit.update().where(audit.c.id == row.id).values(place=place, chained=before))
    _write_head(tx, key, _Head(head.first, head.before_first, place), before)


def _end(tx: Tx, key: bytes) -> tuple[_Head, bytes]:
    """The head, and what the next row is chained to. Other transactions that chain wait from here on.

    Where the end was tampered with the chain goes on, but from a mark that `verify` never takes for a row.
    """
    found = _read_head(tx, lock=True)
    newest = tx.connection.execute(
        sa.select(audit.c.place, audit.c.chained)
        .where(audit.c.place.is_not(None))
        .order_by(audit.c.place.desc())
        .limit(1)
    ).first()
    if found is not None:
        head, chained = found
        last, before = (
            (newest.place, newest.chained or b"") if newest else (head.first - 1, head.before_first)
        )
        if last == head.last and hmac.compare_digest(chained, head.sealed(key, before)):
            return head, before
    log.error("the end of the audit is not what it was: somebody changed it outside of the program")
    head = found[0] if found else _EMPTY
    return _Head(head.first, head.before_first, max(head.last, newest.place if newest else 0)), _BROKEN


def _read_head(tx: Tx, *, lock: bool = False) -> tuple[_Head, bytes] | None:
    query = sa.select(audit_head)
    row = tx.connection.execute(query.with_for_update() if lock else query).first()
    return None if row is None else (_Head(row.first, row.before_first, row.last), row.chained)


def _write_head(tx: Tx, key: bytes, head: _Head, chained: bytes) -> None:
    values = {
        "first": head.first,
        "before_first": head.before_first,
        "last": head.last,
        "chained": head.sealed(key, chained),
    }
    if not tx.connection.execute(audit_head.update().values(values)).rowcount:
        tx.connection.execute(audit_head.insert().values(one=1, **values))


def _sealed(key: bytes, before: bytes, place: int, row: sa.Row[Any]) -> bytes:
    """What `chained` of a row has to be, after a row whose `chained` is `before`."""
    moment = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    columns = [place, row.id, moment, row.actor, row.actor_id, row.act, row.kind, row.subject, row.detail]
    return hmac.digest(key, before + json.dumps(columns).encode(), hashlib.sha256)


def verify(tx: Tx, newest: int | None = None, progress: Progress | None = None) -> Intact | BrokenAt:
    """Looks at the whole chain, or at the `newest` rows alone, in a transaction that has recorded nothing itself."""
    key = system_key(tx, "audit").secret
    found = _read_head(tx)
    if found is None:
        return BrokenAt(1)
    head, chained = found
    start = head.first if newest is None else max(head.first, head.last - newest + 1)
    total = head.last - start + 1
    walked = _walk(tx, key, start, _before(tx, head, start), lambda seen: progress and progress(seen, total))
    if isinstance(walked, BrokenAt):
        return walked
    place, before = walked
    whole = place == head.last and hmac.compare_digest(chained, head.sealed(key, before))
    return Intact(total) if whole and not _strays(tx, head) else BrokenAt(place + 1)


def last(tx: Tx) -> str:
    """The number of the newest row and the beginning of the head's seal: who keeps them elsewhere sees later
    whether an older copy of everything was brought back."""
    found = _read_head(tx)
    return "" if found is None else f"{found[0].last} {found[1].hex()[:16]}"


def _walk(
    tx: Tx, key: bytes, start: int, before: bytes, seen: Callable[[int], object]
) -> tuple[int, bytes] | BrokenAt:
    """The last place that there is, and its row's `chained`."""
    place = start - 1
    query = sa.select(audit).where(audit.c.place >= start).order_by(audit.c.place)
    with tx.connection.execute(query.execution_options(yield_per=_AT_ONCE)) as rows:
        for row in rows:
            place += 1
            before = _sealed(key, before, place, row)
            if row.place != place or not hmac.compare_digest(row.chained or b"", before):
                return BrokenAt(place)
            if (place - start + 1) % _AT_ONCE == 0:
                seen(place - start + 1)
    seen(place - start + 1)
    return place, before


def _before(tx: Tx, head: _Head, place: int) -> bytes:
    """What the row at that place follows."""
    if place == head.first:
        return head.before_first
    found: bytes | None = tx.connection.scalar(sa.select(audit.c.chained).where(audit.c.place == place - 1))
    return found or _BROKEN


def _strays(tx: Tx, head: _Head) -> bool:
    """Whether there are rows that are in no place of the chain."""
    stray = sa.or_(audit.c.place.is_(None), audit.c.place < head.first)
    return tx.connection.scalar(sa.select(audit.c.id).where(stray).limit(1)) is not None


def prune(tx: Tx, until: datetime, most: int) -> int:
    """Deletes the oldest rows, those of before that moment, and moves the beginning of the chain behind them.

    How many went: none where the chain does not hold from its beginning to there, since that is what it is kept for.
    """
    key = system_key(tx, "audit").secret
    head, end = _end(tx, key)
    if end == _BROKEN:
        return 0
    oldest = sa.select(audit).where(audit.c.place.is_not(None)).order_by(audit.c.place).limit(most)
    place, before = head.first - 1, head.before_first
    for row in tx.connection.execute(oldest).all():
        if row.at >= until:
            break
        sealed = _sealed(key, before, place + 1, row)
        if row.place != place + 1 or not hmac.compare_digest(row.chained or b"", sealed):
            return 0
        place, before = place + 1, sealed
    tx.connection.execute(audit.delete().where(audit.c.place <= place))
    _write_head(tx, key, _Head(place + 1, before, head.last), end)
    return place + 1 - head.first
