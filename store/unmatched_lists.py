"""The inbox as a list: which clusters, in which order, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from faq.counters import SectionId
from store import unmatched
from store.db import Tx
from store.sight import Viewer
from store.tables import clustered, clusters, queries
from store.unmatched import COUNTED, Cluster, State, seen_by

A_PAGE: Final = 20
"""Clusters on a page."""


class Order(StrEnum):
    """What stands first."""

    COUNT = "count"
    """What is asked most."""
    RECENT = "recent"
    """What was asked last."""


class Nobody(StrEnum):
    """Whose is what was given to no section."""

    NOBODYS = "nobody"


NOBODYS: Final = Nobody.NOBODYS


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which clusters are to be listed; None: whichever."""

    state: State | None = State.OPEN
    section: SectionId | Nobody | None = None
    channel: str | None = None
    """With a question that came by it."""
    since: datetime | None = None
    """With a question from then on."""
    order: Order = Order.COUNT
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list."""

    clusters: tuple[Cluster, ...]
    total: int
    """On all pages."""
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // A_PAGE))


def listed(tx: Tx, viewer: Viewer, wanted: Wanted) -> Listed:
    """The clusters that the viewer may see, without those in which nothing is left; past the last page, the last."""
    count, last = sa.func.count().label("count"), sa.func.max(queries.c.asked_at).label("last")
    found = (
        sa.select(clusters.c.id, count, last)
        .join(clustered, clustered.c.cluster_id == clusters.c.id)
        .join(queries, queries.c.id == clustered.c.query_id)
        .where(clusters.c.merged_into.is_(None), COUNTED, seen_by(viewer), *_conditions(wanted))
        .group_by(clusters.c.id)
        .subquery()
    )
    total = tx.connection.scalar(sa.select(sa.func.count()).select_from(found)) or 0
    page = min(wanted.page, max(1, -(-total // A_PAGE)))
    first = found.c.count if wanted.order is Order.COUNT else found.c.last
    ids = sa.select(found.c.id).order_by(first.desc(), found.c.last.desc(), found.c.id.desc())
    some = unmatched.read(tx, ids.limit(A_PAGE).offset((page - 1) * A_PAGE))
    return Listed(some, total, page)


def channels(tx: Tx) -> tuple[str, ...]:
    """The channels by which unmatched questions came."""
    asked = sa.select(queries.c.channel).join(clustered, clustered.c.query_id == queries.c.id)
    return tuple(tx.connection.scalars(asked.distinct().order_by(queries.c.channel)))


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    conditions = []
    if wanted.state is not None:
        conditions.append(clusters.c.state == wanted.state.value)
    if wanted.section is NOBODYS:
        conditions.append(clusters.c.section.is_(None))
    elif wanted.section is not None:
        conditions.append(clusters.c.section == wanted.section)
    if wanted.channel is not None:
        conditions.append(queries.c.channel == wanted.channel)
    if wanted.since is not None:
        conditions.append(queries.c.asked_at >= wanted.since)
    return conditions
