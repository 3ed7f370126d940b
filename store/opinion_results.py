"""The results of a plan: submitted by who wrote them, published by an approver, and told once to who asked to be."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from faq.plans import PlanId
from store import audit, notices, opinion_groups, opinions
from store.audit import ByAccount, Kind
from store.db import Tx
from store.opinion_groups import OpinionGroup
from store.opinions import OpinionId
from store.residents import ResidentId
from store.sight import AccountId, Role, Viewer
from store.tables import accounts, opinion_results
from store.tables import opinion_groups as groups_table
from store.tables import opinions as opinions_table


class State(StrEnum):
    """Where the results stand."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a plan, as they stand."""

    plan: PlanId
    version: int
    state: State
    submitted_by: AccountId | None
    submitted_by_shown: str
    reason: str
    """Why they were sent back last; empty where they were not."""
    published_at: datetime | None
    opinions: int
    people: int
    groups: tuple[OpinionGroup, ...]

    @property
    def is_public(self) -> bool:
        return self.state is State.PUBLISHED


class Refusal(StrEnum):
    """Why results are not submitted or published."""

    CHANGED = "changed"
    """Somebody was first."""
    NOT_CLOSED = "not_closed"
    """Opinions can still be sent."""
    UNSORTED = "unsorted"
    """An opinion is in no group."""
    UNANSWERED = "unanswered"
    """A group has no summary, sort or answer."""
    OWN = "own"
    """Nobody approves what they submitted."""
    NOT_APPROVER = "not_approver"


def find(tx: Tx, plan: PlanId) -> Results | None:
    """None where nobody has sent an opinion."""
    query = (
        sa.select(opinion_results, accounts.c.shown)
        .outerjoin(accounts, accounts.c.id == opinion_results.c.submitted_by)
        .where(opinion_results.c.plan_id == plan)
    )
    row = tx.connection.execute(query).first()
    return None if row is None else _results(tx, row)


def submit(
    tx: Tx, viewer: Viewer, plan: PlanId, version: int, *, is_closed: bool, now: datetime
) -> Results | Refusal:
    """Hands the answers to an approver: each opinion in a group, each group answered."""
    found = _held(tx, plan, version)
    if isinstance(found, Refusal):
        return found
    if found.state is not State.DRAFT:
        return Refusal.CHANGED
    if not is_closed:
        return Refusal.NOT_CLOSED
    if _is_unsorted(tx, plan):
        return Refusal.UNSORTED
    if not all(map(_is_answered, found.groups)):
        return Refusal.UNANSWERED
    values = {
        "state": State.SUBMITTED.value,
        "submitted_by": viewer.account,
        "submitted_at": now,
        "reason": "",
    }
    return _change(tx, viewer, found, values, "submitted", now)


def send_back(
    tx: Tx, viewer: Viewer, plan: PlanId, version: int, reason: str, now: datetime
) -> Results | Refusal:
    """Gives them back to who wrote them, with a reason."""
    found = _to_decide(tx, viewer, plan, version)
    if isinstance(found, Refusal):
        return found
    return _change(tx, viewer, found, {"state": State.DRAFT.value, "reason": reason}, "sent_back", now)


def publish(tx: Tx, viewer: Viewer, plan: PlanId, version: int, now: datetime) -> Results | Refusal:
    """Makes the results public at once, and plans to tell who asked. What is counted stays as it is now."""
    found = _to_decide(tx, viewer, plan, version)
    if isinstance(found, Refusal):
        return found
    if found.submitted_by == viewer.account:
        return Refusal.OWN
    if _is_unsorted(tx, plan):  # sent in time, but entered after the answers were submitted
        return Refusal.UNSORTED
    count = opinions.counts(tx).get(plan, opinions.NONE)
    _freeze(tx, found)
    values = {
        "state": State.PUBLISHED.value,
        "published_by": viewer.account,
        "published_at": now,
        "opinions": count.opinions,
        "people": count.people,
    }
    published = _change(tx, viewer, found, values, "published", now)
    for resident, opinion in _who_asked(tx, plan):
        notices.put_opinion(tx, resident, opinion, now)
    return published


def _freeze(tx: Tx, found: Results) -> None:
    """Groups that stand empty go; the others keep their number of opinions."""
    of = groups_table
    for group in found.groups:
        this = of.c.id == group.id
        if group.opinions:
            tx.connection.execute(of.update().where(this).values(opinions=group.opinions))
        else:
            tx.connection.execute(of.delete().where(this))


def _who_asked(tx: Tx, plan: PlanId) -> tuple[tuple[ResidentId, OpinionId], ...]:
    """Each resident once, by the last of their opinions."""
    of = opinions_table.c
    query = (
        sa.select(of.resident_id, sa.func.max(of.id))
        .where(of.plan_id == plan, of.wants_to_be_told, of.resident_id.is_not(None))
        .group_by(of.resident_id)
        .order_by(sa.func.max(of.id))
    )
    return tuple((ResidentId(whose), OpinionId(which)) for whose, which in tx.connection.execute(query))


def _is_unsorted(tx: Tx, plan: PlanId) -> bool:
    return any(each.group is None for each in opinions.of_plan(tx, plan))


def _is_answered(group: OpinionGroup) -> bool:
    of = group.answer
    return not group.opinions or bool(of.summary and of.answer and of.treatment)


def _held(tx: Tx, plan: PlanId, version: int) -> Results | Refusal:
    """The results, which nobody else changes until the end of the transaction."""
    this = opinion_results.c.plan_id == plan
    tx.connection.execute(sa.select(opinion_results.c.version).where(this).with_for_update())
    found = find(tx, plan)
    return Refusal.CHANGED if found is None or found.version != version or found.is_public else found


def _to_decide(tx: Tx, viewer: Viewer, plan: PlanId, version: int) -> Results | Refusal:
    if viewer.role not in (Role.APPROVER, Role.ADMIN) or viewer.outside:
        return Refusal.NOT_APPROVER
    found = _held(tx, plan, version)
    if isinstance(found, Results) and found.state is not State.SUBMITTED:
        return Refusal.CHANGED
    return found


def _change(
    tx: Tx, viewer: Viewer, found: Results, values: dict[str, Any], act: str, now: datetime
) -> Results:
    this = opinion_results.c.plan_id == found.plan
    tx.connection.execute(
        opinion_results.update().where(this).values(values | {"version": found.version + 1})
    )
    audit.record(tx, ByAccount(viewer.account), f"opinion_results.{act}", Kind.OPINION, found.plan, now)
    changed = find(tx, found.plan)
    assert changed is not None
    return changed


def _results(tx: Tx, row: sa.Row[tuple[Any, ...]]) -> Results:
    plan = PlanId(row.plan_id)
    count = opinions.counts(tx).get(plan, opinions.NONE)
    return Results(
        plan,
        row.version,
        State(row.state),
        None if row.submitted_by is None else AccountId(row.submitted_by),
        row.shown or "",
        row.reason,
        row.published_at,
        count.opinions if row.opinions is None else row.opinions,
        count.people if row.people is None else row.people,
        opinion_groups.of_plan(tx, plan),
    )
