"""New unmatched questions join their clusters, or found some; clusters that the knowledge answers by now are settled.

Words are opened to be compared. What they are compared by is kept in the memory of the process alone, and no longer
than the words themselves: when a resident is erased, or the time of the words is over, it goes at the next look.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from faq import clustering
from faq.clustering import Gist
from faq.models import EntryId, Kind, Outcome
from faq.search import Knowledge
from nlp.masking import without_labels
from store import knowledge as known
from store import queries, told, unmatched
from store.db import Database, Tx
from store.inserting import unless_there
from store.queries import QueryId, Verdict
from store.tables import clustered, clusters
from store.tables import queries as asked
from store.tables.talks import UNGATHERED
from store.unmatched import ClusterId, State

AT_ONCE: Final = 50
"""Questions that are read, placed and kept in one go, in some tenths of a second."""
_NEVER: Final = -1
"""A version of the knowledge before all: a cluster that nobody has asked it about."""
EXAMPLES: Final = 5
"""Questions of a cluster that a new one is compared with, the latest that still have words."""


@dataclass(slots=True)
class Gists:
    """What questions are about, as long as their words are there. Not shared between threads."""

    knowledge: Knowledge | None = None
    read: dict[QueryId, Gist] = field(default_factory=dict)

    def forget_all_but(self, ids: Set[QueryId]) -> None:
        """Holds no other questions than these."""
        self.read = {query: gist for query, gist in self.read.items() if query in ids}

    def renew(self, tx: Tx, knowledge: Knowledge, ids: Set[QueryId]) -> None:
        """Holds these questions, as this knowledge sees them, and no others."""
        if knowledge is not self.knowledge:
            self.knowledge, self.read = knowledge, {}
        self.forget_all_but(ids)
        for query, text in queries.words(tx, ids - self.read.keys()).items():
            gist = clustering.read(knowledge, without_labels(text))
            if gist is not None:
                self.read[query] = gist


@dataclass(frozen=True, slots=True)
class Placed:
    """A new question, where it belongs."""

    query: QueryId
    group: int | None
    """Of the groups there are, or the number of one that it founds; None: it has no words to compare."""
    known: EntryId | None
    """What a search answered it with already when it was asked."""
    is_answered_since: bool = False
    """Whether the knowledge has come to answer it before it was put anywhere."""


def gather(database: Database, knowledge: Knowledge, gists: Gists, now: datetime) -> int:
    """Puts questions that came since the last time into clusters, at most `AT_ONCE`; how many."""
    with database.read() as tx:
        new = _new(tx)
        if not new:
            gists.forget_all_but(queries.worded(tx, gists.read.keys()))
            return 0
        examples, version = _examples(tx), known.version(tx)
        gists.renew(tx, knowledge, {*new, *(each for _, ids in examples for each in ids)})
        words, overtaken = queries.words(tx, new), _overtaken(tx, new)
    placed = _placed(knowledge, gists, [ids for _, ids in examples], words, overtaken)
    groups: dict[int, ClusterId] = {number: cluster for number, (cluster, _) in enumerate(examples)}
    with database.write() as tx:
        taken = queries.take_to_gather(tx, words.keys())
        for each in placed:
            if each.query in taken:
                _keep(tx, each, groups, version, now)
    return len(taken)


def _new(tx: Tx) -> list[QueryId]:
    """Unmatched questions with words that were not looked at yet, the oldest first."""
    oldest = sa.select(asked.c.id).where(UNGATHERED).order_by(asked.c.id).limit(AT_ONCE)
    return [QueryId(each) for each in tx.connection.scalars(oldest)]


def _overtaken(tx: Tx, new: Sequence[QueryId]) -> frozenset[QueryId]:
    """Those that a search found nothing for, and since whose asking the knowledge has changed."""
    latest = known.latest(tx)
    if latest is None:
        return frozenset()
    in_vain = sa.and_(asked.c.outcome == Outcome.NONE.value, asked.c.resident_id.is_not(None))
    before = sa.and_(asked.c.id.in_(new), in_vain, asked.c.verdict.is_(None), asked.c.asked_at <= latest[1])
    return frozenset(map(QueryId, tx.connection.scalars(sa.select(asked.c.id).where(before))))


def _examples(tx: Tx) -> list[tuple[ClusterId, list[QueryId]]]:
    """The latest questions of each cluster that still have words."""
    oldest = queries.oldest_worded(tx)
    worded = sa.select(clustered.c.query_id).join(asked).where(asked.c.text.is_not(None)).correlate(clusters)
    latest = worded.where(clustered.c.cluster_id == clusters.c.id, clustered.c.query_id >= oldest)
    nth = latest.order_by(clustered.c.query_id.desc()).offset(EXAMPLES - 1).limit(1).scalar_subquery()
    # The first that counts is found by a few steps back from the end of each cluster, however many are in it.
    since = sa.select(clusters.c.id, sa.func.coalesce(nth, oldest).label("first")).subquery()
    latest_of = sa.and_(clustered.c.cluster_id == since.c.id, clustered.c.query_id >= since.c.first)
    rows = tx.connection.execute(
        sa.select(clustered.c.cluster_id, clustered.c.query_id)
        .join(since, latest_of)
        .order_by(clustered.c.cluster_id, clustered.c.query_id)
    ).all()
    having = queries.worded(tx, [QueryId(row.query_id) for row in rows])
    found: dict[ClusterId, list[QueryId]] = {}
    for cluster, query in rows:
        if query in having:
            found.setdefault(ClusterId(cluster), []).append(QueryId(query))
    return list(found.items())


def _placed(
    knowledge: Knowledge,
    gists: Gists,
    examples: Iterable[Sequence[QueryId]],
    words: dict[QueryId, str],
    overtaken: Set[QueryId],
) -> list[Placed]:
    groups = [[gists.read[each] for each in ids if each in gists.read] for ids in examples]
    comparable = [query for query in words if query in gists.read]
    found = clustering.place(groups, [gists.read[query] for query in comparable])
    group_of = dict(zip(comparable, found, strict=True))
    made = []
    for query, text in words.items():
        group, answer, late = group_of.get(query), _answer(knowledge, text), query in overtaken
        made.append(Placed(query, group, None if late else answer, late and answer is not None))
    return made


def _answer(knowledge: Knowledge, text: str) -> EntryId | None:
    """The entry that a search gives as the answer; one that only names a counter is none."""
    found = knowledge.search(without_labels(text))
    if found.outcome is not Outcome.ANSWER or found.matches[0].entry.kind is Kind.SIGNPOST:
        return None
    return found.matches[0].entry.id


def _keep(tx: Tx, placed: Placed, groups: dict[int, ClusterId], version: int, now: datetime) -> None:
    """A process of an earlier version may have kept it, and people may have merged the cluster."""
    mine = clustered.c.query_id == placed.query
    row = {"query_id": placed.query, "known_entry": placed.known}
    if unless_there(tx, clustered, row) is None or placed.group is None:
        return
    if placed.group not in groups:
        groups[placed.group] = _found(tx, version, now)
    cluster = unmatched.present(tx, groups[placed.group])
    tx.connection.execute(clustered.update().where(mine).values(cluster_id=cluster))
    this = clusters.c.id == cluster
    again = sa.and_(this, clusters.c.state == State.ANSWERED.value)
    tx.connection.execute(clusters.update().where(again).values(state=State.OPEN.value))
    if placed.is_answered_since:
        tx.connection.execute(clusters.update().where(this).values(looked=_NEVER))


def _found(tx: Tx, version: int, now: datetime) -> ClusterId:
    values = {"version": 1, "state": State.OPEN.value, "looked": version, "made_at": now}
    made = tx.connection.execute(clusters.insert().values(values)).inserted_primary_key
    assert made is not None
    return ClusterId(made[0])


# What the knowledge answers by now -----------------------------------------------------------------


def settle(database: Database, knowledge: Knowledge, now: datetime) -> int:
    """Looks at open clusters that the present knowledge was not asked about, at most `AT_ONCE`; at how many.

    A cluster is settled where a search gives one and the same entry as the answer to all of its latest questions, and
    gave it to none of them before. Who asked to be told is told.
    """
    with database.read() as tx:
        version = known.version(tx)
        looked = _not_asked_about(tx, version)
        by_now = [(cluster, _answer_by_now(tx, knowledge, cluster)) for cluster in looked]
    if not looked:
        return 0
    with database.write() as tx:
        tx.connection.execute(clusters.update().where(clusters.c.id.in_(looked)).values(looked=version))
        for cluster, entry in by_now:
            if entry is not None:
                told.tell(tx, unmatched.answered(tx, cluster, entry, now), entry, now)
    return len(looked)


def _not_asked_about(tx: Tx, version: int) -> list[ClusterId]:
    stale = sa.and_(clusters.c.state == State.OPEN.value, clusters.c.looked < version)
    some = sa.select(clusters.c.id).where(stale, clusters.c.merged_into.is_(None)).order_by(clusters.c.id)
    return [ClusterId(each) for each in tx.connection.scalars(some.limit(AT_ONCE))]


def _answer_by_now(tx: Tx, knowledge: Knowledge, cluster: ClusterId) -> EntryId | None:
    waiting = sa.and_(clustered.c.cluster_id == cluster, clustered.c.settled_at.is_(None))
    latest = (
        sa.select(clustered.c.query_id, clustered.c.known_entry, asked.c.verdict, asked.c.entry_id)
        .join(asked, asked.c.id == clustered.c.query_id)
        .where(waiting, asked.c.text.is_not(None))
        .order_by(clustered.c.query_id.desc())
        .limit(EXAMPLES)
    )
    rows = tx.connection.execute(latest).all()
    before = {row.known_entry for row in rows}
    before |= {row.entry_id for row in rows if row.verdict == Verdict.DID_NOT_HELP}
    texts = queries.words(tx, [QueryId(row.query_id) for row in rows])
    answers = {_answer(knowledge, text) for text in texts.values()}
    return answers.pop() if len(answers) == 1 and not answers & before else None
