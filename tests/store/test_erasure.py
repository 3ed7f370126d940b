from contextlib import suppress
from datetime import date
from threading import Thread

import sqlalchemy as sa

from faq.retention import Purpose
from store import bookings, erasure, particulars, queries, residents
from store.audit import COMMAND, SERVICE, ByResident
from store.bookings import Booking, Channel
from store.erasure import Erased
from store.particulars import Field
from store.queries import Query
from store.tables import audit, case_keys
from store.tables import bookings as bookings_table
from store.tables import queries as queries_table
from tests.conftest import NOON
from tests.line import HANAKO, TARO
from tests.store.cases import handed
from tests.store.town import LAW, japan, person, slot


def test_all_that_is_theirs_goes_and_nothing_of_others(tx, hanako, taro):
    theirs, others = (
        particulars.keep(tx, Purpose.EVENT, {Field.NAME: "花"}, who, date(2027, 1, 1), SERVICE, NOON)
        for who in (hanako, taro)
    )
    for who in (hanako, hanako, taro):
        asked = Query("ごみ", "question", "none")
        queries.record(tx, who, asked, NOON, channel="LINE", message_ids=["1"])
    assert erasure.weigh(tx, hanako, NOON) == Erased(1, 0, 2, 0)
    assert erasure.erase(tx, hanako, COMMAND, NOON) == Erased(1, 0, 2, 0)
    assert residents.lookup(tx, HANAKO) is None
    assert residents.lookup(tx, TARO) == taro
    assert particulars.read(tx, theirs, SERVICE, NOON) == {}
    assert particulars.read(tx, others, SERVICE, NOON) == {Field.NAME: "花"}
    left = tx.connection.execute(sa.select(queries_table).order_by(queries_table.c.id)).all()
    assert [(row.resident_id, row.text is None, row.message_ids) for row in left[:2]] == [
        (None, True, "")
    ] * 2
    assert queries.texts_of(tx, taro) == ("ごみ",)
    acts = [tuple(row) for row in tx.connection.execute(sa.select(audit.c.act, audit.c.subject))]
    assert ("resident.erased", str(hanako)) in acts
    assert ("particulars.erased", str(theirs)) in acts


def test_a_case_that_is_handed_over_meanwhile_is_erased_too(database, monkeypatch):
    """Whichever comes first, the other sees it: no case stays readable that is nobody's any more."""
    with database.write() as tx:
        hanako = residents.meet(tx, HANAKO, NOON).id

    def hand_over():
        with suppress(sa.exc.IntegrityError), database.write() as tx:  # nobody is there any more
            handed(tx, hanako)

    go, turn = residents.erase, Thread(target=hand_over)

    def meanwhile(*asked):
        turn.start()
        turn.join(0.3)
        go(*asked)

    monkeypatch.setattr(residents, "erase", meanwhile)
    with database.write() as tx:
        erasure.erase(tx, hanako, COMMAND, NOON)
    turn.join()
    with database.read() as tx:
        assert tx.connection.execute(sa.select(case_keys)).all() == []


def test_what_they_booked_is_cancelled_and_nobodys(tx, hanako, taro):
    at = slot(tx, 13)
    made = bookings.hold(tx, at, LAW, Channel.LINE, hanako, ByResident(hanako), NOON)
    kept = particulars.keep(tx, Purpose.EVENT, {Field.NAME: "花"}, hanako, date(2027, 1, 1), SERVICE, NOON)
    bookings.confirm(tx, made.id, person(tx, "はなこ"), kept, LAW, ByResident(hanako), NOON)
    assert erasure.weigh(tx, hanako, NOON) == Erased(1, 1, 0, 0)
    erasure.erase(tx, hanako, COMMAND, NOON)
    (row,) = tx.connection.execute(sa.select(bookings_table)).all()
    assert (row.state, row.resident_id, row.person, row.particulars_id) == ("cancelled", None, None, None)
    assert tx.connection.scalar(sa.text("SELECT count(*) FROM notices")) == 0
    again = bookings.hold(tx, at, LAW, Channel.LINE, taro, ByResident(taro), NOON)
    assert isinstance(again, Booking), "the place is free at once"


def test_a_booking_that_is_past_stays_as_a_number(tx, hanako):
    made = bookings.hold(tx, slot(tx, 13), LAW, Channel.LINE, hanako, ByResident(hanako), NOON)
    bookings.confirm(tx, made.id, person(tx, "はなこ"), None, LAW, ByResident(hanako), NOON)
    erasure.erase(tx, hanako, COMMAND, japan(14))
    (row,) = tx.connection.execute(sa.select(bookings_table)).all()
    assert (row.state, row.resident_id, row.person) == ("confirmed", None, None)
