from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from faq.retention import Purpose
from store import (
    ahead,
    bookings,
    case_saying,
    cases,
    conversations,
    leaving,
    outbox,
    particulars,
    queries,
    residents,
)
from store.audit import SERVICE, ByResident
from store.bookings import Channel
from store.conversations import Conversation
from store.db import Tx
from store.particulars import Field
from store.queries import Query
from store.residents import ResidentId
from store.tables import audit, inbox
from store.tables import bookings as bookings_table
from store.tables import outbox as outbox_table
from tests.conftest import NOON
from tests.line import HANAKO
from tests.store.cases import handed
from tests.store.town import LAW, japan, person, slot

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def hanako(database):
    """A resident with a question, a talk and a form, who has a booking at 13 o'clock."""
    with database.write() as tx:
        hanako = residents.meet(tx, HANAKO, NOON).id
        queries.record(tx, hanako, Query("ごみ", "q", "none"), NOON, channel="LINE", message_ids=["1"])
        conversations.keep(tx, hanako, Conversation("t", {"x": "y"}), NOON)
        held = bookings.hold(tx, slot(tx, 13), LAW, Channel.LINE, hanako, ByResident(hanako), NOON)
        for purpose in (Purpose.CONSULTATION, Purpose.APPLICATION):
            kept = particulars.keep(tx, purpose, {Field.NAME: "花"}, hanako, date(2027, 1, 1), SERVICE, NOON)
            if purpose is Purpose.CONSULTATION:
                made = bookings.confirm(
                    tx, held.id, person(tx, "はなこ"), kept, LAW, ByResident(hanako), NOON
                )
                assert isinstance(made, bookings.Booking)
    return hanako


def asks(database, hanako, *, waits):
    with database.write() as tx:
        leaving.ask(tx, hanako, NOON, waits=waits)


def known(database):
    with database.read() as tx:
        return residents.lookup(tx, HANAKO)


def state(tx: Tx) -> str:
    return tx.connection.scalar(sa.select(bookings_table.c.state))


def of(tx: Tx, hanako: ResidentId) -> tuple[object, ...]:
    """What is left to read."""
    return (
        queries.texts_of(tx, hanako),
        conversations.current(tx, hanako, NOON).topic,
        len(particulars.of_resident(tx, hanako)),
        len(ahead.of_resident(tx, hanako, NOON).bookings),
    )


def test_at_once_cancels_all_that_is_to_come_and_erases(database, hanako):
    asks(database, hanako, waits=False)
    with database.read() as tx:
        assert state(tx) == "cancelled", "at once: the place is free"
    assert leaving.step(database, NOON + SECOND) == 1
    assert known(database) is None
    assert leaving.step(database, NOON + SECOND) == 0


def test_nothing_is_erased_before_the_answer_has_gone_out(database, hanako):
    asks(database, hanako, waits=False)
    with database.write() as tx:
        outbox.put(tx, hanako, b"[]", NOON)
    for later in (SECOND, DAY - SECOND):
        assert leaving.step(database, NOON + later) == 0
    with database.write() as tx:
        tx.connection.execute(outbox_table.update().values(state="sent", done_at=NOON))
    assert leaving.step(database, NOON + SECOND) == 1
    assert known(database) is None


@pytest.mark.parametrize("what", ["outbox", "inbox"])
def test_what_does_not_go_out_keeps_nothing_for_longer_than_a_day(database, hanako, what):
    asks(database, hanako, waits=False)
    with database.write() as tx:
        if what == "outbox":
            outbox.put(tx, hanako, b"[]", NOON)
        else:
            row = {"event_id": "1", "resident_id": hanako, "kind": "message/text", "occurred_at": NOON}
            row |= {"received_at": NOON, "may_reply": True, "state": "waiting", "not_before": NOON}
            tx.connection.execute(inbox.insert().values(row))
    assert leaving.step(database, NOON + SECOND) == 0
    assert leaving.step(database, NOON + DAY + SECOND) == 1


def test_what_is_to_come_can_be_waited_for(database, hanako):
    asks(database, hanako, waits=True)
    with database.read() as tx:
        assert of(tx, hanako) == (("ごみ",), "t", 2, 1), "not before the answer is out"
    assert leaving.step(database, NOON + SECOND) == 1
    with database.read() as tx:
        assert of(tx, hanako) == ((), "", 1, 1), "the booking stands, with its form"
        assert state(tx) == "confirmed"
    assert leaving.step(database, japan(13, 15)) == 0, "they are there"
    assert leaving.step(database, japan(14)) == 1
    assert known(database) is None
    with database.read() as tx:
        row = tx.connection.execute(sa.select(bookings_table)).one()
        assert (row.state, row.resident_id, row.person) == ("confirmed", None, None)


def test_who_stays_after_all_keeps_what_is_left(database, hanako):
    asks(database, hanako, waits=True)
    with database.write() as tx:
        assert leaving.of_resident(tx, hanako).waits
        assert leaving.take_back(tx, hanako, NOON)
        assert not leaving.take_back(tx, hanako, NOON)
        assert leaving.of_resident(tx, hanako) is None
    assert leaving.step(database, japan(14)) == 0
    assert known(database) == hanako


def test_who_changes_their_mind_is_noted_once(database, hanako):
    asks(database, hanako, waits=True)
    asks(database, hanako, waits=False)
    with database.read() as tx:
        assert not leaving.of_resident(tx, hanako).waits


def test_it_is_in_the_audit(database, hanako):
    asks(database, hanako, waits=False)
    leaving.step(database, NOON + SECOND)
    with database.read() as tx:
        rows = tx.connection.execute(
            sa.select(audit.c.act, audit.c.actor).where(audit.c.kind == "resident").order_by(audit.c.id)
        )
        assert [tuple(row) for row in rows] == [
            ("resident.leaving", "resident"),
            ("resident.erased", "resident"),
        ]


def test_a_case_that_stands_is_waited_for_or_taken_back(database, hanako):
    with database.write() as tx:
        over, case = (handed(tx, hanako, once) for once in ("1", "2"))
        case_saying.solved(tx, hanako, over.id, NOON)
    asks(database, hanako, waits=True)
    leaving.step(database, japan(14))
    assert known(database) == hanako
    with database.read() as tx:
        assert [each.id for each in cases.of_resident(tx, hanako)] == [case.id], "what is over is erased"
    asks(database, hanako, waits=False)
    with database.read() as tx:
        assert cases.read(tx, case.id).ending is cases.Ending.WITHDRAWN
    leaving.step(database, japan(15))
    assert known(database) is None
    with database.read() as tx:
        assert cases.read(tx, case.id).subject == ""
