"""From a question that nobody could answer to an answer that everybody gets, as residents and staff live it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from bot import talking, telling
from bot.city import LiveCity, Sayings
from bot.due import Due
from faq.models import EntryId, FaqEntry, Kind, Provenance, Status, Tone
from handlers.turn import Reply
from store import history, knowledge, proposals, ripples, unmatched
from store.db import Database
from store.notices import Notice
from store.proposals import (
    AuthorCannotApprove,
    Change,
    NeedsApprover,
    NotReplayedYet,
    Proposal,
    ProposalId,
    Refusal,
    State,
)
from store.residents import ResidentId
from store.sight import Role, Viewer
from store.tables import clusters
from store.unmatched import Cluster, ClusterId
from tests.conftest import NOON
from tests.dialogue import Speaker, hold
from tests.store.editors import editor, made

QUESTION = "ラジコン飛行機を飛ばせる場所"
ASK, ASKED = "答えが決まったら知らせて", "承りました。"
ANSWER = "公園では飛ばせません。河川敷の専用の場所を、河川課でご案内します。"
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
WRITTEN = FaqEntry(
    id=EntryId("model-airplane"),
    category="公園",
    kind=Kind.FACT,
    tone=Tone.NORMAL,
    question="ラジコン飛行機はどこで飛ばせますか",
    phrasings=(QUESTION,),
    answer=ANSWER,
    section="河川課",
    telephone="096-328-2111",
    link="",
    provenance=Provenance("熊本市", "https://example.jp/", None, date(2026, 11, 24), None, Status.CONFIRMED),
)


class City:
    """Residents who write, staff at their pages, and the clock's chores, over one database."""

    def __init__(self, database: Database, city: LiveCity) -> None:
        self.database, self.city, self.now = database, city, NOON
        self.pushed: list[tuple[ResidentId, Reply]] = []
        self.due = Due(database, city, lambda: self.now, self._fail, self._push)
        with database.write() as tx:
            few = knowledge.all_questions(tx)[:30]  # a replay of all takes half a minute
            knowledge.take_in(tx, few, NOON, replace_all=True)
            self.writer = editor(tx, "書く人", Role.STAFF, None)
            self.chief = editor(tx, "確かめる人", Role.APPROVER, None)

    def _fail(self, _: str, error: Exception) -> None:
        raise error

    def _push(self, _tx: object, notice: Notice, reply: Reply, *_: object) -> None:
        self.pushed.append((notice.resident, reply))

    def resident(self, name: str) -> Speaker:
        speaker = Speaker(self.database, self.city)
        speaker.talk = type(speaker.talk).of(self.database, self.city, name, self.now)
        return speaker

    def passes(self, time: timedelta) -> None:
        self.now += time
        self.due.catch_up(self.now)

    def inbox(self) -> list[Cluster]:
        """The open clusters that the writer sees."""
        with self.database.read() as tx:
            numbers = tx.connection.scalars(sa.select(clusters.c.id))
            found = [unmatched.find(tx, self.writer, ClusterId(number)) for number in numbers]
        return [each for each in found if each is not None and each.state is unmatched.State.OPEN]

    def does(self, act: Callable[..., Proposal | Refusal], *arguments: object) -> Proposal | Refusal:
        """What comes of somebody's act, in a transaction of its own."""
        with self.database.write() as tx:
            return act(tx, *arguments, self.now)

    def approves(self, by: Viewer, proposal: ProposalId, at: object = None) -> Proposal | Refusal:
        """As the page does: with what is known of the replay."""
        with self.database.write() as tx:
            mine = proposals.find(tx, by, proposal)
            assert mine is not None
            return proposals.approve(tx, by, mine.id, mine.version, at, ripples.floor(tx, mine), self.now)

    def replays(self) -> None:
        """Time passes until what waits for approval is replayed."""
        for _ in range(500):
            self.now += 2 * SECOND
            self.due.ripple(self.now)
            with self.database.read() as tx:
                waiting = proposals.listed(tx, self.chief, [State.SUBMITTED], 10)
                found = [proposals.find(tx, self.chief, each.id) for each in waiting]
                if all(each and isinstance(ripples.state(tx, each), ripples.Rippled) for each in found):
                    return
        pytest.fail("it is never replayed to its end")


@pytest.fixture
def kumamoto(database: Database, city: LiveCity) -> City:
    return City(database, city)


def test_from_a_question_without_an_answer_to_who_asked_being_told(
    kumamoto: City, database: Database, sayings: Sayings
) -> None:
    waits, does_not = kumamoto.resident("waits"), kumamoto.resident("does-not")
    other_process = LiveCity(sayings)
    with database.read() as tx:
        other_process.current(tx)
    hold(waits, [(QUESTION, ASK), (f">{ASK}", ASKED)])
    hold(does_not, [(QUESTION, ASK)])
    kumamoto.passes(MINUTE)
    (cluster,) = kumamoto.inbox()
    assert cluster.count == 2

    writer, chief = kumamoto.writer, kumamoto.chief
    written = Change("faq", WRITTEN.id, None, WRITTEN)
    mine = made(kumamoto.does(proposals.draft, writer, [written], "2人が尋ねました", cluster.id))
    made(kumamoto.does(proposals.submit, writer, mine.id, 1))
    assert kumamoto.approves(writer, mine.id) == NeedsApprover()
    assert kumamoto.approves(chief, mine.id) == NotReplayedYet()
    kumamoto.replays()
    assert made(kumamoto.approves(chief, mine.id)).state is State.APPROVED
    too_early = talking.ask(database, kumamoto.city, QUESTION, kumamoto.now)
    assert ANSWER not in telling.text(too_early.routed.reply)

    kumamoto.passes(MINUTE)
    ((told, reply),) = kumamoto.pushed
    assert told == waits.talk.resident
    assert ANSWER in telling.text(reply)
    assert kumamoto.inbox() == []
    assert ANSWER in does_not.hears(QUESTION)
    elsewhere = Speaker(database, other_process)
    assert ANSWER in elsewhere.hears(QUESTION)
    kumamoto.passes(MINUTE)
    assert len(kumamoto.pushed) == 1, "each is told once"
    with database.read() as tx:
        (edition,) = history.recent(tx, chief, 10)
    assert (edition.by_shown, edition.approved_by_shown) == ("書く人", "確かめる人")
    assert edition.proposal == mine.id


def test_what_is_published_is_answered_and_what_is_taken_back_is_not(
    kumamoto: City, database: Database
) -> None:
    """An approver's own entry waits for another approver; its way back goes the same way."""
    resident = kumamoto.resident("hana")
    with database.write() as tx:
        deputy = editor(tx, "代理", Role.APPROVER, None)

    def publish(change: Change) -> None:
        mine = made(kumamoto.does(proposals.draft, kumamoto.chief, [change], "試し", None))
        made(kumamoto.does(proposals.submit, kumamoto.chief, mine.id, 1))
        assert kumamoto.approves(kumamoto.chief, mine.id) == AuthorCannotApprove()
        kumamoto.replays()
        made(kumamoto.approves(deputy, mine.id, kumamoto.now + 10 * MINUTE))
        kumamoto.passes(9 * MINUTE)
        with database.read() as tx:
            assert proposals.totals(tx, deputy)[State.APPROVED] == 1, "its time has not come"
        kumamoto.passes(2 * MINUTE)

    publish(Change("faq", WRITTEN.id, None, WRITTEN))
    assert ANSWER in resident.hears(QUESTION)
    publish(Change("faq", WRITTEN.id, WRITTEN, replace(WRITTEN, answer="河川課にお尋ねください。")))
    assert "河川課にお尋ねください。" in resident.hears(QUESTION)
    publish(Change("faq", WRITTEN.id, replace(WRITTEN, answer="河川課にお尋ねください。"), None))
    assert "河川課にお尋ねください。" not in resident.hears(QUESTION)
