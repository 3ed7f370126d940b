"""The audit: every change and every look at personal data, in a chain that shows where somebody tampered with it.

A row is written in the transaction of the act it tells of, and is chained just before the commit: its place in
the chain, and an HMAC-SHA-256 under the system key `audit` over the row before and all of its own columns. The head
is an HMAC over the last row, so that a tail that was cut off shows. Chaining comes last because it makes
transactions wait for each other; a lock taken in the middle of one could be waited for in a circle.
"""

import hashlib
import hmac
import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, assert_never

import sqlalchemy as sa

from store.db import Tx
from store.residents import ResidentId, system_key
from store.sight import AccountId
from store.tables import audit, audit_head

NOTHING: Final = bytes(32)
"""What the first row follows."""
_BROKEN: Final = b"broken".ljust(32)

log = logging.getLogger(__name__)


class Kind(StrEnum):
    """What was acted upon."""

    ACCOUNT = "account"
    SESSION = "session"
    SETTING = "setting"
    LINK = "link"
    RESIDENT = "resident"
    PARTICULARS = "particulars"
    BOOKING = "booking"
    SLOT = "slot"
    WAITING = "waiting"
    DRAW = "draw"
    NOTICE = "notice"
    TERMS = "terms"
    KNOWLEDGE = "knowledge"
    QUERY = "query"
    OUTBOX = "outbox"
    AUDIT = "audit"
    DATABASE = "database"


@dataclass(frozen=True, slots=True)
class ByAccount:
    """Somebody at the city, signed in."""

    account: AccountId


@dataclass(frozen=True, slots=True)
class ByResident:
    """A resident, in LINE or on a form of their own."""

    resident: ResidentId


class Unattended(StrEnum):
    """What acts without anybody signed in."""

    SERVICE = "service"
    """The clock, or the worker."""
    COMMAND = "command"
    """Somebody at the machine's own terminal."""


SERVICE: Final = Unattended.SERVICE
COMMAND: Final = Unattended.COMMAND
Actor = ByAccount | ByResident | Unattended


def record(tx: Tx, by: Actor, act: str, kind: Kind, subject: str, now: datetime, **detail: str) -> None:
    """Notes an act in the same transaction. Neither `subject` (an id) nor `detail` may hold personal data."""
    actor, actor_id = _columns_of(by)
    tx.connection.execute(
        audit.insert().values(
            at=now,
            actor=actor,
            actor_id=actor_id,
            act=act,
            kind=kind.value,
            subject=subject,
            detail=json.dumps(detail, ensure_ascii=False, sort_keys=True),
        )
    )
    tx.closing.add(_chain)


def _columns_of(by: Actor) -> tuple[str, int | None]:
    match by:
        case ByAccount(account):
            return "account", account
        case ByResident(resident):
            return "resident", resident
        case Unattended():
            return by.value, None
        case _:
            assert_never(by)


def begin(tx: Tx) -> None:
    """Makes the head of an empty chain; once, when the key is made, since a head that is missing later was taken."""
    key = system_key(tx, "audit").secret
    tx.connection.execute(audit_head.insert().values(one=1, last=0, chained=sealed_head(key, 0, NOTHING)))


def _chain(tx: Tx) -> None:
    """Gives this transaction's rows their places in the chain, behind those of all others."""
    key = system_key(tx, "audit").secret
    place, before = _end(tx, key)
    unchained = sa.select(audit).where(audit.c.place.is_(None)).order_by(audit.c.id)
    for row in tx.connection.execute(unchained).all():
        place += 1
        before = sealed(key, before, place, row)
        tx.connection.execute(audit.update().where(audit.c.id == row.id).values(place=place, chained=before))
    tx.connection.execute(audit_head.update().values(last=place, chained=sealed_head(key, place, before)))


def _end(tx: Tx, key: bytes) -> tuple[int, bytes]:
    """The last place, and what the next row is chained to; other transactions that chain wait from here on.

    Where the end was tampered with the chain goes on, but from a mark that `verify` never takes for a row.
    """
    head = tx.connection.execute(sa.select(audit_head).with_for_update()).first()
    newest = sa.select(audit.c.place, audit.c.chained).where(audit.c.place.is_not(None))
    row = tx.connection.execute(newest.order_by(audit.c.place.desc()).limit(1)).first()
    last, before = (row.place, row.chained) if row else (0, NOTHING)
    if head is not None and is_head(key, head, last, before):
        return last, before
    log.error("the end of the audit is not what it was: somebody changed it outside of this program")
    if head is None:
        begin(tx)
    return max(last, head.last if head else 0), _BROKEN


def is_head(key: bytes, head: sa.Row[tuple[int, int, bytes]], last: int, chained: bytes) -> bool:
    """Whether the head was made over this last row."""
    return hmac.compare_digest(head.chained, sealed_head(key, last, chained))


def sealed(key: bytes, before: bytes, place: int, row: sa.Row[tuple[object, ...]]) -> bytes:
    """What `chained` of a row has to be, after a row whose `chained` is `before`."""
    moment = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    columns = [place, row.id, moment, row.actor, row.actor_id, row.act, row.kind, row.subject, row.detail]
    return hmac.digest(key, before + json.dumps(columns).encode(), hashlib.sha256)


def sealed_head(key: bytes, last: int, chained: bytes) -> bytes:
    """What `chained` of the head has to be: not the last row's own, which whoever cuts the tail could copy."""
    return hmac.digest(key, f"head {last} ".encode() + chained, hashlib.sha256)
