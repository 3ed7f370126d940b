"""What staff do with clusters: name, give to a section, set aside, split, merge; and take each back.

Who saw an older version of a cluster is told who changed it, and changes nothing. What people decide stays: no
question moves from one cluster to another by itself, and no two clusters unite (`faq/clustering.py`).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from faq.counters import SectionId
from store import audit
from store.audit import ByAccount, Kind
from store.db import Tx
from store.queries import QueryId
from store.sight import Viewer
from store.tables import accounts, cluster_acts, clustered, clusters
from store.unmatched import ClusterId, State, present, seen_by

Row = sa.Row[tuple[Any, ...]]


class Act(StrEnum):
    """What somebody did."""

    NAMED = "named"
    ASSIGNED = "assigned"
    OUT_OF_SCOPE = "out_of_scope"
    REOPENED = "reopened"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Done:
    """It is done; the cluster where it can be seen."""

    cluster: ClusterId


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody was first; nothing is changed."""

    by: str
    """Their name; empty: the service itself, as new knowledge answered it."""
    at: datetime | None


@dataclass(frozen=True, slots=True)
class NotThere:
    """There is no such cluster that the viewer may see, or what was chosen is not in it."""


Outcome = Done | Changed | NotThere


@dataclass(frozen=True, slots=True)
class Past:
    """What was done to a cluster last, and can be taken back."""

    act: Act
    by: str
    at: datetime


def name(tx: Tx, viewer: Viewer, cluster: ClusterId, version: int, label: str, now: datetime) -> Outcome:
    """Names a cluster in the city's own words; empty takes the name away."""
    return _change(tx, viewer, cluster, version, Act.NAMED, {"label": label.strip() or None}, now)


def assign(
    tx: Tx, viewer: Viewer, cluster: ClusterId, version: int, section: SectionId | None, now: datetime
) -> Outcome:
    """Gives a cluster to a section, or to nobody; from then on that section sees it."""
    return _change(tx, viewer, cluster, version, Act.ASSIGNED, {"section": section}, now)


def out_of_scope(
    tx: Tx, viewer: Viewer, cluster: ClusterId, version: int, reason: str, now: datetime
) -> Outcome:
    """Sets a cluster aside, and its like that are asked later."""
    values = {"state": State.OUT_OF_SCOPE.value, "reason": reason.strip()}
    return _change(tx, viewer, cluster, version, Act.OUT_OF_SCOPE, values, now)


def reopen(tx: Tx, viewer: Viewer, cluster: ClusterId, version: int, now: datetime) -> Outcome:
    """Opens a cluster that was set aside or answered, with all of its questions."""

    def do(row: Row) -> dict[str, Any]:
        settled = sa.and_(clustered.c.cluster_id == row.id, clustered.c.settled_at.is_not(None))
        ids = tx.connection.scalars(sa.select(clustered.c.query_id).where(settled)).all()
        tx.connection.execute(clustered.update().where(settled).values(settled_at=None))
        return {"settled": list(ids)}

    values = {"state": State.OPEN.value, "reason": None}
    return _change(tx, viewer, cluster, version, Act.REOPENED, values, now, do)


def split(
    tx: Tx,
    viewer: Viewer,
    cluster: ClusterId,
    version: int,
    chosen: Collection[QueryId],
    now: datetime,
) -> Outcome:
    """Makes a cluster of its own of some questions; the others stay. New ones join whichever they are nearer to."""
    mine = tx.connection.scalars(
        sa.select(clustered.c.query_id).where(clustered.c.cluster_id == cluster)
    ).all()
    if not chosen or not set(chosen) < set(mine):
        return NotThere()

    def do(row: Row) -> dict[str, Any]:
        made = tx.connection.execute(
            clusters.insert().values(
                version=1,
                state=row.state,
                section=row.section,
                reason=row.reason,
                entry_id=row.entry_id,
                looked=row.looked,
                made_at=now,
            )
        ).inserted_primary_key
        assert made is not None
        _move(tx, chosen, ClusterId(made[0]))
        return {"other": made[0]}

    return _change(tx, viewer, cluster, version, Act.SPLIT, {}, now, do)


def are_all(tx: Tx, cluster: ClusterId, chosen: Collection[QueryId]) -> bool:
    """Whether nothing would be left of a cluster without these questions."""
    mine = tx.connection.scalars(sa.select(clustered.c.query_id).where(clustered.c.cluster_id == cluster))
    return set(mine) <= set(chosen)


def merge(
    tx: Tx, viewer: Viewer, cluster: ClusterId, version: int, other: ClusterId, now: datetime
) -> Outcome:
    """Takes the questions of another cluster into one; who looks for the other finds this one."""
    there = sa.and_(clusters.c.id == other, clusters.c.merged_into.is_(None), seen_by(viewer))
    if other == cluster or tx.connection.scalar(sa.select(clusters.c.id).where(there)) is None:
        return NotThere()

    def do(_row: Row) -> dict[str, Any]:
        theirs = sa.select(clustered.c.query_id).where(clustered.c.cluster_id == other)
        moved = [QueryId(each) for each in tx.connection.scalars(theirs)]
        _move(tx, moved, cluster)
        _put_into(tx, other, cluster)
        waits = sa.exists().where(clustered.c.cluster_id == cluster, clustered.c.settled_at.is_(None))
        again = sa.and_(clusters.c.id == cluster, clusters.c.state == State.ANSWERED.value, waits)
        tx.connection.execute(clusters.update().where(again).values(state=State.OPEN.value))
        return {"other": other, "moved": moved}

    return _change(tx, viewer, cluster, version, Act.MERGED, {}, now, do)


def undo(tx: Tx, viewer: Viewer, cluster: ClusterId, version: int, now: datetime) -> Outcome:
    """Takes back what was done last to a cluster, by whomever, where nothing has happened to it since."""
    row = _held(tx, viewer, cluster, version)
    if not isinstance(row, sa.Row):
        return row
    last = _last(tx, cluster, version)
    if last is None or not _take_apart(tx, row, last):
        return Changed("", None)
    before = {field: last.before[field] for field in _FIELDS}
    tx.connection.execute(
        clusters.update().where(clusters.c.id == cluster).values(before | {"version": version + 1})
    )
    tx.connection.execute(cluster_acts.update().where(cluster_acts.c.id == last.id).values(undone_at=now))
    by = ByAccount(viewer.account)
    audit.record(tx, by, "cluster.undone", Kind.CLUSTER, str(cluster), now, undone=last.act)
    return Done(cluster)


def last_act(tx: Tx, cluster: ClusterId, version: int) -> Past | None:
    """What `undo` would take back."""
    last = _last(tx, cluster, version)
    return None if last is None else Past(Act(last.act), last.shown, last.at)


# How it is done ------------------------------------------------------------------------------------

_FIELDS = ("label", "state", "section", "reason", "entry_id")
Do = Callable[[Row], Mapping[str, Any]]
"""Does more than change the row; what must be known to take it back."""


def _change(
    tx: Tx,
    viewer: Viewer,
    cluster: ClusterId,
    version: int,
    act: Act,
    values: Mapping[str, Any],
    now: datetime,
    do: Do = lambda _: {},
) -> Outcome:
    row = _held(tx, viewer, cluster, version)
    if not isinstance(row, sa.Row):
        return row
    before = {field: row._mapping[field] for field in _FIELDS} | dict(do(row))
    tx.connection.execute(
        clusters.update().where(clusters.c.id == cluster).values(dict(values) | {"version": version + 1})
    )
    tx.connection.execute(
        cluster_acts.insert().values(
            cluster_id=cluster,
            account_id=viewer.account,
            act=act.value,
            at=now,
            version=version + 1,
            before=before,
        )
    )
    other = {"other": str(before["other"])} if "other" in before else {}
    audit.record(
        tx, ByAccount(viewer.account), f"cluster.{act.value}", Kind.CLUSTER, str(cluster), now, **other
    )
    return Done(cluster)


def _held(tx: Tx, viewer: Viewer, cluster: ClusterId, version: int) -> Row | Changed | NotThere:
    """The row, which nobody else changes until the end of the transaction."""
    mine = sa.select(clusters).where(clusters.c.id == cluster, seen_by(viewer)).with_for_update()
    row = tx.connection.execute(mine).first()
    if row is None:
        return NotThere()
    if row.version == version and row.merged_into is None:
        return row
    last = _last(tx, present(tx, cluster), None)
    return Changed("", None) if last is None else Changed(last.shown, last.at)


def _last(tx: Tx, cluster: ClusterId, version: int | None) -> Row | None:
    """The latest act on a cluster that was not taken back; with a version, only the one that led to it."""
    query = (
        sa.select(cluster_acts, accounts.c.shown)
        .join(accounts, accounts.c.id == cluster_acts.c.account_id)
        .where(cluster_acts.c.cluster_id == cluster, cluster_acts.c.undone_at.is_(None))
        .order_by(cluster_acts.c.id.desc())
        .limit(1)
    )
    if version is not None:
        query = query.where(cluster_acts.c.version == version)
    return tx.connection.execute(query).first()


def _take_apart(tx: Tx, row: Row, last: Row) -> bool:
    """Puts questions back where they were; False where the other cluster has become something else."""
    match Act(last.act):
        case Act.SPLIT:
            untouched = sa.and_(clusters.c.id == last.before["other"], clusters.c.version == 1)
            if tx.connection.scalar(sa.select(clusters.c.id).where(untouched)) is None:
                return False
            theirs = clustered.c.cluster_id == last.before["other"]
            tx.connection.execute(clustered.update().where(theirs).values(cluster_id=row.id))
            _put_into(tx, ClusterId(last.before["other"]), ClusterId(row.id))
        case Act.MERGED:
            _move(tx, last.before["moved"], ClusterId(last.before["other"]))
            _put_into(tx, ClusterId(last.before["other"]), None)
        case Act.REOPENED:
            again = clustered.c.query_id.in_(last.before["settled"])
            tx.connection.execute(clustered.update().where(again).values(settled_at=last.at))
        case _:
            pass
    return True


def _move(tx: Tx, ids: Collection[QueryId] | Sequence[int], to: ClusterId) -> None:
    tx.connection.execute(clustered.update().where(clustered.c.query_id.in_(ids)).values(cluster_id=to))


def _put_into(tx: Tx, cluster: ClusterId, other: ClusterId | None) -> None:
    values = {"merged_into": other, "version": clusters.c.version + 1}
    tx.connection.execute(clusters.update().where(clusters.c.id == cluster).values(values))
