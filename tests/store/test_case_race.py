"""Several people act upon one case at once, each in a transaction of their own, on both databases."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

import pytest
import sqlalchemy as sa

from store import (
    case_acts,
    case_answers,
    case_changes,
    case_opening,
    case_saying,
    case_talk,
    cases,
    residents,
)
from store.audit import ByResident
from store.case_answers import In
from store.case_opening import MOST
from store.case_refusals import AlreadyClosed, Changed, Gone, TakenBy, TooMany
from store.case_talk import EntryKind
from store.cases import Case, CaseId, State
from store.db import Database, Tx
from store.tables import cases as table
from tests.conftest import NOON
from tests.line import HANAKO
from tests.store.cases import PROMISED, draft, handed, person

CLERKS = 6
LATER = NOON + timedelta(hours=1)
T = TypeVar("T")


@pytest.fixture
def hanako(database):
    with database.write() as tx:
        return residents.meet(tx, HANAKO, NOON).id


@pytest.fixture
def clerks(database):
    with database.write() as tx:
        return [person(tx, f"clerk{number}") for number in range(CLERKS)]


@pytest.fixture
def case(database, hanako):
    with database.write() as tx:
        return handed(tx, hanako)


def at_once(database: Database, *acts: Callable[[Tx], T]) -> list[T]:
    """What came of each."""
    start = threading.Barrier(len(acts))

    def do(act: Callable[[Tx], T]) -> T:
        start.wait()
        with database.write() as tx:
            return act(tx)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def talk(database, viewer, case):
    with database.write() as tx:
        return [entry.kind for entry in case_talk.talk_of(tx, viewer, case.id, LATER)]


def test_one_gets_it_and_the_others_are_told_who(database, clerks, case):
    came = at_once(database, *(lambda tx, who=who: case_acts.take(tx, who, case.id, LATER) for who in clerks))
    (taken,) = (each for each in came if isinstance(each, Case))
    assert came.count(TakenBy(taken.taken_by_shown)) == CLERKS - 1
    assert talk(database, clerks[0], case) == [EntryKind.SAID, EntryKind.TAKEN]


def test_without_the_lock_two_would_have_it(postgres, monkeypatch):
    """That the test above would notice. On SQLite there is one writer at a time."""
    both_have_read = threading.Barrier(2)

    def naive(tx: Tx, which: sa.ColumnElement[bool]) -> Case:
        found = cases.read(tx, CaseId(tx.connection.scalar(sa.select(table.c.id).where(which))))
        both_have_read.wait()
        return found

    with postgres.write() as tx:
        made = handed(tx, residents.meet(tx, HANAKO, NOON).id)
        two = [person(tx, name) for name in ("one", "other")]
    monkeypatch.setattr(case_changes, "locked", naive)
    came = at_once(postgres, *(lambda tx, who=who: case_acts.take(tx, who, made.id, LATER) for who in two))
    assert len([each for each in came if isinstance(each, Case)]) == 2


def test_the_resident_ends_it_while_staff_answer(database, hanako, clerks, case):
    def answer(tx):
        return case_answers.answer(tx, clerks[0], case.id, case.version, "はい", In.LINE, LATER)

    def solve(tx):
        return case_saying.solved(tx, hanako, case.id, LATER)

    answered, solved = at_once(database, answer, solve)
    assert isinstance(solved, Case)
    said = talk(database, clerks[0], case)
    if isinstance(answered, Case):
        assert said == [EntryKind.SAID, EntryKind.ANSWERED_LINE, EntryKind.SOLVED]
    else:
        assert answered == AlreadyClosed(LATER)
        assert said == [EntryKind.SAID, EntryKind.SOLVED]
    with database.read() as tx:
        assert cases.latest(tx, hanako).state is State.CLOSED


def test_what_is_said_while_staff_answer_is_seen(database, hanako, clerks, case):
    def answer(tx):
        return case_answers.answer(tx, clerks[0], case.id, case.version, "はい", In.LINE, LATER)

    def say(tx):
        return case_saying.say(tx, hanako, case.id, "まだ", LATER, PROMISED)

    answered, said = at_once(database, answer, say)
    with database.read() as tx:
        now = cases.latest(tx, hanako)
    assert isinstance(said, Case)
    assert (now.state, now.unread) == (State.TAKEN if isinstance(answered, Case) else State.NEW, 1)
    assert isinstance(answered, Case) or answered == Changed()


def test_it_ends_once(database, hanako, clerks, case):
    came = at_once(database, *[lambda tx: case_saying.solved(tx, hanako, case.id, LATER)] * 4)
    assert Counter(isinstance(each, Gone) for each in came) == {True: 3, False: 1}
    assert talk(database, clerks[0], case) == [EntryKind.SAID, EntryKind.SOLVED]


def test_each_of_many_words_is_kept(database, hanako, case):
    at_once(
        database, *(lambda tx, n=n: case_saying.say(tx, hanako, case.id, str(n), LATER) for n in range(6))
    )
    with database.read() as tx:
        now = cases.latest(tx, hanako)
        said = {entry.words for entry in case_talk.told_to(tx, hanako, case.id)}
    assert (now.unread, now.version) == (6, case.version + 6)
    assert set("012345") < said


def test_sent_twice_at_one_moment_is_one(database, hanako):
    by = ByResident(hanako)
    opened = [lambda tx: case_opening.open_case(tx, draft(), PROMISED, by, NOON)] * 4
    assert len({each.id for each in at_once(database, *opened)}) == 1
    with database.read() as tx:
        (one,) = cases.of_resident(tx, hanako)
        assert len(case_talk.told_to(tx, hanako, one.id)) == 1


def test_a_flood_ends_where_it_should(database, hanako):
    by = ByResident(hanako)
    opened = [
        lambda tx, once=str(number): case_opening.open_case(tx, draft(once), PROMISED, by, NOON)
        for number in range(MOST + 3)
    ]
    came = at_once(database, *opened)
    assert came.count(TooMany(MOST)) == 3
