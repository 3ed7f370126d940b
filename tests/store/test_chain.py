"""Whatever is done to the audit by hand shows."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from store import audit, chain
from store.audit import SERVICE, Kind
from store.chain import BrokenAt, Intact
from store.tables import audit as table
from store.tables import audit_head
from tests.conftest import NOON

ROWS = 9


@pytest.fixture
def written(database):
    """Nine rows, one an hour, in three transactions."""
    for turn in range(3):
        with database.write() as tx:
            for number in range(3 * turn, 3 * turn + 3):
                moment = NOON + timedelta(hours=number)
                audit.record(tx, SERVICE, "x", Kind.BOOKING, str(number), moment, note="い")
    return database


def verify(database, newest=None):
    with database.read() as tx:
        return chain.verify(tx, newest)


def by_hand(database, *statements):
    with database.write() as tx:
        for statement in statements:
            tx.connection.execute(statement if isinstance(statement, sa.Executable) else sa.text(statement))


def append(database):
    with database.write() as tx:
        audit.record(tx, SERVICE, "later", Kind.BOOKING, "1", NOON)


def test_what_nobody_touched_is_intact(written):
    assert verify(written) == Intact(ROWS)
    assert verify(written, newest=4) == Intact(4)
    assert verify(written, newest=400) == Intact(ROWS)


def test_an_empty_chain_is_intact(database):
    assert verify(database) == Intact(0)


def test_progress_is_told(written, monkeypatch):
    monkeypatch.setattr(chain, "_AT_ONCE", 4)
    told = []
    with written.read() as tx:
        chain.verify(tx, progress=lambda seen, of: told.append((seen, of)))
    assert told == [(4, 9), (8, 9), (9, 9)]


@pytest.mark.parametrize("place", range(1, ROWS + 1))
def test_a_row_that_is_deleted(written, place):
    by_hand(written, f"DELETE FROM audit WHERE place = {place}")
    assert verify(written) == BrokenAt(place)
    append(written)
    assert verify(written) == BrokenAt(place), "what comes later does not hide it"


@pytest.mark.parametrize(
    "change",
    [
        {"at": NOON - timedelta(microseconds=1)},
        {"actor": "command"},
        {"actor_id": 1},
        {"act": "y"},
        {"kind": "slot"},
        {"subject": "99"},
        {"detail": "{}"},
        {"chained": bytes(32)},
        {"chained": None},
        {"place": None},
        {"place": 70},
        {"id": 70},
    ],
    ids=str,
)
@pytest.mark.parametrize("place", [1, 5, ROWS])
def test_a_row_that_is_changed(written, place, change):
    by_hand(written, table.update().where(table.c.place == place).values(change))
    assert verify(written) == BrokenAt(place)
    append(written)
    assert verify(written) == BrokenAt(place)


@pytest.mark.parametrize("place", [5, ROWS + 1, None])
def test_a_row_that_is_put_in(written, place):
    """With the seal of another, since nobody can make one."""
    with written.write() as tx:
        row = tx.connection.execute(sa.select(table).where(table.c.place == 4)).one()._asdict()
        behind = sa.select(table.c.id).where(table.c.place >= (place or 99)).order_by(table.c.place.desc())
        for each in tx.connection.scalars(behind).all():
            moved = table.update().where(table.c.id == each).values(place=table.c.place + 1)
            tx.connection.execute(moved)
        tx.connection.execute(table.insert().values({**row, "id": 70, "place": place}))
    assert verify(written) == BrokenAt(place or ROWS + 1)


@pytest.mark.parametrize(("one", "other"), [(1, 2), (3, 7), (8, 9)])
def test_rows_that_are_swapped(written, one, other):
    by_hand(
        written,
        f"UPDATE audit SET place = 70 WHERE place = {one}",
        f"UPDATE audit SET place = {one} WHERE place = {other}",
        f"UPDATE audit SET place = {other} WHERE place = 70",
    )
    assert verify(written) == BrokenAt(one)


@pytest.mark.parametrize("kept", [8, 5, 1, 0])
def test_a_tail_that_is_cut_off(written, kept):
    by_hand(written, f"DELETE FROM audit WHERE place > {kept}")
    assert verify(written) == BrokenAt(kept + 1)
    assert verify(written, newest=3) != Intact(3)
    append(written)
    assert isinstance(verify(written), BrokenAt)


@pytest.mark.parametrize("kept", [8, 5, 1, 0])
def test_a_tail_that_is_cut_off_with_the_head_set_back(written, kept, caplog):
    chained = f"(SELECT chained FROM audit WHERE place = {kept})" if kept else "chained"
    by_hand(
        written,
        f"DELETE FROM audit WHERE place > {kept}",
        f"UPDATE audit_head SET last = {kept}, chained = {chained}",
    )
    assert verify(written) == BrokenAt(kept + 1)
    append(written)
    assert verify(written) == BrokenAt(kept + 1), "going on does not make it whole"
    assert "audit" in caplog.text


def test_everything_that_is_deleted(written):
    by_hand(written, "DELETE FROM audit", "DELETE FROM audit_head")
    assert verify(written) == BrokenAt(1)
    append(written)
    assert verify(written) == BrokenAt(1)


@pytest.mark.parametrize(
    "change", [{"first": 3}, {"first": 0}, {"before_first": b"x" * 32}, {"chained": b"x" * 32}], ids=str
)
def test_a_head_that_is_changed(written, change):
    by_hand(written, audit_head.update().values(change))
    assert isinstance(verify(written), BrokenAt)


def test_pruning_takes_the_oldest_and_leaves_a_whole_chain(written):
    with written.write() as tx:
        assert chain.prune(tx, NOON + timedelta(hours=4), 3) == 3
        assert chain.prune(tx, NOON + timedelta(hours=4), 3) == 1
        assert chain.prune(tx, NOON + timedelta(hours=4), 3) == 0
    assert verify(written) == Intact(ROWS - 4)
    append(written)
    assert verify(written) == Intact(ROWS - 3)
    with written.write() as tx:
        assert chain.prune(tx, NOON + timedelta(days=9), 30) == ROWS - 3
    assert verify(written) == Intact(0)
    append(written)
    assert verify(written) == Intact(1)


def test_the_beginning_that_is_cut_off_by_hand(written):
    by_hand(written, "DELETE FROM audit WHERE place < 4", "UPDATE audit_head SET first = 4")
    assert isinstance(verify(written), BrokenAt)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET act = 'y' WHERE place = 2",
        "DELETE FROM audit WHERE place = 2",
        "DELETE FROM audit WHERE place = 9",
    ],
)
def test_pruning_leaves_what_shows_that_somebody_tampered(written, statement):
    by_hand(written, statement)
    with written.write() as tx:
        assert chain.prune(tx, NOON + timedelta(days=9), 30) == 0
    assert isinstance(verify(written), BrokenAt)
