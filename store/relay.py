"""The relay: webhook bodies for the other system behind the same account, kept until it has taken them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from store import work
from store.db import Tx
from store.residents import system_key
from store.tables import relay

GIVE_UP = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class RelayItem:
    """A body to forward byte for byte, with LINE's signature."""

    id: int
    body: bytes
    signature: str
    received_at: datetime
    attempts: int


def keep(tx: Tx, body: bytes, signature: str, now: datetime) -> None:
    """Queues a body; one that is queued already is not queued twice."""
    values = {
        "fingerprint": hashlib.sha256(body).digest(),
        "body": system_key(tx, "inbox").seal(body, "relay"),
        "signature": signature,
        "received_at": now,
        "state": "waiting",
        "not_before": now,
    }
    insert = postgresql.insert if tx.connection.dialect.name == "postgresql" else sqlite.insert
    tx.connection.execute(insert(relay).values(values).on_conflict_do_nothing())


def claim(tx: Tx, worker: str, now: datetime) -> RelayItem | None:
    candidates = sa.select(relay.c.id).where(work.is_ripe(relay, now)).order_by(relay.c.id).limit(4)
    taken = work.claim(tx, relay, candidates, worker, now)
    if taken is None:
        return None
    row = tx.connection.execute(sa.select(relay).where(relay.c.id == taken.id)).one()
    body = system_key(tx, "inbox").open(row.body, "relay")
    return RelayItem(row.id, body, row.signature, row.received_at, row.attempts)


def taken(tx: Tx, item: RelayItem, now: datetime) -> None:
    """The other system has it."""
    work.finish(tx, relay, item.id, "sent", now)


def failed(tx: Tx, item: RelayItem, now: datetime) -> None:
    """To be tried again; after a day it is given up."""
    if now - item.received_at > GIVE_UP:
        work.finish(tx, relay, item.id, "dead", now)
    else:
        work.release(tx, relay, item.id, now + work.backoff(item.attempts))


def counts(tx: Tx) -> dict[str, int]:
    """How many bodies are in each state."""
    return work.counts(tx, relay)


def free_all(tx: Tx) -> None:
    """Ends the leases that a killed process left; only where no other process works."""
    work.free_all(tx, relay)
