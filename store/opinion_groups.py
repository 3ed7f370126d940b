"""Groups of opinions on one plan, and what the city answers to each: sorted by staff, and each act can be taken back.

Who saw an older version of the plan's results changes nothing and is told so. After publication nothing changes.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from faq.counters import SectionId
from faq.plans import Plan, PlanId
from store import audit
from store.audit import ByAccount, Kind
from store.db import Tx
from store.opinions import GroupId, OpinionId, State
from store.sight import Role, Viewer
from store.tables import accounts, opinion_acts, opinion_groups, opinion_results, opinions


class Treatment(StrEnum):
    """What the city makes of an opinion, in the five sorts in which it publishes them."""

    AMENDED = "amended"
    """補足・修正"""
    WRITTEN = "written"
    """既記載"""
    EXPLAINED = "explained"
    """説明・理解"""
    NOTED = "noted"
    """事業参考"""
    OTHER = "other"
    """その他"""


class Act(StrEnum):
    """What somebody did to the groups of a plan."""

    SUGGESTED = "suggested"
    MOVED = "moved"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is published of a group."""

    label: str
    summary: str
    """The opinions in few words, without anything of a person."""
    treatment: Treatment | None
    answer: str
    """The city's view."""


@dataclass(frozen=True, slots=True)
class OpinionGroup:
    """Opinions that say the same, as staff sorted them."""

    id: GroupId
    plan: PlanId
    answer: Answer
    opinions: int
    """How many stand in it; once published, how many did."""


@dataclass(frozen=True, slots=True)
class Done:
    """It is done; the version from now on."""

    version: int


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody was first; nothing is changed."""


@dataclass(frozen=True, slots=True)
class Published:
    """The results are public, and stay as they are."""


@dataclass(frozen=True, slots=True)
class NotThere:
    """There is nothing of this kind that the viewer may see."""


Outcome = Done | Changed | Published | NotThere


def is_theirs(viewer: Viewer, plan: Plan, desk: SectionId | None) -> bool:
    """Whether somebody may read the opinions on a plan: its section, the one of public hearing (`desk`),
    approvers and administrators of the city.
    """
    if viewer.outside or viewer.role is Role.OPERATOR:
        return False
    if viewer.role in (Role.APPROVER, Role.ADMIN):
        return True
    return viewer.section is not None and viewer.section in (plan.section, desk)


def of_plan(tx: Tx, plan: PlanId) -> tuple[OpinionGroup, ...]:
    """The groups of a plan, those with the most opinions first."""
    standing = sa.and_(opinions.c.group_id == opinion_groups.c.id, opinions.c.state == State.RECEIVED.value)
    query = (
        sa.select(opinion_groups, sa.func.count(opinions.c.id).label("standing"))
        .outerjoin(opinions, standing)
        .where(opinion_groups.c.plan_id == plan)
        .group_by(opinion_groups.c.id)
    )
    found = [_group(row) for row in tx.connection.execute(query)]
    return tuple(sorted(found, key=lambda group: (-group.opinions, group.id)))


def suggest(
    tx: Tx, viewer: Viewer, plan: PlanId, version: int, places: Mapping[OpinionId, int], now: datetime
) -> Outcome:
    """Makes a group of each place, and puts the opinions that have none into it (`faq.clustering.place`)."""

    def do() -> dict[str, Any]:
        free = {each for each, group in _groups_of(tx, plan).items() if group is None}
        made: dict[int, GroupId] = {}
        for opinion, place in places.items():
            if opinion in free:
                group = made[place] = made.get(place) or _make(tx, plan)
                _put(tx, [opinion], group)
        return {"made": list(made.values())}

    return _act(tx, viewer, plan, version, Act.SUGGESTED, do, now)


def move(
    tx: Tx,
    viewer: Viewer,
    plan: PlanId,
    version: int,
    chosen: Collection[OpinionId],
    to: GroupId | None,
    now: datetime,
) -> Outcome:
    """Puts opinions into another group of the plan, or into a new one (None)."""
    of = _groups_of(tx, plan)
    if not chosen or not set(chosen) <= set(of) or not (to is None or _is_of(tx, plan, to)):
        return NotThere()

    def do() -> dict[str, Any]:
        made = [] if to is not None else [_make(tx, plan)]
        _put(tx, chosen, to if to is not None else made[0])
        return {"made": made}

    return _act(tx, viewer, plan, version, Act.MOVED if to is not None else Act.SPLIT, do, now)


def merge(
    tx: Tx, viewer: Viewer, plan: PlanId, version: int, group: GroupId, into: GroupId, now: datetime
) -> Outcome:
    """Puts all opinions of a group into another; the group goes."""
    if group == into or not (_is_of(tx, plan, group) and _is_of(tx, plan, into)):
        return NotThere()

    def do() -> dict[str, Any]:
        row = tx.connection.execute(sa.select(opinion_groups).where(opinion_groups.c.id == group)).one()
        _put(tx, [each for each, of in _groups_of(tx, plan).items() if of == group], into)
        tx.connection.execute(opinion_groups.delete().where(opinion_groups.c.id == group))
        return {"made": [], "gone": [dict(row._mapping)]}

    return _act(tx, viewer, plan, version, Act.MERGED, do, now)


def write(
    tx: Tx, viewer: Viewer, plan: PlanId, version: int, group: GroupId, answer: Answer, now: datetime
) -> Outcome:
    """Writes what is to be published of a group."""
    if not _is_of(tx, plan, group):
        return NotThere()
    moved = _advance(tx, plan, version)
    if not isinstance(moved, Done):
        return moved
    values = {
        "label": answer.label,
        "summary": answer.summary,
        "treatment": None if answer.treatment is None else answer.treatment.value,
        "answer": answer.answer,
    }
    tx.connection.execute(opinion_groups.update().where(opinion_groups.c.id == group).values(values))
    _note(tx, viewer, plan, "written", now)
    return moved


def undo(tx: Tx, viewer: Viewer, plan: PlanId, version: int, now: datetime) -> Outcome:
    """Takes back what was done last to the groups, by whomever, where nothing has been done since."""
    last = _last(tx, plan, version)
    if last is None:
        return Changed()
    moved = _advance(tx, plan, version)
    if not isinstance(moved, Done):
        return moved
    if gone := last.before.get("gone", []):
        tx.connection.execute(opinion_groups.insert(), gone)
    for opinion, group in last.before["of"]:
        _put(tx, [OpinionId(opinion)], group)
    made = opinion_groups.c.id.in_(last.before["made"])
    tx.connection.execute(opinion_groups.delete().where(made))
    tx.connection.execute(opinion_acts.update().where(opinion_acts.c.id == last.id).values(undone_at=now))
    _note(tx, viewer, plan, "undone", now)
    return moved


@dataclass(frozen=True, slots=True)
class Past:
    """What was done last, and can be taken back."""

    act: Act
    by: str
    at: datetime


def last_act(tx: Tx, plan: PlanId, version: int) -> Past | None:
    """What `undo` would take back."""
    last = _last(tx, plan, version)
    return None if last is None else Past(Act(last.act), last.shown, last.at)


# How it is done ------------------------------------------------------------------------------------


def _act(
    tx: Tx,
    viewer: Viewer,
    plan: PlanId,
    version: int,
    act: Act,
    do: Callable[[], Mapping[str, Any]],
    now: datetime,
) -> Done | Changed | Published:
    moved = _advance(tx, plan, version)
    if not isinstance(moved, Done):
        return moved
    of = _groups_of(tx, plan)
    before = dict(do())
    after = _groups_of(tx, plan)
    before["of"] = [[each, group] for each, group in of.items() if after.get(each) != group]
    tx.connection.execute(
        opinion_acts.insert().values(
            plan_id=plan,
            version=moved.version,
            act=act.value,
            account_id=viewer.account,
            at=now,
            before=before,
        )
    )
    _note(tx, viewer, plan, act.value, now)
    return moved


def _advance(tx: Tx, plan: PlanId, version: int) -> Done | Changed | Published:
    """Moves the version, by which the second of two people is told apart; what was submitted is a draft again."""
    this = opinion_results.c.plan_id == plan
    row = tx.connection.execute(sa.select(opinion_results).where(this).with_for_update()).first()
    if row is None or row.version != version:
        return Changed()
    if row.published_at is not None:
        return Published()
    tx.connection.execute(opinion_results.update().where(this).values(version=version + 1, state="draft"))
    return Done(version + 1)


def _note(tx: Tx, viewer: Viewer, plan: PlanId, act: str, now: datetime) -> None:
    audit.record(tx, ByAccount(viewer.account), f"opinion_group.{act}", Kind.OPINION, plan, now)


def _groups_of(tx: Tx, plan: PlanId) -> dict[OpinionId, GroupId | None]:
    standing = sa.and_(opinions.c.plan_id == plan, opinions.c.state == State.RECEIVED.value)
    rows = tx.connection.execute(sa.select(opinions.c.id, opinions.c.group_id).where(standing))
    return {OpinionId(row.id): None if row.group_id is None else GroupId(row.group_id) for row in rows}


def _make(tx: Tx, plan: PlanId) -> GroupId:
    values = {"plan_id": plan, "label": "", "summary": "", "answer": ""}
    made = tx.connection.execute(opinion_groups.insert().values(values)).inserted_primary_key
    assert made is not None
    return GroupId(made[0])


def _put(tx: Tx, chosen: Collection[OpinionId], to: GroupId | None) -> None:
    standing = sa.and_(opinions.c.id.in_(chosen), opinions.c.state == State.RECEIVED.value)
    tx.connection.execute(opinions.update().where(standing).values(group_id=to))


def _is_of(tx: Tx, plan: PlanId, group: GroupId) -> bool:
    this = sa.and_(opinion_groups.c.id == group, opinion_groups.c.plan_id == plan)
    return tx.connection.scalar(sa.select(opinion_groups.c.id).where(this)) is not None


def _last(tx: Tx, plan: PlanId, version: int) -> sa.Row[tuple[Any, ...]] | None:
    query = (
        sa.select(opinion_acts, accounts.c.shown)
        .join(accounts, accounts.c.id == opinion_acts.c.account_id)
        .where(
            opinion_acts.c.plan_id == plan,
            opinion_acts.c.version == version,
            opinion_acts.c.undone_at.is_(None),
        )
    )
    return tx.connection.execute(query.order_by(opinion_acts.c.id.desc()).limit(1)).first()


def _group(row: sa.Row[tuple[Any, ...]]) -> OpinionGroup:
    treatment = None if row.treatment is None else Treatment(row.treatment)
    return OpinionGroup(
        GroupId(row.id),
        PlanId(row.plan_id),
        Answer(row.label, row.summary, treatment, row.answer),
        row.standing if row.opinions is None else row.opinions,
    )
