"""Conversations: what the bot and a resident were talking about, so that "1" or "なし" has a meaning."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from store import inserting, residents
from store.db import Tx
from store.keyring import Key
from store.residents import ResidentId
from store.tables import conversations

LIFE = timedelta(hours=1)
"""After this long, nobody remembers what "2" meant."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """An open topic and what is known so far. The handler that opened the topic reads the slots."""

    topic: str = ""
    slots: Mapping[str, str] = field(default_factory=dict)


IDLE = Conversation()


def current(tx: Tx, resident: ResidentId, now: datetime) -> Conversation:
    """The open conversation; idle where there is none, or it was left long ago."""
    row = _row(tx, resident)
    return IDLE if row is None else read(residents.key_of(tx, resident), row, now)


def read(key: Key, row: sa.Row[Any], now: datetime) -> Conversation:
    """A row with `topic`, `slots` and `updated_at`; idle where it was left long ago."""
    return IDLE if now - row.updated_at > LIFE else _opened(key, row)


def kept(tx: Tx, resident: ResidentId) -> Conversation | None:
    """What is kept of one, also where it was left long ago."""
    row = _row(tx, resident)
    return None if row is None else _opened(residents.key_of(tx, resident), row)


def _row(tx: Tx, resident: ResidentId) -> sa.Row[Any] | None:
    return tx.connection.execute(_OF, {"resident": resident}).first()


_OF = sa.select(conversations).where(conversations.c.resident_id == sa.bindparam("resident"))


def _opened(key: Key, row: sa.Row[Any]) -> Conversation:
    return Conversation(row.topic, json.loads(key.open(row.slots, "slots")))


def keep(tx: Tx, resident: ResidentId, conversation: Conversation, now: datetime) -> None:
    """Remembers the conversation in place of the one before."""
    if conversation == IDLE:
        tx.connection.execute(_FORGET, {"resident": resident})
        return
    values = {
        "resident_id": resident,
        "topic": conversation.topic,
        "slots": sealed(residents.key_of(tx, resident), conversation),
        "updated_at": now,
    }
    inserting.or_replace(tx, conversations, values)


def sealed(key: Key, conversation: Conversation) -> bytes:
    """Its slots, as the table has them."""
    slots = json.dumps(dict(conversation.slots), ensure_ascii=False)
    return key.seal(slots.encode("utf-8", "surrogatepass"), "slots")


_FORGET = conversations.delete().where(conversations.c.resident_id == sa.bindparam("resident"))
