"""Bodies that come at one moment are kept together; nobody waits for company, and nobody pays for another's."""

import threading
from contextlib import closing, contextmanager

import pytest
import sqlalchemy as sa

from bot.keeping import Arrivals, Keeping
from store import inbox
from store.db import Database
from store.inbox import Arrival
from store.tables import inbox as table
from tests.conftest import NOON
from tests.line import HANAKO, TARO, Clock
from tests.service import free_port


def brings(*event_ids, address=HANAKO) -> Arrivals:
    return Arrivals(
        tuple(Arrival(each, address, "message/text", NOON, True, True, b"{}") for each in event_ids)
    )


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def keeping(database, clock):
    return Keeping(database, clock)


@pytest.fixture
def transactions(keeping, monkeypatch):
    """How many events were kept in each transaction; the first waits until it is let go."""
    keep, seen = inbox.keep, Seen()

    def watched(tx, arrivals, now):
        seen.sizes.append(len(arrivals))
        seen.begun.set()
        assert seen.let_go.wait(20)
        return keep(tx, arrivals, now)

    monkeypatch.setattr(inbox, "keep", watched)
    return seen


class Seen:
    def __init__(self) -> None:
        self.sizes, self.begun, self.let_go = list[int](), threading.Event(), threading.Event()


@contextmanager
def together(keeping, *bodies):
    """Each body in a thread of its own, once the first of them writes; what `keep` said, in their order."""
    said = [None] * len(bodies)

    def work(number):
        try:
            said[number] = keeping.keep(bodies[number])
        except Exception as error:  # noqa: BLE001 - to be looked at by the test
            said[number] = error

    threads = [threading.Thread(target=work, args=[number]) for number in range(len(bodies))]
    threads[0].start()
    yield threads, said
    for thread in threads:
        thread.join(30)


def follow(keeping, threads):
    """All but the first begin, and wait."""
    for thread in threads[1:]:
        thread.start()
    while len(keeping._waiting) < len(threads) - 1:
        threading.Event().wait(0.001)


def test_what_comes_alone_is_kept_at_once(keeping, database):
    assert keeping.keep(brings("a", "b")) == 2
    assert keeping.keep(brings("b", "c")) == 1
    with database.read() as tx:
        assert inbox.counts(tx) == {"waiting": 3}


def test_of_who_is_known_it_takes_no_transaction_on_postgresql(keeping, database, monkeypatch):
    keeping.keep(brings("a"))
    begun = []
    monkeypatch.setattr(database, "write", lambda **how: begun.append(how) or Database.write(database, **how))
    assert keeping.keep(brings("b", "c")) == 2
    assert len(begun) == database.is_sqlite
    assert keeping.keep(brings("c", "d")) == 1
    assert keeping.keep(brings("e", address=TARO)) == 1
    assert len(begun) == (3 if database.is_sqlite else 1)


def test_what_comes_while_one_writes_is_kept_together(keeping, transactions, database):
    bodies = [brings("a"), brings("b"), brings("c", "d", address=TARO), brings("a", "b")]
    with together(keeping, *bodies) as (threads, said):
        assert transactions.begun.wait(20)
        follow(keeping, threads)
        transactions.let_go.set()
    assert transactions.sizes == [1, 5]
    assert said[0] == 1
    assert sum(said[1:]) == 3, "b came twice, and was new once"
    with database.read() as tx:
        assert inbox.counts(tx) == {"waiting": 4}


def test_what_cannot_be_kept_costs_nobody_else_theirs(keeping, transactions, database):
    bodies = [brings("a"), brings("x" * 65 if not database.is_sqlite else None), brings("c")]
    with together(keeping, *bodies) as (threads, said):
        assert transactions.begun.wait(20)
        follow(keeping, threads)
        transactions.let_go.set()
    assert (said[0], said[2]) == (1, 1)
    assert isinstance(said[1], Exception)
    assert keeping.keep(brings("d")) == 1, "and the next is kept"
    with database.read() as tx:
        assert inbox.counts(tx) == {"waiting": 3}


def test_who_waited_is_as_old_as_they_are(keeping, transactions, clock, database):
    """LINE counts the life of a reply token from then."""
    with together(keeping, brings("a"), brings("b")) as (threads, said):
        assert transactions.begun.wait(20)
        came = clock.now
        follow(keeping, threads)
        clock.passes(seconds=20)
        transactions.let_go.set()
    assert said == [1, 1]
    with database.read() as tx:
        received = tx.connection.execute(sa.select(table.c.received_at).where(table.c.event_id == "b"))
        assert received.scalar_one() == came


def test_a_database_that_does_not_answer_is_asked_once_for_all(keeping, transactions, keyring):
    """Each that waits would wait as long again, and the pages with them."""
    asked = []
    with closing(Database(f"postgresql://127.0.0.1:{free_port()}/helpdesk", keyring)) as away:
        sa.event.listen(away.engine, "do_connect", lambda *_: asked.append("connection"))
        with together(keeping, brings("a"), brings("b"), brings("c")) as (threads, said):
            assert transactions.begun.wait(20)
            follow(keeping, threads)
            keeping._database = away
            transactions.let_go.set()
    assert said[0] == 1
    assert isinstance(said[1], sa.exc.OperationalError)
    assert isinstance(said[2], sa.exc.OperationalError)
    assert asked == ["connection"]
