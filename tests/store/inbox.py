"""Questions and clusters of the inbox, put there by hand."""

from collections.abc import Sequence
from datetime import datetime

from faq.models import EntryId
from store import queries, residents
from store.db import Tx
from store.queries import Query, QueryId
from store.tables import clustered, clusters
from store.unmatched import ClusterId
from tests.conftest import NOON


def asked(
    tx: Tx,
    text: str,
    who: str | None = None,
    *,
    channel: str = "phone",
    now: datetime = NOON,
    outcome: str = "none",
    entry: str | None = None,
) -> QueryId:
    """A question of a resident (by LINE's user id), or of a caller."""
    query = Query(text, "question", outcome, EntryId(entry) if entry else None)
    if who is None:
        return queries.record_of_nobody(tx, query, now, channel=channel)
    resident = residents.meet(tx, who, NOON).id
    return queries.record(tx, resident, query, now, channel="LINE", message_ids=[text])


def cluster_of(tx: Tx, members: Sequence[QueryId], section: str | None = None) -> ClusterId:
    """A cluster of these questions."""
    values = {"version": 1, "state": "open", "section": section, "made_at": NOON}
    made = tx.connection.execute(clusters.insert().values(values)).inserted_primary_key
    assert made is not None
    for each in members:
        tx.connection.execute(clustered.insert().values(query_id=each, cluster_id=made[0]))
    return ClusterId(made[0])
