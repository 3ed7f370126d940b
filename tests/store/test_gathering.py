"""New questions join their like; what the knowledge answers by now is settled."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from faq.index import prepare
from faq.models import EntryId
from store import erasure, gathering, knowledge, queries, residents, unmatched
from store.audit import COMMAND
from store.db import Database
from store.gathering import Gists
from store.queries import Query, QueryId, Verdict
from store.sight import AccountId, Role, Viewer
from store.tables import clustered, clusters
from store.tables import queries as asked
from store.unmatched import State
from tests.conftest import NOON
from tests.faq.town import TOWN, entry
from tests.line import HANAKO, TARO

ADMIN = Viewer(AccountId(1), "管理", Role.ADMIN, None, personal=False)
DRONE = entry("drone", "ドローンを公園で飛ばせますか", "公園では飛ばせません。", "ドローンを飛ばしたい")
BEFORE, LATER = NOON - timedelta(minutes=1), NOON + timedelta(hours=1)


class Inbox:
    """A database whose residents ask, and the chores of one process."""

    def __init__(self, database: Database) -> None:
        self.database, self.gists, self.town = database, Gists(), TOWN

    def ask(
        self,
        text: str,
        who: str = HANAKO,
        outcome: str = "none",
        entry: str | None = None,
        at: datetime = NOON,
    ) -> QueryId:
        asked = Query(text, "question", outcome, entry and EntryId(entry))
        with self.database.write() as tx:
            resident = residents.meet(tx, who, NOON).id
            return queries.record(tx, resident, asked, at, channel="LINE", message_ids=[text])

    def gather(self) -> list[list[QueryId]]:
        """The clusters there are afterwards, as the questions in them."""
        while gathering.gather(self.database, self.town, self.gists, LATER):
            pass
        return self.groups()

    def groups(self) -> list[list[QueryId]]:
        with self.database.read() as tx:
            rows = tx.connection.execute(
                sa.select(clustered.c.cluster_id, clustered.c.query_id).order_by(clustered.c.query_id)
            )
            found: dict[int, list[QueryId]] = {}
            for cluster, query in rows:
                found.setdefault(cluster, []).append(query)
        return list(found.values())

    def learn(self, *records) -> None:
        """The store knows more, and so does the process."""
        self.town = self.town.with_changed(map(prepare, records))
        with self.database.write() as tx:
            knowledge.take_in(tx, list(records), NOON)

    def settle(self) -> list[tuple[State, str | None]]:
        """The clusters afterwards."""
        while gathering.settle(self.database, self.town, LATER):
            pass
        with self.database.read() as tx:
            ids = tx.connection.scalars(sa.select(clusters.c.id).order_by(clusters.c.id)).all()
            found = [unmatched.find(tx, ADMIN, unmatched.ClusterId(each)) for each in ids]
        return [(each.state, each.entry) for each in found if each]


@pytest.fixture
def inbox(database: Database) -> Inbox:
    return Inbox(database)


def test_questions_that_ask_the_same_come_together(inbox: Inbox) -> None:
    drone, mayor = inbox.ask("ドローンを公園で飛ばしたい"), inbox.ask("市長に会いたい")
    assert inbox.gather() == [[drone], [mayor]]
    again = inbox.ask("公園でドローンを飛ばせますか", TARO)
    assert inbox.gather() == [[drone, again], [mayor]]


def test_what_did_not_help_and_none_of_these_come_in_when_they_are_judged(inbox: Inbox) -> None:
    first, second = inbox.ask("ドローン", outcome="answer", entry="dog"), inbox.ask("市長", outcome="choose")
    third = inbox.ask("図書館の本", outcome="answer", entry="library")
    assert inbox.gather() == []
    with inbox.database.write() as tx:
        queries.judge(tx, first, Verdict.DID_NOT_HELP)
        queries.judge(tx, second, Verdict.NONE_OF_THESE)
        queries.judge(tx, third, Verdict.HELPED)
    assert inbox.gather() == [[first], [second]]


def test_what_an_operator_found_no_answer_to_comes_in(inbox: Inbox) -> None:
    with inbox.database.write() as tx:
        call = queries.record_of_nobody(tx, Query("ドローン", "call", "none"), NOON, channel="phone")
    mine = inbox.ask("ドローンについて")
    assert inbox.gather() == [[call, mine]]


def test_a_question_without_words_to_compare_is_looked_at_once(inbox: Inbox) -> None:
    inbox.ask("？？？")
    inbox.gather()
    with inbox.database.read() as tx:
        assert tx.connection.execute(sa.select(clustered.c.cluster_id)).all() == [(None,)]


def test_several_processes_share_the_work(inbox: Inbox) -> None:
    """Both have read before either has written."""
    query = inbox.ask("ドローンを飛ばしたい")
    with inbox.database.read() as tx:
        assert gathering._new(tx) == [query]
    for taken in ({query}, set()):
        with inbox.database.write() as tx:
            assert queries.take_to_gather(tx, [query]) == taken


def test_what_an_earlier_program_gathered_is_gathered_no_second_time(inbox: Inbox) -> None:
    query = inbox.ask("ドローンを飛ばしたい")
    inbox.gather()
    with inbox.database.write() as tx:
        tx.connection.execute(asked.update().values(gathered=False))
    assert inbox.gather() == [[query]]
    with inbox.database.read() as tx:
        assert gathering._new(tx) == []
        assert len(tx.connection.execute(sa.select(clusters.c.id)).all()) == 1


def test_who_is_being_erased_is_not_waited_for(postgres: Database) -> None:
    inbox = Inbox(postgres)
    held, free = inbox.ask("ドローンを飛ばしたい"), inbox.ask("市長に会いたい", TARO)
    with postgres.write() as erasing:
        erasing.connection.execute(asked.update().where(asked.c.id == held).values(text=None))
        assert inbox.gather() == [[free]]
    assert inbox.gather() == [[free]]


def test_what_others_asked_is_an_example_also_behind_many_who_left(inbox: Inbox) -> None:
    first = inbox.ask("ドローンを飛ばしたい")
    for _ in range(21):
        inbox.ask("ドローンを飛ばしたい", TARO)
    inbox.gather()
    with inbox.database.write() as tx:
        erasure.erase(tx, residents.meet(tx, TARO, NOON).id, COMMAND, NOON)
    again = inbox.ask("ドローンを飛ばしたい")
    (group,) = inbox.gather()
    assert {first, again} < set(group)


def test_an_erased_resident_is_still_counted_and_compared_with_no_more(inbox: Inbox) -> None:
    first = inbox.ask("ドローンを飛ばしたい")
    inbox.gather()
    with inbox.database.write() as tx:
        erasure.erase(tx, residents.meet(tx, HANAKO, NOON).id, COMMAND, NOON)
    inbox.gather()
    assert inbox.gists.read == {}, "nor is anything of them kept in memory"
    second = inbox.ask("ドローンを飛ばしたい", TARO)
    assert inbox.gather() == [[first], [second]]


def test_nothing_of_the_words_is_kept_in_clear(inbox: Inbox) -> None:
    inbox.ask("ドローンを飛ばしたい")
    inbox.gather()
    with inbox.database.read() as tx:
        for table in (clusters, clustered):
            for row in tx.connection.execute(sa.select(table)):
                assert "ドローン" not in repr(row)


def test_its_like_stays_out_of_scope(inbox: Inbox) -> None:
    first = inbox.ask("ドローンを飛ばしたい")
    inbox.gather()
    with inbox.database.write() as tx:
        tx.connection.execute(clusters.update().values(state="out_of_scope"))
    second = inbox.ask("ドローンを飛ばしたいのですが", TARO)
    assert inbox.gather() == [[first, second]]
    assert inbox.settle() == [(State.OUT_OF_SCOPE, None)]


def test_what_was_answered_and_is_asked_again_in_vain_is_open_again(inbox: Inbox) -> None:
    inbox.ask("ドローンを飛ばしたい")
    inbox.gather()
    with inbox.database.write() as tx:
        cluster = unmatched.ClusterId(tx.connection.scalar(sa.select(clusters.c.id)))
        unmatched.answered(tx, cluster, EntryId("drone"), NOON)
    inbox.ask("ドローンを飛ばしたいのですが", TARO)
    inbox.gather()
    with inbox.database.read() as tx:
        found = unmatched.find(tx, ADMIN, cluster)
    assert (found.state, found.entry, found.count) == (State.OPEN, "drone", 1), "only the new one waits"


def test_what_the_knowledge_answers_by_now_is_settled(inbox: Inbox) -> None:
    inbox.ask("ドローンを公園で飛ばせますか")
    inbox.ask("公園でドローンを飛ばせますか", TARO)
    inbox.ask("市長に会いたい")
    inbox.gather()
    assert inbox.settle() == [(State.OPEN, None)] * 2
    inbox.learn(DRONE)
    assert inbox.settle() == [(State.ANSWERED, "drone"), (State.OPEN, None)]


@pytest.mark.parametrize(("asked_at", "state"), [(BEFORE, State.ANSWERED), (LATER, State.OPEN)])
def test_what_was_asked_just_before_the_answer_came_is_settled_when_it_is_gathered(
    inbox: Inbox, asked_at: datetime, state: State
) -> None:
    """Of what is asked after it, the knowledge had its say: words alone may find what the talk did not give."""
    inbox.ask("ドローンを公園で飛ばせますか", at=asked_at)
    inbox.learn(DRONE)
    inbox.gather()
    assert inbox.settle() == [(state, "drone" if state is State.ANSWERED else None)]


def test_an_operators_question_is_settled_only_by_what_they_had_not_seen(inbox: Inbox) -> None:
    inbox.learn(DRONE)
    with inbox.database.write() as tx:
        queries.record_of_nobody(tx, Query("ドローンを飛ばしたい", "call", "none"), BEFORE, channel="phone")
    inbox.gather()
    assert inbox.settle() == [(State.OPEN, None)]


def test_an_answer_that_did_not_help_does_not_settle_what_it_did_not_help(inbox: Inbox) -> None:
    inbox.learn(DRONE)
    query = inbox.ask("ドローンを飛ばしたい", outcome="answer", entry="drone")
    with inbox.database.write() as tx:
        queries.judge(tx, query, Verdict.DID_NOT_HELP)
    inbox.gather()
    inbox.learn(entry("other", "スケートボードはどこでできますか", "広場でできます。"))
    assert inbox.settle() == [(State.OPEN, None)]


def test_a_large_backlog_comes_in_bit_by_bit(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.gathering.AT_ONCE", 2)
    asked = [inbox.ask(text) for text in ("ドローン", "市長", "市長", "ドローン", "ドローン")]
    assert gathering.gather(inbox.database, inbox.town, inbox.gists, LATER) == 2
    assert inbox.gather() == [[asked[0], asked[3], asked[4]], [asked[1], asked[2]]]
