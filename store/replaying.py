"""The replay of proposals, in pieces: each is one transaction, so that a kill costs a piece and no more."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from faq.ripple import SEARCHED, Question, Replayed
from faq.worth import Tally
from nlp.masking import without_labels
from store import lately
from store.db import Tx
from store.inserting import unless_there
from store.proposed import ProposalId
from store.queries import QueryId
from store.ripples import UNDECIDED
from store.tables import proposal_changes, proposals, ripple_flips, ripples


@dataclass(frozen=True, slots=True)
class Position:
    """How far the replay of a proposal has come."""

    proposal: ProposalId
    version: int
    """Of the proposal."""
    knowledge: int
    """The version of what is asked before."""
    begun_at: datetime
    total: int
    done: int = 0
    label: str = ""
    """The last labelled question; in order of their ids, before those of residents."""
    query: QueryId = QueryId(0)  # noqa: RUF009 - an int
    """The last question of a resident, in order of their ids."""
    replayed: int = 0
    before: Tally = field(default_factory=Tally)
    after: Tally = field(default_factory=Tally)


def next_up(tx: Tx, version: int, without: Sequence[ProposalId] = ()) -> ProposalId | None:
    """The proposal whose replay is not finished at this version of the knowledge: handed in before drafts, then the
    one that was changed last.
    """
    touches = sa.select(proposal_changes.c.proposal_id).where(proposal_changes.c.kind.in_(SEARCHED))
    finished = (
        sa.select(ripples.c.proposal_id)
        .where(ripples.c.proposal_id == proposals.c.id)
        .where(ripples.c.proposal_version == proposals.c.version)
        .where(ripples.c.knowledge_version == version, ripples.c.finished_at.is_not(None))
    )
    first, *_ = UNDECIDED
    query = (
        sa.select(proposals.c.id)
        .where(proposals.c.state.in_([state.value for state in UNDECIDED]))
        .where(proposals.c.id.in_(touches), proposals.c.id.not_in(without), ~finished.exists())
        .order_by(sa.case((proposals.c.state == first.value, 0), else_=1), proposals.c.changed_at.desc())
    )
    found = tx.connection.scalar(query.limit(1))
    return None if found is None else ProposalId(found)


def position(tx: Tx, proposal: ProposalId, version: int, knowledge: int) -> Position | None:
    """Where the replay of these versions stands; None where it has not begun."""
    row = tx.connection.execute(sa.select(ripples).where(_is(proposal, version, knowledge))).first()
    if row is None:
        return None
    return Position(
        proposal,
        version,
        knowledge,
        row.begun_at,
        row.total,
        row.done,
        row.last_label,
        QueryId(row.last_query),
        row.replayed,
        Tally(**row.before),
        Tally(**row.after),
    )


def begin(tx: Tx, proposal: ProposalId, version: int, knowledge: int, labels: int, now: datetime) -> Position:
    """Begins it in place of an earlier one; `labels`: how many labelled questions there are."""
    asked = lately.lately(tx, now)
    made = Position(proposal, version, knowledge, now, labels + asked.count, query=asked.before_first)
    tx.connection.execute(ripples.delete().where(ripples.c.proposal_id == proposal))
    unless_there(tx, ripples, {"proposal_id": proposal, **_columns(made)})
    return made


def questions(tx: Tx, at: Position, labels: Sequence[Question], most: int) -> tuple[Question, ...]:
    """The next questions, labelled ones first; none where the replay is at its end."""
    left = [each for each in labels if each.ref > at.label]
    if left:
        return tuple(left[:most])
    asked = lately.after(tx, at.query, at.begun_at, most)
    return tuple(Question(str(query), without_labels(text)) for query, text in asked.items())


def advance(tx: Tx, at: Position, replayed: Sequence[Replayed], now: datetime) -> Position | None:
    """Keeps what came of the next questions; without any, the replay is finished.

    None where it has gone on elsewhere, or begun anew: then nothing is kept.
    """
    to = at
    for each in replayed:
        to = _after(to, each)
    here = sa.and_(_is(at.proposal, at.version, at.knowledge), ripples.c.done == at.done)
    values = {**_columns(to), "finished_at": None if replayed else now}
    if tx.connection.execute(ripples.update().where(here).values(values)).rowcount != 1:
        return None
    rows = [row for each in replayed if (row := _flip(at.proposal, each)) is not None]
    if rows:
        tx.connection.execute(ripple_flips.insert(), rows)
    return to


def _after(at: Position, one: Replayed) -> Position:
    was, becomes = one.tallies
    if one.question.relevance is None:
        query = QueryId(int(one.question.ref))
        return replace(at, done=at.done + 1, query=query, replayed=at.replayed + 1)
    before, after = at.before + was, at.after + becomes
    return replace(at, done=at.done + 1, label=one.question.ref, before=before, after=after)


def _flip(proposal: ProposalId, one: Replayed) -> dict[str, Any] | None:
    flip = one.flip
    if flip is None:
        return None
    labelled = one.question.relevance is not None
    return {
        "proposal_id": proposal,
        "label": one.question.ref if labelled else None,
        "query_id": None if labelled else int(one.question.ref),
        "effect": flip.effect.value,
        "before_outcome": flip.before.outcome.value,
        "before_entries": list(flip.before.entries),
        "after_outcome": flip.after.outcome.value,
        "after_entries": list(flip.after.entries),
    }


def _is(proposal: ProposalId, version: int, knowledge: int) -> sa.ColumnElement[bool]:
    same = sa.and_(ripples.c.proposal_version == version, ripples.c.knowledge_version == knowledge)
    return sa.and_(ripples.c.proposal_id == proposal, same)


def _columns(at: Position) -> dict[str, Any]:
    return {
        "proposal_version": at.version,
        "knowledge_version": at.knowledge,
        "begun_at": at.begun_at,
        "total": at.total,
        "done": at.done,
        "last_label": at.label,
        "last_query": at.query,
        "replayed": at.replayed,
        "before": asdict(at.before),
        "after": asdict(at.after),
    }
