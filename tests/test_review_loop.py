"""The whole loop: a question that nobody can answer, its review, its approval, and the answer for everybody."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.city import LiveCity
from bot.talking import Talk
from bot.telling import text
from faq.models import Answerer, EntryId, FaqEntry, Kind, LabelledQuestion, Provenance, Status, Tone
from store import knowledge, proposals, ripples, told
from store.db import Database
from store.proposals import HOLDS, AuthorCannotApprove, ClusterId, Proposal, ProposalId, State
from store.ripples import Rippled
from store.sight import Role, Viewer
from store.tables import clusters
from tests.conftest import NOON
from tests.dialogue import Speaker, hold
from tests.store.editors import change, editor, made

ASK = "答えが決まったら知らせて"
QUESTION = "ラジコン飛行機を飛ばせる場所"
ENTRY = FaqEntry(
    id=EntryId("model-aircraft"),
    category="公園",
    kind=Kind.FACT,
    tone=Tone.NORMAL,
    question="模型飛行機を飛ばしてよい場所",
    phrasings=(QUESTION,),
    answer="試しの広場で飛ばせます。",
    section="試しの公園課",
    telephone="096-328-2111",
    link="",
    provenance=Provenance("試しの条例", "https://example.jp/", None, None, None, Status.CONFIRMED),
)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def resident(database: Database, city: LiveCity) -> Speaker:
    label = LabelledQuestion("trial", "犬の登録", EntryId("dog-registration"), 2, Answerer.QUESTION)
    with database.write() as tx:
        knowledge.take_in(tx, [label], NOON, replace_all=True)
    speaker = Speaker(database, city)
    speaker.talk = Talk.of(database, city, "resident", NOON, keeps_time=True)
    return speaker


def test_from_a_question_without_an_answer_to_the_resident_who_is_told(
    database: Database, city: LiveCity, resident: Speaker
) -> None:
    other = Speaker(database, city)
    other.talk = Talk.of(database, city, "other", NOON)
    hold(other, [(QUESTION, "お答えが見つかりませんでした")])
    hold(resident, [(QUESTION, "お答えが見つかりませんでした"), (f">{ASK}", "承りました。")])

    resident.talk.let_pass(MINUTE)
    with database.read() as tx:
        (cluster,) = tx.connection.scalars(sa.select(clusters.c.id)).all()

    mine, hana = proposed(database, ClusterId(cluster))
    while not isinstance(replayed(database, hana, mine), Rippled):
        resident.talk.let_pass(MINUTE)
    approved(database, hana, mine)
    assert resident.talk.let_pass(MINUTE) == ()

    (answer,) = map(text, resident.talk.let_pass(HOUR))
    assert "以前いただいたご質問の答えが決まりました" in answer
    assert "試しの広場で飛ばせます。" in answer
    assert "出典：試しの条例" in answer
    assert resident.talk.let_pass(MINUTE) == ()
    with database.read() as tx:
        assert told.of_resident(tx, resident.talk.resident) == ()
        published = proposals.find(tx, hana, mine)
    assert published is not None
    assert published.state is State.PUBLISHED
    hold(other, [(QUESTION, "試しの広場で飛ばせます。")])


def proposed(database: Database, cluster: ClusterId) -> tuple[ProposalId, Viewer]:
    """A new entry for the cluster, handed in."""
    with database.write() as tx:
        hana = editor(tx, "hana", Role.APPROVER)
        mine = made(proposals.draft(tx, hana, [change(None, ENTRY)], "よく尋ねられます", cluster, NOON))
        made(proposals.submit(tx, hana, mine.id, mine.version, NOON))
    return mine.id, hana


def replayed(database: Database, who: Viewer, mine: ProposalId) -> ripples.Replay:
    with database.read() as tx:
        found = proposals.find(tx, who, mine)
        assert found is not None
        return ripples.state(tx, found)


def approved(database: Database, hana: Viewer, mine: ProposalId) -> None:
    """By a second person, since the floor holds; to be published an hour later."""
    later = NOON + HOUR
    with database.write() as tx:
        found = proposals.find(tx, hana, mine)
        assert isinstance(found, Proposal)
        floor = ripples.floor(tx, found)
        assert floor is HOLDS
        assert proposals.approve(tx, hana, mine, found.version, later, floor, NOON) == AuthorCannotApprove()
        chief = editor(tx, "chief", Role.APPROVER, None)
        made(proposals.approve(tx, chief, mine, found.version, later, floor, NOON))
