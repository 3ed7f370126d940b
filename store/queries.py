"""Queries: what was asked and what came of it. The words are masked before they come here, and sealed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

import sqlalchemy as sa

from faq.models import EntryId
from store import residents
from store.db import Tx
from store.keyring import Key
from store.residents import ResidentId, system_key
from store.tables import queries, resident_keys

QueryId = NewType("QueryId", int)

DESK: Final = "desk"
"""The service's own key for the words of callers, who are no residents with keys of their own."""
UNANSWERED: Final = "none"
"""The outcome of a question that nobody could answer."""
_AT_ONCE: Final = 1000


class Verdict(StrEnum):
    """What the resident said of the answer."""

    HELPED = "helped"
    DID_NOT_HELP = "did not help"
    NONE_OF_THESE = "none"


@dataclass(frozen=True, slots=True)
class Query:
    """A question and its outcome."""

    text: str
    handler: str
    outcome: str
    entry: EntryId | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was kept."""

    id: QueryId
    text: str
    entry: EntryId | None


def record(
    tx: Tx, resident: ResidentId, query: Query, now: datetime, *, channel: str, message_ids: Sequence[str]
) -> QueryId:
    """Keeps a question, which may be made of several messages; its text is sealed under the resident's key."""
    ids = "".join(f" {message} " for message in message_ids)
    return _insert(tx, residents.key_of(tx, resident), resident, query, now, channel, ids)


def record_of_nobody(tx: Tx, query: Query, now: datetime, *, channel: str) -> QueryId:
    """Keeps a question of a caller whom the service does not know; its text is sealed under the desk's key."""
    return _insert(tx, system_key(tx, DESK), None, query, now, channel, "")


_INSERT = queries.insert()


def _insert(
    tx: Tx, key: Key, resident: ResidentId | None, query: Query, now: datetime, channel: str, message_ids: str
) -> QueryId:
    values = {
        "resident_id": resident,
        "message_ids": message_ids,
        "channel": channel,
        "asked_at": now,
        "text": key.seal_text(query.text, "query"),
        "handler": query.handler,
        "outcome": query.outcome,
        "entry_id": query.entry,
        "score": query.score,
    }
    made = tx.connection.execute(_INSERT, values)
    assert made.inserted_primary_key is not None
    return QueryId(made.inserted_primary_key[0])


def take_back(tx: Tx, query: QueryId) -> None:
    """Deletes a question of nobody's that was kept by a slip of the hand."""
    slip = sa.and_(queries.c.id == query, queries.c.resident_id.is_(None))
    tx.connection.execute(queries.delete().where(slip))


def words(tx: Tx, ids: Collection[QueryId]) -> dict[QueryId, str]:
    """The words of questions, masked as they were kept, by whomever they were asked; those without any are left out.

    Who shows them to somebody writes it into the audit.
    """
    some = sa.select(queries.c.id, queries.c.resident_id, queries.c.text, resident_keys.c.wrapped)
    some = some.outerjoin(resident_keys, resident_keys.c.resident_id == queries.c.resident_id)
    some = some.where(queries.c.text.is_not(None))
    desk = system_key(tx, DESK)
    found: dict[QueryId, str] = {}
    wanted = sorted(ids)
    for first in range(0, len(wanted), _AT_ONCE):
        part = wanted[first : first + _AT_ONCE]
        for row in tx.connection.execute(some.where(queries.c.id.in_(part))):
            key = desk if row.wrapped is None else residents.unwrapped(tx, row.resident_id, row.wrapped)
            found[QueryId(row.id)] = key.open_text(row.text, "query")
    return found


def worded(tx: Tx, ids: Collection[QueryId]) -> frozenset[QueryId]:
    """Those that still have words."""
    wanted, found = sorted(ids), set[QueryId]()
    for first in range(0, len(wanted), _AT_ONCE):
        some = queries.c.id.in_(wanted[first : first + _AT_ONCE])
        there = sa.select(queries.c.id).where(some, queries.c.text.is_not(None))
        found.update(map(QueryId, tx.connection.scalars(there)))
    return frozenset(found)


def oldest_worded(tx: Tx) -> QueryId:
    """The oldest that still has words, as ids rise with time; 0 where none has any."""
    by_age = (queries.c.asked_at, queries.c.id)
    oldest = sa.select(queries.c.id).where(queries.c.text.is_not(None)).order_by(*by_age).limit(1)
    return QueryId(tx.connection.scalar(oldest) or 0)


def take_to_gather(tx: Tx, ids: Collection[QueryId]) -> frozenset[QueryId]:
    """Notes that these are looked at to put them with their like; those that nobody else has, or changes just now.

    Others are not waited for: who erases a resident holds all of their questions at once.
    """
    free = sa.select(queries.c.id).where(queries.c.id.in_(ids), ~queries.c.gathered).order_by(queries.c.id)
    taken = tx.connection.scalars(free.with_for_update(skip_locked=True)).all()
    tx.connection.execute(queries.update().where(queries.c.id.in_(taken)).values(gathered=True))
    return frozenset(map(QueryId, taken))


def judge(tx: Tx, query: QueryId, verdict: Verdict) -> None:
    """Notes what the resident said of the answer."""
    tx.connection.execute(queries.update().where(queries.c.id == query).values(verdict=verdict.value))


def settle(tx: Tx, query: QueryId, entry: EntryId) -> None:
    """Notes which of the candidates the resident chose."""
    tx.connection.execute(
        queries.update().where(queries.c.id == query).values(entry_id=entry, outcome="answer")
    )


def forget_message(tx: Tx, resident: ResidentId, message_id: str) -> None:
    """Deletes the words of a message that the resident took back; the count stays."""
    if not message_id:
        return  # a pressed button has no message: what it asked is in no words of the resident's
    mine = sa.and_(
        queries.c.resident_id == resident, queries.c.message_ids.contains(f" {message_id} ", autoescape=True)
    )
    tx.connection.execute(queries.update().where(mine).values(text=None))


def latest(tx: Tx, resident: ResidentId, since: datetime) -> Asked | None:
    """What the resident asked last, if not before `since`; None too where they took its words back."""
    return _first_asked(tx, resident, queries.c.asked_at >= since)


def find(tx: Tx, resident: ResidentId, query: QueryId) -> Asked | None:
    """A question of the resident's; None where it is another's, or they took its words back."""
    return _first_asked(tx, resident, queries.c.id == query)


def _first_asked(tx: Tx, resident: ResidentId, which: sa.ColumnElement[bool]) -> Asked | None:
    mine = sa.select(queries).where(queries.c.resident_id == resident, which)
    row = tx.connection.execute(mine.order_by(queries.c.id.desc()).limit(1)).first()
    if row is None or row.text is None:
        return None
    text = residents.key_of(tx, resident).open_text(row.text, "query")
    return Asked(QueryId(row.id), text, EntryId(row.entry_id) if row.entry_id else None)


def texts_of(tx: Tx, resident: ResidentId) -> tuple[str, ...]:
    """What the resident asked, oldest first."""
    key = residents.key_of(tx, resident)
    rows = tx.connection.scalars(
        sa.select(queries.c.text)
        .where(queries.c.resident_id == resident, queries.c.text.is_not(None))
        .order_by(queries.c.id)
    )
    return tuple(key.open_text(sealed, "query") for sealed in rows)
