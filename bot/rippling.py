"""Replays proposals, a piece at a time, so that whoever has others waiting is not kept long."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from faq import ripple
from faq.altered import altered
from faq.ripple import Question, Replayed
from faq.search import Knowledge
from faq.worth import Found
from store import knowledge, proposed, replaying, ripples
from store.changing import Unreadable
from store.db import Database, Tx
from store.proposed import ProposalId
from store.replaying import Position
from web.known import Known

log = logging.getLogger(__name__)

PIECE = 0.8
"""Seconds of replaying at once."""
AT_ONCE = 500
"""Questions that are read for a piece; more than it takes."""


@dataclass(frozen=True, slots=True)
class Work:
    """A proposal that is replayed, against one version of the knowledge."""

    proposal: ProposalId
    version: int
    knowledge: int
    before: Knowledge
    after: Knowledge
    labels: tuple[Question, ...]


class Rippling:
    """The replay as a chore of a process; not shared between threads."""

    def __init__(
        self,
        database: Database,
        known: Callable[[Tx], Known],
        ticks: Callable[[], float] = time.perf_counter,
    ) -> None:
        """`known`: what the city knows at present; `ticks`: a clock in seconds."""
        self._database = database
        self._known = known
        self._ticks = ticks
        self._work: Work | None = None
        self._found: dict[int, Found] = {}
        self._found_by: Knowledge | None = None
        self._unreadable: set[ProposalId] = set()

    def step(self, now: datetime) -> bool:
        """Replays for less than a second; whether there was anything to do."""
        with self._database.read() as tx:
            work = self._take_up(tx)
            if work is None:
                return False
            at = replaying.position(tx, work.proposal, work.version, work.knowledge)
        at = at or self._begin(work, now)
        with self._database.read() as tx:
            questions = replaying.questions(tx, at, work.labels, AT_ONCE)
        replayed = self._replay(work, questions)
        with self._database.write(synced=False) as tx:
            replaying.advance(tx, at, replayed, now)
        return True

    def _begin(self, work: Work, now: datetime) -> Position:
        with self._database.write(synced=False) as tx:
            return replaying.begin(tx, work.proposal, work.version, work.knowledge, len(work.labels), now)

    def _take_up(self, tx: Tx) -> Work | None:
        """The proposal that is next, with the knowledge as it would be."""
        known = self._known(tx)
        if known.version != knowledge.version(tx):
            return None  # another thread takes up what is new, and is done with it in a moment
        chosen = replaying.next_up(tx, known.version, tuple(self._unreadable))
        if chosen is None:
            self._work = None
            return None
        try:
            proposal = proposed.one(tx, chosen)
        except Unreadable:
            log.warning("proposal %d was written by another version of the program: no replay", chosen)
            self._unreadable.add(chosen)
            return None
        same = (proposal.id, proposal.version, known.version)
        if self._work is None or (self._work.proposal, self._work.version, self._work.knowledge) != same:
            after = altered(
                known.knowledge, ripples.entries_after(proposal), ripples.synonyms_after(proposal)
            )
            labels = ripple.labelled(ripples.labels_after(tx, proposal))
            self._work = Work(*same, known.knowledge, after, labels)
        return self._work

    def _replay(self, work: Work, questions: Sequence[Question]) -> list[Replayed]:
        """As many as a piece has room for, and one at least."""
        if not self._knows(work.before):
            self._found, self._found_by = {}, work.before
        until, done = self._ticks() + PIECE, []
        for each in ripple.replay(work.before, work.after, questions, self._found):
            done.append(each)
            if self._ticks() >= until:
                break
        return done

    def _knows(self, before: Knowledge) -> bool:
        """Whether what was found still holds: a change of opening hours makes a new knowledge that finds the same."""
        by = self._found_by
        return by is not None and by.counted is before.counted and by.synonyms == before.synonyms
