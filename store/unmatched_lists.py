"""The inbox as a list: which clusters, in which order, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

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
    found = _found(viewer, wanted)
    page = _page(tx, found, wanted.page)
    if not page and wanted.page > 1:
        total = tx.connection.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
        return listed(tx, viewer, replace(wanted, page=max(1, -(-total // A_PAGE))))
    total = page[0].total if page else 0
    return Listed(unmatched.read(tx, [row.id for row in page]), total, wanted.page)


def _found(viewer: Viewer, wanted: Wanted) -> sa.Select[Any]:
    """In one pass through what is gathered; questions themselves are looked at only where something of theirs is asked.

    Their ids rise with the time at which they were asked, so the highest tells which cluster was asked about last.
    """
    count, last = sa.func.count().label("count"), sa.func.max(clustered.c.query_id).label("last")
    first = count if wanted.order is Order.COUNT else last
    joined = sa.join(clusters, clustered, clustered.c.cluster_id == clusters.c.id)
    if wanted.channel is not None or wanted.since is not None:
        joined = joined.join(queries, queries.c.id == clustered.c.query_id)
    return (
        sa.select(clusters.c.id, sa.func.count().over().label("total"))
        .select_from(joined)
        .where(clusters.c.merged_into.is_(None), COUNTED, seen_by(viewer), *_conditions(wanted))
        .group_by(clusters.c.id)
        .order_by(first.desc(), last.desc(), clusters.c.id.desc())
    )


def _page(tx: Tx, found: sa.Select[Any], page: int) -> Sequence[sa.Row[Any]]:
    return tx.connection.execute(found.limit(A_PAGE).offset((page - 1) * A_PAGE)).all()


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
