"""What residents and callers asked, opened to be shown: masked once more, and written into the audit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from nlp.masking import mask
from store import audit, queries
from store.audit import ByAccount, Kind
from store.db import Tx
from store.queries import QueryId, Verdict
from store.sight import Viewer
from store.tables import clustered
from store.tables import queries as asked
from store.unmatched import ClusterId

A_PAGE: Final = 50
"""Examples on the page of a cluster."""


class Why(StrEnum):
    """Why a question is in the inbox."""

    NO_ANSWER = "no_answer"
    NONE_OF_THESE = "none_of_these"
    DID_NOT_HELP = "did_not_help"


@dataclass(frozen=True, slots=True)
class Example:
    """A question, masked."""

    query: QueryId
    cluster: ClusterId
    text: str
    channel: str
    asked_at: datetime
    why: Why


def opened(
    tx: Tx,
    viewer: Viewer,
    clusters: Sequence[ClusterId],
    public: Collection[str],
    now: datetime,
    most: int = A_PAGE,
    page: int = 1,
) -> tuple[Example, ...]:
    """The latest questions with words of each of these clusters, which the viewer may see; so many of each.

    `public` are the city's own numbers and addresses, which stay (`nlp.masking.mask`).
    """
    rows = _latest(tx, clusters, most, page)
    words = queries.words(tx, [QueryId(row.id) for row in rows])
    found = tuple(
        Example(
            query=QueryId(row.id),
            cluster=ClusterId(row.cluster_id),
            text=mask(words[QueryId(row.id)], public).text,
            channel=row.channel,
            asked_at=row.asked_at,
            why=_why(row.verdict),
        )
        for row in rows
    )
    if found:
        by, subject = ByAccount(viewer.account), str(clusters[0]) if len(clusters) == 1 else "list"
        detail = {"count": str(len(found)), "clusters": " ".join(map(str, clusters))}
        audit.record(tx, by, "cluster.read", Kind.CLUSTER, subject, now, **detail)
    return found


def _latest(
    tx: Tx, clusters: Sequence[ClusterId], most: int, page: int
) -> Sequence[sa.Row[tuple[object, ...]]]:
    place = sa.func.row_number().over(partition_by=clustered.c.cluster_id, order_by=asked.c.id.desc())
    with_words = (
        sa.select(
            asked.c.id,
            clustered.c.cluster_id,
            asked.c.channel,
            asked.c.asked_at,
            asked.c.verdict,
            place.label("place"),
        )
        .join(clustered, clustered.c.query_id == asked.c.id)
        .where(clustered.c.cluster_id.in_(clusters), asked.c.text.is_not(None))
        .subquery()
    )
    shown = with_words.c.place.between((page - 1) * most + 1, page * most)
    return tx.connection.execute(sa.select(with_words).where(shown).order_by(with_words.c.id.desc())).all()


def _why(verdict: str | None) -> Why:
    match verdict:
        case Verdict.NONE_OF_THESE:
            return Why.NONE_OF_THESE
        case Verdict.DID_NOT_HELP:
            return Why.DID_NOT_HELP
        case _:
            return Why.NO_ANSWER
