"""Told later: residents whose question found no answer and who asked to be told once there is one.

A wish stands until the answer is handed over, they take it back, or it has been kept for long enough. Its row is what
makes sure that each is told once: who hands over the answer takes the row away in the same transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from faq.models import EntryId
from store import notices
from store.db import Tx
from store.inserting import unless_there
from store.notices import Answered
from store.queries import QueryId
from store.residents import ResidentId
from store.tables import clustered, clusters, queries, residents, to_tell
from store.unmatched import State

ANSWERED: Final = State.ANSWERED.value
AT_ONCE: Final = 500
"""Questions in one statement."""


@dataclass(frozen=True, slots=True)
class ToTell:
    """A question whose answer somebody waits for."""

    query: QueryId
    asked_at: datetime


def ask(tx: Tx, resident: ResidentId, query: QueryId, now: datetime) -> bool:
    """Notes that the resident wants to be told; False where the question is not theirs. Again, it stays one wish.

    Where the answer has come since the question was asked, it is told at once.
    """
    mine = sa.and_(queries.c.id == query, queries.c.resident_id == resident)
    if tx.connection.scalar(sa.select(queries.c.id).where(mine)) is None:
        return False
    unless_there(tx, to_tell, {"query_id": query, "resident_id": resident, "asked_at": now})
    entry = tx.connection.scalar(
        sa.select(clusters.c.entry_id)
        .join(clustered, clustered.c.cluster_id == clusters.c.id)
        .where(clustered.c.query_id == query, clusters.c.state == ANSWERED)
    )
    if entry is not None:
        notices.put_answer(tx, resident, Answered(query, EntryId(entry)), now)
    return True


def take_back(tx: Tx, resident: ResidentId) -> int:
    """The resident wants to be told nothing any more, also of what waits for the morning; how many wishes that were."""
    taken = [each.query for each in of_resident(tx, resident)]
    for query in taken:
        notices.drop_answers(tx, query)
    tx.connection.execute(to_tell.delete().where(to_tell.c.resident_id == resident))
    return len(taken)


def of_resident(tx: Tx, resident: ResidentId) -> tuple[ToTell, ...]:
    """What the resident waits for, the oldest first."""
    mine = sa.select(to_tell).where(to_tell.c.resident_id == resident)
    rows = tx.connection.execute(mine.order_by(to_tell.c.asked_at, to_tell.c.query_id))
    return tuple(ToTell(QueryId(row.query_id), row.asked_at) for row in rows)


def waiting(tx: Tx, cluster: int) -> int:
    """How many people wait to be told of a cluster's questions."""
    people = sa.func.count(to_tell.c.resident_id.distinct())
    of_it = sa.select(people).join(clustered, clustered.c.query_id == to_tell.c.query_id)
    return tx.connection.scalar(of_it.where(clustered.c.cluster_id == cluster)) or 0


def tell(tx: Tx, answered: Iterable[QueryId], entry: EntryId, now: datetime) -> int:
    """Plans to tell those who wait for one of these questions and still follow the account; how many people.

    Who asked the same in several ways is told once.
    """
    waiting = _waiting(tx, tuple(answered))
    for resident, theirs in waiting.items():
        *doubled, last = theirs
        notices.put_answer(tx, resident, Answered(last, entry), now)
        for query in doubled:
            notices.drop_answers(tx, query)
        tx.connection.execute(to_tell.delete().where(to_tell.c.query_id.in_(doubled)))
    return len(waiting)


def _waiting(tx: Tx, answered: tuple[QueryId, ...]) -> dict[ResidentId, list[QueryId]]:
    """Who waits for which of them, the oldest question first."""
    found: dict[ResidentId, list[QueryId]] = {}
    for first in range(0, len(answered), AT_ONCE):
        some = (
            sa.select(to_tell.c.resident_id, to_tell.c.query_id)
            .join(residents, residents.c.id == to_tell.c.resident_id)
            .where(to_tell.c.query_id.in_(answered[first : first + AT_ONCE]), residents.c.follows)
            .order_by(to_tell.c.query_id)
        )
        for resident, query in tx.connection.execute(some):
            found.setdefault(ResidentId(resident), []).append(QueryId(query))
    return {resident: sorted(theirs) for resident, theirs in found.items()}


def settle(tx: Tx, query: QueryId) -> bool:
    """Ends a wish, for who hands over its answer in this transaction; False where it has ended before."""
    return tx.connection.execute(to_tell.delete().where(to_tell.c.query_id == query)).rowcount == 1
