"""Who waits for a place."""

import pytest

from store import bookings, slots, waiting
from store.audit import SERVICE, ByResident
from store.bookings import Booking, Channel, State
from store.sight import Role
from tests.line import TARO
from tests.web.conftest import Service, Visitor
from tests.web.town import LEGAL, TOLD, Town, plain

FATHER = TOLD | {"name": "熊本 太郎", "kana": "くまもと たろう"}


@pytest.fixture
def town(pages: Service) -> Town:
    return Town(pages, LEGAL).offer(LEGAL)


@pytest.fixture
def full(town: Town) -> Booking:
    """The one place of a time, taken."""
    return town.booked(13)


@pytest.fixture
def operator(town: Town) -> Visitor:
    return town.signed_in("yamada", Role.OPERATOR)


def joined(town: Town, operator: Visitor, full: Booking, **more: str) -> Booking:
    told = operator.send(f"/operators/waiting/{full.slot.id}", **FATHER, **more)
    assert told.status_code == 303, told.text
    assert "空きをお待ちいただく手続きをしました。" in operator.get(told.location).text
    return town.by_number(int(told.location.split("/")[-2]))


def freed(town: Town, full: Booking) -> None:
    """The place becomes free, and is offered."""
    with town.database.write() as tx:
        bookings.cancel(tx, full.id, SERVICE, town.service.clock())
        assert full.slot is not None
        waiting.offer_next(tx, full.slot.id, town.terms, town.service.clock())


def test_a_caller_waits_and_gets_the_place(town: Town, operator: Visitor, full: Booking):
    found = operator.get("/operators/bookings?q=法律相談").text
    assert f"/operators/waiting/{full.slot.id}" in found
    waits = joined(town, operator, full)
    assert (waits.state, waits.slot.id) == (State.WAITING, full.slot.id)

    staff = town.signed_in("s", Role.STAFF)
    assert "13時" in staff.get("/staff/waiting").text
    assert "お電話してください" not in staff.get("/staff/waiting").text.split("<table>")[1]
    freed(town, full)
    page = plain(staff.get("/staff/waiting").text.split("<table>")[1])
    assert "お電話してください" in page
    assert "15時 まで" in page
    taken = staff.send("/staff/waiting", f"/bookings/{waits.id}/taken")
    assert taken.location == f"/operators/bookings/{waits.id}/told"
    assert town.now(waits).state is State.CONFIRMED


def test_any_time_of_the_day(town: Town, operator: Visitor, full: Booking):
    assert joined(town, operator, full, any_time="1").slot is None


def test_who_waits_in_line_is_asked_for_their_name(town: Town, operator: Visitor, full: Booking):
    taro = town.resident(TARO)
    with town.database.write() as tx:
        waits = waiting.join(
            tx, full.slot.id, town.terms, Channel.LINE, taro, ByResident(taro), town.service.clock()
        )
    assert isinstance(waits, Booking)
    freed(town, full)
    taken = operator.send("/operators/bookings", f"/bookings/{waits.id}/taken")
    assert taken.location == f"/operators/bookings/{waits.id}/caller"
    operator.send(taken.location, **FATHER)
    assert town.now(waits).state is State.CONFIRMED


def test_an_offer_that_ran_out(town: Town, operator: Visitor, full: Booking):
    waits = joined(town, operator, full)
    freed(town, full)
    town.service.clock.passes(hours=3)
    town.hold(full.slot.id, town.resident(TARO))
    operator = town.signed_in("later", Role.OPERATOR)
    operator.send("/operators/bookings", f"/bookings/{waits.id}/taken")
    assert town.now(waits).state is State.EXPIRED
    assert "はじめから、別の時間を選んでください。" in operator.get(f"/bookings/{waits.id}").text


def test_there_is_a_place(town: Town, operator: Visitor):
    free = town.slot(14)
    refused = operator.send(f"/operators/waiting/{free}", **FATHER)
    assert refused.status_code == 409
    assert "空きがあります。" in refused.text
    assert town.audited("particulars.kept") == 0


def test_what_is_wrong_stays_typed(operator: Visitor, full: Booking):
    wrong = operator.send(f"/operators/waiting/{full.slot.id}", **(FATHER | {"telephone": "1"}), any_time="1")
    assert wrong.status_code == 422
    assert 'value="熊本 太郎"' in wrong.text
    assert 'value="1" checked' in wrong.text


def test_who_may_not(town: Town, full: Booking):
    other = town.signed_in("other", Role.STAFF, section="another")
    assert "空きを待っている方はいません。" in other.get("/staff/waiting").text
    assert other.get("/operators/waiting/999").status_code == 404
    for path in ("/staff/waiting", f"/operators/waiting/{full.slot.id}"):
        assert town.signed_in(f"s{len(path)}", Role.STAFF, personal=False).get(path).status_code == 404
    assert town.signed_in("o", Role.OPERATOR).get("/staff/waiting").status_code == 404


def test_nobody_waits_for_anothers(town: Town, full: Booking):
    other = town.signed_in("other", Role.STAFF, section="another")
    assert other.get(f"/operators/waiting/{full.slot.id}").status_code == 404
    assert other.send("/staff/slots", f"/operators/waiting/{full.slot.id}", **FATHER).status_code == 404
    with town.database.read() as tx:
        found = slots.find(tx, full.slot.id, town.service.clock())
    assert found is not None
    assert found.waiting == 0
