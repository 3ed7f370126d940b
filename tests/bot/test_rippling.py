"""The replay as a chore: in pieces, begun anew or gone on with after a kill, and kept from nobody's way."""

import itertools
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import rippling
from bot.rippling import Rippling
from faq import ripple
from faq.models import Answerer, LabelledQuestion
from store import knowledge, proposals, ripples
from store.db import Database
from store.proposals import Proposal
from store.ripples import Rippled, Running, Waiting
from store.tables import proposal_changes
from store.tables import proposals as proposals_table
from tests.conftest import NOON
from tests.faq.town import DOG
from tests.store.editors import ENTRY, editor, submitted

LABELS = [
    LabelledQuestion(f"trial-{number}", f"試しの税の期限{number}", ENTRY.id, 2, Answerer.QUESTION)
    for number in range(5)
]

HOUR = timedelta(hours=1)


@pytest.fixture
def mine(database: Database) -> Proposal:
    """A new entry, handed in where one entry and five labelled questions are known."""
    with database.write() as tx:
        knowledge.take_in(tx, [DOG], NOON, replace_all=True)
        knowledge.take_in(tx, LABELS, NOON, replace_all=True)
        return submitted(tx, editor(tx, "hana"))


@pytest.fixture
def process(database: Database, city) -> Callable[[], Rippling]:
    """Processes whose clock is at the end of a piece after each question."""
    return lambda: Rippling(database, city.known, itertools.count(step=rippling.PIECE).__next__)


def state(database: Database, mine: Proposal) -> ripples.Replay:
    with database.read() as tx:
        return ripples.state(tx, mine)


def test_a_question_a_piece_where_each_takes_that_long(database, process, mine) -> None:
    one = process()
    assert state(database, mine) == Waiting()
    for done in range(1, 6):
        assert one.step(NOON)
        assert state(database, mine) == Running(done, 5)
    assert one.step(NOON)
    assert isinstance(state(database, mine), Rippled)
    assert not one.step(NOON)


def test_after_a_kill_it_goes_on_where_it_was(database, process, mine) -> None:
    for _ in range(5):
        process().step(NOON)
    assert state(database, mine) == Running(5, 5)
    process().step(NOON)
    found = state(database, mine)
    assert isinstance(found, Rippled)
    assert found.after.questions == 5


def test_half_way_the_knowledge_changes(database, process, mine) -> None:
    one = process()
    one.step(NOON)
    with database.write() as tx:
        knowledge.take_in(tx, [replace(DOG, answer="別の答え。")], NOON)
    assert state(database, mine) == Waiting()
    one.step(NOON)
    assert state(database, mine) == Running(1, 5)


def test_what_is_known_of_before_is_not_asked_again(database, city, mine, monkeypatch) -> None:
    asked: list[str] = []
    find = ripple.find
    monkeypatch.setattr(ripple, "find", lambda known, text: asked.append(text) or find(known, text))
    one = Rippling(database, city.known, lambda: 0.0)
    while one.step(NOON):
        pass
    assert len(asked) == 10
    with database.write() as tx:
        submitted(tx, editor(tx, "taro"))
    while one.step(NOON):
        pass
    assert len(asked) == 15
    with database.write() as tx:
        knowledge.take_in(tx, [replace(DOG, answer="別の答え。")], NOON)
    while one.step(NOON):
        pass
    assert len(asked) == 30


def test_one_that_cannot_be_read_does_not_keep_the_others_waiting(database, process, mine, caplog) -> None:
    with database.write() as tx:
        other = submitted(tx, editor(tx, "taro"))
        tx.connection.execute(
            sa.update(proposals_table).where(proposals_table.c.id == mine.id).values(changed_at=NOON - HOUR)
        )
        broken = sa.update(proposal_changes).where(proposal_changes.c.proposal_id == other.id)
        tx.connection.execute(broken.values(after={"id": ""}))
    one = process()
    with caplog.at_level(logging.WARNING):
        for _ in range(10):
            one.step(NOON)
    assert f"proposal {other.id} was written by another version" in caplog.text
    assert isinstance(state(database, mine), Rippled)


def test_while_what_is_new_is_taken_up_it_waits(database, city, mine) -> None:
    with database.read() as tx:
        before = city.known(tx)
    with database.write() as tx:
        knowledge.take_in(tx, [replace(DOG, answer="別の答え。")], NOON)
    one = Rippling(database, lambda _: before)
    assert not one.step(NOON)
    assert state(database, mine) == Waiting()


def test_withdrawn_it_is_left(database, process, mine) -> None:
    one = process()
    one.step(NOON)
    with database.write() as tx:
        by = editor(tx, "taro")
        proposals.withdraw(tx, replace(by, account=mine.by), mine.id, mine.version, NOON + HOUR)
    assert not one.step(NOON)
