"""Publishing: what is approved becomes what the service knows, all of it or nothing, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from faq.changes import by_kind
from faq.models import FaqEntry
from store import audit, drafting, editions, keeping, knowledge, obstacles, proposed, told, unmatched
from store.audit import Actor, Kind
from store.db import Tx
from store.deciding import unfit
from store.editions import EditionId
from store.objections import Conflict, InvalidRecord, NotNow, NotYours, State
from store.proposed import Proposal, ProposalId
from store.queries import QueryId
from store.tables import proposals


@dataclass(frozen=True, slots=True)
class Published:
    """A proposal that residents are answered by from now on."""

    proposal: Proposal
    edition: EditionId
    version: int
    """Of the knowledge."""
    answered: tuple[QueryId, ...]
    """The questions that had found no answer, and have one now."""


def due(tx: Tx, now: datetime) -> tuple[ProposalId, ...]:
    """What is approved and whose time has come, in the order of the times."""
    ready = proposals.c.state == State.APPROVED.value, proposals.c.publish_at <= now
    query = sa.select(proposals.c.id).where(*ready).order_by(proposals.c.publish_at, proposals.c.id)
    return tuple(map(ProposalId, tx.connection.scalars(query)))


def publish(
    tx: Tx, proposal: ProposalId, by: Actor, now: datetime
) -> Published | Conflict | InvalidRecord | NotNow | NotYours:
    """Makes the changes of a proposal that is approved and whose time has come.

    What does not fit any more, since the store has changed, changes nothing and goes back to its authors, with the
    reason.
    """
    this = proposals.c.id == proposal
    if tx.connection.scalar(sa.select(proposals.c.id).where(this).with_for_update()) is None:
        return NotYours()
    keeping.claim(tx)  # after the proposal, always in this order: nobody waits in a circle
    mine = proposed.one(tx, proposal)
    if mine.state is not State.APPROVED or mine.publish_at is None or now < mine.publish_at:
        return NotNow(mine.state)
    if obstacle := unfit(tx, mine.changes, now):
        _give_back(tx, mine, obstacle, by, now)
        return obstacle
    for kind, some in by_kind(mine.changes).items():
        keeping.amend(tx, knowledge.kept_of(kind), some, now)
    edition = editions.note(tx, mine.changes, mine.by, mine.why, mine.id, now)
    answered = _settle(tx, mine, now)
    tx.connection.execute(
        proposals.update().where(this).values(state=State.PUBLISHED.value, published_at=now)
    )
    audit.record(tx, by, "published", Kind.PROPOSAL, str(proposal), now, records=str(len(mine.changes)))
    return Published(proposed.one(tx, proposal, mine.changes), edition, knowledge.version(tx), answered)


def _settle(tx: Tx, mine: Proposal, now: datetime) -> tuple[QueryId, ...]:
    """The cluster that the proposal answers, by the first of its entries, is settled; who asked to be told is told."""
    entries = (each.after for each in mine.changes if isinstance(each.after, FaqEntry))
    entry = next(entries, None)
    if mine.cluster is None or entry is None:
        return ()
    answered = unmatched.answered(tx, mine.cluster, entry.id, now)
    told.tell(tx, answered, entry.id, now)
    return answered


def _give_back(tx: Tx, mine: Proposal, obstacle: Conflict | InvalidRecord, by: Actor, now: datetime) -> None:
    values = drafting.UNDECIDED | {"state": State.RETURNED.value, "obstacle": obstacles.write(obstacle)}
    tx.connection.execute(proposals.update().where(proposals.c.id == mine.id).values(values))
    why = "conflict" if isinstance(obstacle, Conflict) else "invalid"
    audit.record(tx, by, "returned", Kind.PROPOSAL, str(mine.id), now, reason=why)
