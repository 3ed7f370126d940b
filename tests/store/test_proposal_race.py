"""Two people at one moment, on both databases: nobody is overwritten, and nothing is published twice.

Each race is drawn out between its look and its write: both meet there, unless a lock keeps the second one out.
"""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from store import deciding, drafting, proposals, publishing, records
from store.audit import SERVICE
from store.db import Database, Tx
from store.proposals import HOLDS, Conflict, NotNow, Proposal, State
from store.publishing import Published
from store.sight import Role, Viewer
from store.tables import editions
from tests.conftest import NOON
from tests.store.editors import ENTRY, LATER, NEW, WHY, change, editor, made, submitted

MEET = 0.5
"""Seconds that one waits for the other."""
Act = Callable[[Tx], Any]


@pytest.fixture
def people(database: Database) -> tuple[Viewer, Viewer, Viewer]:
    with database.write() as tx:
        return editor(tx, "hana"), editor(tx, "taro"), editor(tx, "chief", Role.APPROVER)


def race(database: Database, *acts: Act) -> list[Any]:
    """What comes of each, all begun at once, each in a transaction of its own."""
    found: list[Any] = [None] * len(acts)

    def run(place: int, act: Act) -> None:
        try:
            with database.write() as tx:
                found[place] = act(tx)
        except Exception as error:  # noqa: BLE001 - to be looked at in the test's own thread
            found[place] = error

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.fixture
def drawn_out(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], None]:
    """Makes a function wait for its other caller."""

    def draw_out(module: Any, name: str) -> None:
        function, barrier = getattr(module, name), threading.Barrier(2)

        def later(*arguments: Any) -> Any:
            with contextlib.suppress(threading.BrokenBarrierError):  # the other one is kept out
                barrier.wait(MEET)
            return function(*arguments)

        monkeypatch.setattr(module, name, later)

    return draw_out


def two_revisions(database: Database, people: tuple[Viewer, Viewer, Viewer], drawn_out) -> list[Any]:
    hana, taro, _ = people
    with database.write() as tx:
        mine = made(proposals.draft(tx, hana, [NEW], WHY, None, NOON))
    drawn_out(drafting, "effective")

    def revise(by: Viewer) -> Act:
        theirs = change(None, replace(ENTRY, answer=f"{by.shown}の答え"))
        return lambda tx: proposals.revise(tx, by, mine.id, 1, [theirs], WHY, NOON)

    return race(database, revise(hana), revise(taro))


def test_of_two_editors_the_second_is_told(database: Database, people, drawn_out) -> None:
    found = two_revisions(database, people, drawn_out)
    (won,) = (each for each in found if isinstance(each, Proposal))
    (told,) = (each for each in found if isinstance(each, Conflict))
    assert told == Conflict(None, won.changed_by, won.changed_by_shown, NOON)
    with database.read() as tx:
        assert proposals.find(tx, people[0], won.id) == won


def test_without_the_lock_the_second_overwrites_the_first(
    postgres: Database, drawn_out, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite one writes at a time in any case."""
    with postgres.write() as tx:
        people = editor(tx, "hana"), editor(tx, "taro"), editor(tx, "chief", Role.APPROVER)
    monkeypatch.setattr(sa.Select, "with_for_update", lambda self, **_: self)
    found = two_revisions(postgres, people, drawn_out)
    assert not any(isinstance(each, Conflict) for each in found)


def test_what_is_changed_while_it_is_approved_is_not_approved(database: Database, people, drawn_out) -> None:
    hana, _, chief = people
    with database.write() as tx:
        mine = submitted(tx, hana)
    drawn_out(deciding, "unfit")
    drawn_out(drafting, "effective")
    approved, revised = race(
        database,
        lambda tx: proposals.approve(tx, chief, mine.id, 1, NOON + timedelta(days=1), HOLDS, NOON),
        lambda tx: proposals.revise(tx, hana, mine.id, 1, [change(None, LATER)], WHY, NOON),
    )
    with database.read() as tx:
        now = proposals.find(tx, hana, mine.id)
    assert now is not None
    if isinstance(approved, Proposal):
        assert (revised, now.state, now.changes) == (NotNow(State.APPROVED), State.APPROVED, (NEW,))
    else:
        assert isinstance(approved, Conflict)
        assert (now, now.state) == (revised, State.DRAFT)


def approved(tx: Tx, hana: Viewer, chief: Viewer, *some: Any) -> Proposal:
    mine = submitted(tx, hana, *some)
    return made(proposals.approve(tx, chief, mine.id, 1, None, HOLDS, NOON))


def test_two_processes_publish_it_once(database: Database, people, drawn_out) -> None:
    hana, _, chief = people
    with database.write() as tx:
        mine = approved(tx, hana, chief)
    drawn_out(publishing, "unfit")
    found = race(database, *[lambda tx: publishing.publish(tx, mine.id, SERVICE, NOON)] * 2)
    assert sorted(type(each).__name__ for each in found) == ["NotNow", "Published"]
    with database.read() as tx:
        assert tx.connection.scalar(sa.select(sa.func.count()).select_from(editions)) == 1


def test_of_two_proposals_for_one_record_the_second_goes_back(database: Database, people, drawn_out) -> None:
    hana, taro, chief = people
    with database.write() as tx:
        both = approved(tx, hana, chief, NEW), approved(tx, taro, chief, change(None, LATER))
    drawn_out(publishing, "unfit")
    found = race(
        database, *(lambda tx, each=each: publishing.publish(tx, each.id, SERVICE, NOON) for each in both)
    )
    (won,) = (each for each in found if isinstance(each, Published))
    (told,) = (each for each in found if isinstance(each, Conflict))
    assert told == Conflict(NEW.what, won.proposal.by, won.proposal.by_shown, NOON)
    with database.read() as tx:
        assert records.find(tx, "faq", ENTRY.id) == won.proposal.changes[0].after
        (lost,) = (each for each in both if each.id != won.proposal.id)
        back = proposals.find(tx, chief, lost.id)
    assert back is not None
    assert (back.state, back.returned) == (State.RETURNED, told)
