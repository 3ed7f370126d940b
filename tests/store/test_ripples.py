"""What a proposal does to the answers, kept for the version that was replayed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from faq import ripple
from faq.altered import altered
from faq.models import Answerer, EntryId, LabelledQuestion, Outcome
from faq.ripple import Effect
from faq.search import Knowledge
from faq.worth import Shown, Tally
from store import erasure, knowledge, proposals, queries, replaying, ripples
from store.audit import ByResident
from store.db import Tx
from store.proposals import HOLDS, NOT_YET, Broken, Proposal
from store.queries import Query
from store.replaying import Position
from store.residents import ResidentId
from store.ripples import NOTHING, Rippled, Running, Waiting
from store.sight import Role, Viewer
from tests.conftest import NOON
from tests.faq.town import DOG
from tests.store.editors import ENTRY, LATER, NEW, WHY, change, drafted, editor, made, submitted

HOUR = timedelta(hours=1)
LABELS = [
    LabelledQuestion("trial-1", "試しの税の期限", ENTRY.id, 2, Answerer.QUESTION),
    LabelledQuestion("trial-2", "試しの税はいつまでに納めますか", None, 0, Answerer.NONE),
]
NOWHERE = Shown(Outcome.NONE, ())
THERE = Shown(Outcome.ANSWER, (ENTRY.id,))


@pytest.fixture
def hana(tx: Tx) -> Viewer:
    return editor(tx, "hana")


@pytest.fixture(autouse=True)
def little_known(tx: Tx) -> None:
    """One entry and two labelled questions in place of the hundreds that ship."""
    knowledge.take_in(tx, [DOG], NOON, replace_all=True)
    knowledge.take_in(tx, LABELS, NOON, replace_all=True)


def replayed(tx: Tx, mine: Proposal, most: int = 500) -> list[int]:
    """Replays to the end; how many questions each piece had."""
    version = knowledge.version(tx)
    known = Knowledge.of(knowledge.prepared_entries(tx), knowledge.all_synonyms(tx))
    after = altered(known, ripples.entries_after(mine), ripples.synonyms_after(mine))
    labels = ripple.labelled(ripples.labels_after(tx, mine))
    at: Position | None = replaying.begin(tx, mine.id, mine.version, version, len(labels), NOON)
    pieces = []
    while at is not None and isinstance(ripples.state(tx, mine), Running):
        asked = replaying.questions(tx, at, labels, most)
        pieces.append(len(asked))
        at = replaying.advance(tx, at, list(ripple.replay(known, after, asked)), NOON)
    return pieces


def asks(tx: Tx, resident: ResidentId, text: str) -> None:
    queries.record(tx, resident, Query(text, "question", "none"), NOON, channel="LINE", message_ids=())


def shown(tx: Tx, mine: Proposal, effect: Effect) -> Sequence[tuple[str, Shown, Shown]]:
    return [(each.question.text, each.before, each.after) for each in ripples.flips(tx, mine, effect, 100)]


def test_what_a_new_entry_does(tx: Tx, hana: Viewer, hanako: ResidentId) -> None:
    asks(tx, hanako, "試しの税の期限")
    asks(tx, hanako, "ぺんぎん")
    mine = submitted(tx, hana)
    assert ripples.state(tx, mine) == Waiting()
    assert ripples.floor(tx, mine) is NOT_YET
    replayed(tx, mine)
    found = ripples.state(tx, mine)
    assert isinstance(found, Rippled)
    assert (found.before, found.after) == (Tally(2, 1), Tally(2, 1, 1, 1, 1, 1))
    assert found.replayed == 2
    assert found.flips == {Effect.BETTER: 1, Effect.WORSE: 1, Effect.NEWLY: 1}
    assert shown(tx, mine, Effect.BETTER) == [("試しの税の期限", NOWHERE, THERE)]
    assert shown(tx, mine, Effect.WORSE) == [("試しの税はいつまでに納めますか", NOWHERE, THERE)]
    assert shown(tx, mine, Effect.NEWLY) == [("試しの税の期限", NOWHERE, THERE)]


def test_below_the_floor_it_takes_a_reason(tx: Tx, hana: Viewer) -> None:
    mine = submitted(tx, hana)
    replayed(tx, mine)
    assert ripples.floor(tx, mine) == Broken(None)
    assert ripples.floor(tx, mine, "市の新しい税です") == Broken("市の新しい税です")


def test_the_floor_holds_with_a_label_that_comes_along(tx: Tx, hana: Viewer) -> None:
    known = LABELS[1]
    label = replace(known, faq_id=ENTRY.id, relevance=2, handler=Answerer.QUESTION)
    relabelled = (change(known, None, "questions"), change(None, label, "questions"))
    mine = submitted(tx, hana, NEW, *relabelled)
    replayed(tx, mine)
    assert ripples.floor(tx, mine) is HOLDS
    assert len(shown(tx, mine, Effect.BETTER)) == 2


def test_what_no_search_reads_ripples_nowhere(tx: Tx, hana: Viewer) -> None:
    mine = submitted(tx, hana, change(LABELS[0], None, "questions"))
    assert ripples.state(tx, mine) == NOTHING
    assert ripples.floor(tx, mine) is HOLDS
    assert replaying.next_up(tx, knowledge.version(tx)) is None


def test_in_pieces_with_progress(tx: Tx, hana: Viewer, hanako: ResidentId) -> None:
    for text in ("ぺんぎん", "試しの税の期限", "たこあげ"):
        asks(tx, hanako, text)
    mine = submitted(tx, hana)
    assert replayed(tx, mine, most=1) == [1, 1, 1, 1, 1, 0]
    at_once = ripples.state(tx, mine)
    replayed(tx, mine)
    assert ripples.state(tx, mine) == at_once


def test_a_piece_that_was_done_elsewhere_is_not_kept_twice(tx: Tx, hana: Viewer) -> None:
    mine = submitted(tx, hana)
    at = replaying.begin(tx, mine.id, mine.version, knowledge.version(tx), 2, NOON)
    known = Knowledge.of(())
    piece = list(ripple.replay(known, known, ripple.labelled(LABELS)[:1]))
    assert replaying.advance(tx, at, piece, NOON) is not None
    assert replaying.advance(tx, at, piece, NOON) is None
    assert ripples.state(tx, mine) == Running(1, 2)
    there = replaying.position(tx, mine.id, mine.version, knowledge.version(tx))
    assert there is not None
    assert (there.done, there.label, there.before.questions) == (1, "trial-1", 1)


def test_another_version_of_it_is_replayed_anew(tx: Tx, hana: Viewer) -> None:
    mine = drafted(tx, hana)
    replayed(tx, mine)
    other = made(proposals.revise(tx, hana, mine.id, mine.version, [change(None, LATER)], WHY, NOON))
    assert ripples.state(tx, other) == Waiting()
    assert replaying.next_up(tx, knowledge.version(tx)) == mine.id


def test_another_version_of_the_knowledge_too_until_it_is_decided(tx: Tx, hana: Viewer) -> None:
    mine = submitted(tx, hana)
    replayed(tx, mine)
    knowledge.take_in(
        tx, [replace(ENTRY, id=EntryId("trial-other"), question="別の試し", phrasings=())], NOON
    )
    assert ripples.state(tx, mine) == Waiting()
    replayed(tx, mine)
    admin = editor(tx, "admin", Role.ADMIN, None)
    decided = made(
        proposals.approve(tx, admin, mine.id, mine.version, None, ripples.floor(tx, mine, "試し"), NOON)
    )
    before = ripples.state(tx, decided)
    assert isinstance(before, Rippled)
    knowledge.take_in(tx, [replace(ENTRY, id=EntryId("trial-third"), question="三つ目", phrasings=())], NOON)
    assert ripples.state(tx, decided) == before
    assert replaying.next_up(tx, knowledge.version(tx)) is None


def test_what_somebody_is_to_approve_comes_first(tx: Tx, hana: Viewer) -> None:
    version = knowledge.version(tx)
    handed_in, draft = submitted(tx, hana), drafted(tx, hana)
    assert replaying.next_up(tx, version) == handed_in.id
    assert replaying.next_up(tx, version, (handed_in.id,)) == draft.id
    replayed(tx, handed_in)
    assert replaying.next_up(tx, version) == draft.id


def test_who_is_erased_leaves_a_count(tx: Tx, hana: Viewer, hanako: ResidentId) -> None:
    asks(tx, hanako, "試しの税の期限")
    mine = submitted(tx, hana)
    replayed(tx, mine)
    erasure.erase(tx, hanako, ByResident(hanako), NOON)
    found = ripples.state(tx, mine)
    assert isinstance(found, Rippled)
    assert found.flips[Effect.NEWLY] == 1
    assert shown(tx, mine, Effect.NEWLY) == []


def test_no_word_of_a_resident_is_kept(tx: Tx, hana: Viewer, hanako: ResidentId) -> None:
    asks(tx, hanako, "試しの税の期限")
    mine = submitted(tx, hana)
    replayed(tx, mine)
    for table in ("ripples", "ripple_flips"):
        assert "期限" not in str(tx.connection.exec_driver_sql(f"SELECT * FROM {table}").all())
