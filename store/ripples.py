"""What proposals would do to the answers, as `store.replaying` has found out.

A replay belongs to one version of the proposal and one of the knowledge; when either moves, it is made anew. What
residents asked is not kept here but by the number of their question: its words are opened to be shown, and of who is
erased it is only counted.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final, TypeVar

import sqlalchemy as sa

from faq.altered import relabelled
from faq.models import EntryId, FaqEntry, LabelledQuestion, Outcome, Synonyms
from faq.ripple import SEARCHED, Effect, Flip, Question
from faq.worth import BelowFloor, Shown, Tally, below_floor
from store import audit, knowledge, lately
from store.audit import ByAccount, Kind
from store.db import Tx
from store.deciding import HOLDS, NOT_YET, Broken, Floor
from store.objections import State
from store.proposed import Proposal, ProposalId
from store.queries import QueryId
from store.sight import Viewer
from store.tables import ripple_flips, ripples

Record = TypeVar("Record")

UNDECIDED: Final = (State.SUBMITTED, State.DRAFT)
"""Proposals that are replayed, those first that somebody is to approve."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Not begun."""


@dataclass(frozen=True, slots=True)
class Running:
    """Some questions are replayed."""

    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Rippled:
    """All that a proposal does to the answers, in numbers; `flips` has the single ones."""

    before: Tally
    after: Tally
    replayed: int
    """Residents' own questions."""
    flips: Mapping[Effect, int]

    @property
    def below_floor(self) -> BelowFloor | None:
        """Why it may not be published as it is; None where it may."""
        return below_floor(self.before, self.after)


NOTHING: Final = Rippled(Tally(), Tally(), 0, MappingProxyType({}))
"""Of a proposal that changes nothing that a search reads."""

Replay = Waiting | Running | Rippled


def touches_answers(proposal: Proposal) -> bool:
    """Whether a search reads anything of what would change."""
    return any(change.kind in SEARCHED for change in proposal.changes)


def state(tx: Tx, proposal: Proposal) -> Replay:
    """How far the replay of this version is. Of a proposal that is decided, what was known when it was."""
    if not touches_answers(proposal):
        return NOTHING
    this = sa.and_(ripples.c.proposal_id == proposal.id, ripples.c.proposal_version == proposal.version)
    row = tx.connection.execute(sa.select(ripples).where(this)).first()
    if row is None or (proposal.state in UNDECIDED and row.knowledge_version != knowledge.version(tx)):
        return Waiting()
    if row.finished_at is None:
        return Running(row.done, row.total)
    counts = _counts(tx, proposal)
    return Rippled(Tally(**row.before), Tally(**row.after), row.replayed, counts)


def floor(tx: Tx, proposal: Proposal, reason: str | None = None) -> Floor:
    """The same for who approves; `reason`: why an administrator lets it pass below the floor."""
    found = state(tx, proposal)
    if not isinstance(found, Rippled):
        return NOT_YET
    return Broken(reason) if found.below_floor else HOLDS


def flips(tx: Tx, proposal: Proposal, effect: Effect, most: int) -> tuple[Flip, ...]:
    """At most so many flips of a kind, in the order of their replay, with the words of the questions.

    Of a question whose words are gone (who asked it is erased, or it is too old for its words to be kept) there is
    none, though it counts in `Rippled.flips`.
    """
    mine = sa.and_(ripple_flips.c.proposal_id == proposal.id, ripple_flips.c.effect == effect.value)
    some = sa.select(ripple_flips).where(mine).order_by(ripple_flips.c.id).limit(most)
    rows = tx.connection.execute(some).all()
    asked = lately.texts(tx, [QueryId(row.query_id) for row in rows if row.query_id is not None])
    labels = {row.query_id: row.query for row in labels_after(tx, proposal)} if len(asked) < len(rows) else {}
    return tuple(_flips(rows, labels, asked))


def note_look(tx: Tx, viewer: Viewer, proposal: ProposalId, count: int, now: datetime) -> None:
    """Writes into the audit that somebody was shown so many of residents' questions beside a proposal."""
    by = ByAccount(viewer.account)
    audit.record(tx, by, "questions_read", Kind.PROPOSAL, str(proposal), now, count=str(count))


def labels_after(tx: Tx, proposal: Proposal) -> list[LabelledQuestion]:
    """The labelled questions as they are once it is published."""
    changes = {(row.query_id, row.faq_id or ""): after for row, after in _changes(proposal, LabelledQuestion)}
    return relabelled(knowledge.all_questions(tx), changes)


def entries_after(proposal: Proposal) -> dict[EntryId, FaqEntry | None]:
    """The entries that it changes, as they are then."""
    return {entry.id: after for entry, after in _changes(proposal, FaqEntry)}


def synonyms_after(proposal: Proposal) -> dict[str, Synonyms | None]:
    """The synonyms that it changes, by their first word."""
    return {group.words[0]: after for group, after in _changes(proposal, Synonyms)}


def _changes(proposal: Proposal, kind: type[Record]) -> Iterator[tuple[Record, Record | None]]:
    """The records of a type that change, and what becomes of each."""
    for change in proposal.changes:
        record = change.before if change.after is None else change.after
        if isinstance(record, kind):
            yield record, change.after


def _counts(tx: Tx, proposal: Proposal) -> dict[Effect, int]:
    effect = ripple_flips.c.effect
    mine = ripple_flips.c.proposal_id == proposal.id
    rows = tx.connection.execute(sa.select(effect, sa.func.count()).where(mine).group_by(effect))
    return {Effect(name): count for name, count in rows}


def _flips(
    rows: Iterable[sa.Row[tuple[object, ...]]], labels: Mapping[str, str], asked: Mapping[QueryId, str]
) -> Iterator[Flip]:
    for row in rows:
        by_label = row.query_id is None
        text = labels.get(row.label) if by_label else asked.get(QueryId(row.query_id))
        if text is not None:
            before = _shown(row.before_outcome, row.before_entries)
            after = _shown(row.after_outcome, row.after_entries)
            ref = row.label if by_label else str(row.query_id)
            yield Flip(Question(ref, text), before, after, Effect(row.effect))


def _shown(outcome: str, entries: list[str]) -> Shown:
    return Shown(Outcome(outcome), tuple(map(EntryId, entries)))
