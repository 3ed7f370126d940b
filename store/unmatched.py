"""Questions that nobody could answer, by meaning: one cluster for all that ask the same.

Unmatched is a question without an answer, one whose candidates were none of what was meant, one whose answer did not
help, and an operator's that found none. Its words stay sealed where they are (`store/queries.py`); a cluster has no
words but the label that staff gave it. What an erased resident asked is still counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

import sqlalchemy as sa

from faq.counters import SectionId
from faq.models import EntryId
from store import audit
from store.audit import SERVICE, Kind
from store.db import Tx
from store.queries import QueryId
from store.sight import Role, Viewer
from store.tables import clustered, clusters, proposals, queries

ClusterId = NewType("ClusterId", int)


class State(StrEnum):
    """Whether somebody still has to look at a cluster."""

    OPEN = "open"
    ANSWERED = "answered"
    """An entry answers it; it is open again when another question of its kind finds no answer."""
    OUT_OF_SCOPE = "out_of_scope"
    """The city does not answer this; its like join it and stay out."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the questions came by a channel."""

    channel: str
    count: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that ask the same."""

    id: ClusterId
    version: int
    """Moves with every act of staff, so that the second of two people can be told."""
    label: str
    """As staff named it; empty: they did not."""
    state: State
    section: SectionId | None
    """Whose it is."""
    reason: str
    """Why it is out of scope."""
    entry: EntryId | None
    """What answered it last."""
    count: int
    """Questions that are not settled, or all of them where none is open."""
    channels: tuple[Share, ...]
    """Of these, most first."""
    first_at: datetime
    last_at: datetime


def seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """All for approvers and administrators; for staff those of their section, or of none where they have none."""
    if viewer.role in (Role.APPROVER, Role.ADMIN):
        return sa.true()
    if viewer.role is Role.STAFF:
        return clusters.c.section.is_not_distinct_from(viewer.section)
    return sa.false()


def find(tx: Tx, viewer: Viewer, cluster: ClusterId) -> Cluster | None:
    """A cluster that the viewer may see; of one that was merged, the one it went into."""
    there = sa.and_(clusters.c.id == present(tx, cluster), seen_by(viewer))
    return next(iter(read(tx, tx.connection.scalars(sa.select(clusters.c.id).where(there)).all())), None)


def open_number(tx: Tx, viewer: Viewer) -> int:
    """How many clusters wait for an answer of those that the viewer may see."""
    is_open = sa.and_(clusters.c.state == State.OPEN.value, clusters.c.merged_into.is_(None))
    return tx.connection.scalar(sa.select(sa.func.count(clusters.c.id)).where(is_open, seen_by(viewer))) or 0


def present(tx: Tx, cluster: ClusterId) -> ClusterId:
    """The cluster itself, or the one it was merged into."""
    into = tx.connection.scalar(sa.select(clusters.c.merged_into).where(clusters.c.id == cluster))
    return cluster if into is None else present(tx, ClusterId(into))


def answered(tx: Tx, cluster: ClusterId, entry: EntryId, now: datetime) -> tuple[QueryId, ...]:
    """Notes that an entry answers a cluster; its questions that had no answer until now, oldest first."""
    here = present(tx, cluster)
    waiting = sa.and_(clustered.c.cluster_id == here, clustered.c.settled_at.is_(None))
    settled = tx.connection.scalars(
        sa.select(clustered.c.query_id).where(waiting).order_by(clustered.c.query_id)
    ).all()
    tx.connection.execute(clustered.update().where(waiting).values(settled_at=now))
    change = clusters.update().where(clusters.c.id == here)
    tx.connection.execute(
        change.values(state=State.ANSWERED.value, entry_id=entry, reason=None, version=clusters.c.version + 1)
    )
    audit.record(tx, SERVICE, "cluster.answered", Kind.CLUSTER, str(here), now, entry=entry)
    return tuple(map(QueryId, settled))


def proposed(tx: Tx, cluster: ClusterId) -> tuple[int, ...]:
    """The numbers of the proposals that would answer a cluster and are not published or withdrawn, oldest first."""
    over = ("published", "withdrawn")
    mine = sa.and_(proposals.c.cluster_id == cluster, proposals.c.state.not_in(over))
    return tuple(tx.connection.scalars(sa.select(proposals.c.id).where(mine).order_by(proposals.c.id)))


COUNTED: Final = sa.or_(clusters.c.state != State.OPEN.value, clustered.c.settled_at.is_(None))
"""The questions that a cluster counts."""


def read(tx: Tx, wanted: Sequence[int]) -> tuple[Cluster, ...]:
    """The clusters of these ids, in their order."""
    rows = {
        row.id: row for row in tx.connection.execute(sa.select(clusters).where(clusters.c.id.in_(wanted)))
    }
    asked = _asked(tx, wanted)
    return tuple(_cluster(rows[each], asked.get(each, [])) for each in wanted)


@dataclass(frozen=True, slots=True)
class _Asked:
    share: Share
    first_at: datetime
    last_at: datetime


def _asked(tx: Tx, wanted: Sequence[int]) -> dict[int, list[_Asked]]:
    """What came by each channel, most first."""
    count, first, last = sa.func.count(), sa.func.min(queries.c.asked_at), sa.func.max(queries.c.asked_at)
    by_channel = (
        sa.select(clusters.c.id, queries.c.channel, count, first, last)
        .select_from(clusters)
        .join(clustered, clustered.c.cluster_id == clusters.c.id)
        .join(queries, queries.c.id == clustered.c.query_id)
        .where(clusters.c.id.in_(wanted), COUNTED)
        .group_by(clusters.c.id, queries.c.channel)
        .order_by(count.desc(), queries.c.channel)
    )
    found: dict[int, list[_Asked]] = {}
    for cluster, channel, many, begun, ended in tx.connection.execute(by_channel):
        found.setdefault(cluster, []).append(_Asked(Share(channel, many), begun, ended))
    return found


def _cluster(row: sa.Row[tuple[object, ...]], asked: Sequence[_Asked]) -> Cluster:
    return Cluster(
        id=ClusterId(row.id),
        version=row.version,
        label=row.label or "",
        state=State(row.state),
        section=None if row.section is None else SectionId(row.section),
        reason=row.reason or "",
        entry=None if row.entry_id is None else EntryId(row.entry_id),
        count=sum(each.share.count for each in asked),
        channels=tuple(each.share for each in asked),
        first_at=min((each.first_at for each in asked), default=row.made_at),
        last_at=max((each.last_at for each in asked), default=row.made_at),
    )
