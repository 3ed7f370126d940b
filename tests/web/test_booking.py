"""One booking, for the people at the city."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from faq.terms import Sort
from store import bookings, closing, particulars
from store.audit import SERVICE, ByResident
from store.bookings import Booking, State
from store.sight import Role
from tests.conftest import NOON
from tests.line import TARO
from tests.web.conftest import Service, Visitor
from tests.web.town import LEGAL, TOLD, Town, words_of


@pytest.fixture
def town(pages: Service) -> Town:
    return Town(pages, LEGAL).offer(LEGAL)


@pytest.fixture
def staff(town: Town) -> Visitor:
    return town.signed_in("tanaka", Role.STAFF)


@pytest.fixture
def made(town: Town) -> Booking:
    return town.booked(13, subject="相続")


def path(booking: Booking, act: str = "") -> str:
    return f"/bookings/{booking.id}" + (f"/{act}" if act else "")


def test_each_look_at_who_comes_is_audited(town: Town, staff: Visitor, made: Booking):
    before = town.audited("particulars.read")
    page = staff.get(path(made)).text
    for told in ("熊本 花子", "くまもと はなこ", "090-0000-0001", "1950年1月2日（昭和25年）", "相続"):
        assert told in page
    assert "2026年11月26日（木） 18時に送ります" in page
    assert town.audited("particulars.read") == before + 1


def test_what_was_told_and_is_gone(town: Town, staff: Visitor, made: Booking):
    assert made.particulars is not None
    with town.database.write() as tx:
        particulars.erase(tx, made.particulars, SERVICE, NOON)
    page = staff.get(path(made))
    assert page.status_code == 200
    assert "残っていません" in page.text
    assert "花子" not in page.text


PAGES = ("", "cancel", "move")
ACTS = ("kept", "missed", "unmarked", "restored", "done", "cancel", "move", "taken")


@pytest.mark.parametrize("act", PAGES)
def test_who_may_not_look(town: Town, made: Booking, act: str):
    assert town.service.visitor().get(path(made, act)).status_code == 303
    others = [
        town.signed_in("o", Role.OPERATOR, personal=False),
        town.signed_in("s", Role.STAFF, personal=False),
        town.signed_in("other", Role.STAFF, section="another"),
    ]
    for visitor in others:
        nowhere = f"/bookings/999/{act}".rstrip("/")
        theirs, nobodys = visitor.get(path(made, act)), visitor.get(nowhere)
        assert theirs.status_code == nobodys.status_code == 404
        assert words_of(theirs, path(made, act)) == words_of(nobodys, nowhere)
        assert visitor.get(f"/bookings/{10**30}").status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_who_may_not_act(town: Town, made: Booking, act: str):
    town.service.clock.passes(days=3, hours=1)
    other = town.signed_in("other", Role.STAFF, section="another")
    before = town.now(made)
    for number in (made.id, 999):
        answer = other.send("/staff/slots", f"/bookings/{number}/{act}", reason="asked", slot="1")
        assert answer.status_code == 404
    assert town.now(made) == before


def test_an_operator_notes_nobodys_coming(town: Town, made: Booking):
    town.service.clock.passes(days=3, hours=1)
    operator = town.signed_in("o", Role.OPERATOR)
    assert operator.get(path(made)).status_code == 200
    assert operator.send("/operators/bookings", path(made, "missed")).status_code == 404
    assert town.now(made).state is State.CONFIRMED


def test_came_or_not_and_taken_back(town: Town, made: Booking):
    town.service.clock.passes(days=3, hours=1, minutes=1)
    staff = town.signed_in("s", Role.STAFF)
    for act, state in (
        ("missed", State.MISSED),
        ("kept", State.KEPT),
        ("unmarked", State.CONFIRMED),
        ("missed", State.MISSED),
    ):
        assert staff.send(path(made), path(made, act)).location == path(made)
        assert town.now(made).state is state
    assert "「来なかった」と記録しました。" in staff.get(path(made)).text


def test_nobody_has_missed_what_has_not_begun(town: Town, staff: Visitor, made: Booking):
    staff.send(path(made), path(made, "missed"))
    assert town.now(made).state is State.CONFIRMED
    assert "まだ受け付けられません。2026年11月27日（金） 13時からです。" in staff.get(path(made)).text


def test_cancelling_with_a_reason_and_taking_it_back(town: Town, staff: Visitor, made: Booking):
    assert staff.send(path(made, "cancel"), reason="because").status_code == 422
    assert town.now(made).state is State.CONFIRMED
    staff.send(path(made, "cancel"), reason="twice")
    assert town.now(made).state is State.CANCELLED
    assert town.audit_details("booking.reason") == [{"reason": "twice"}]
    page = staff.get(path(made)).text
    assert "予約を取り消しました。" in page
    assert "取り消しのお知らせ" in page

    staff.send(path(made), path(made, "restored"))
    assert town.now(made).state is State.CONFIRMED


def test_what_is_over_is_not_cancelled(town: Town, staff: Visitor, made: Booking):
    staff.send(path(made, "cancel"), reason="asked")
    staff.send(path(made, "cancel"), reason="asked")
    assert "いまは「取り消し」のため、できません。" in staff.get(path(made)).text


def test_moving_to_another_time(town: Town, staff: Visitor, made: Booking):
    other, page = town.slot(15), staff.get(path(made, "move")).text
    assert f'value="{other}"' in page
    assert "15時" in page
    moved = staff.send(path(made, "move"), slot=str(other), reason="city")
    assert moved.location == f"/operators/bookings/{made.id}/told"
    assert "15時から" in staff.get(moved.location).text
    assert town.now(made).slot.id == other
    assert town.audit_details("booking.reason") == [{"reason": "city"}]


def test_what_was_told_is_kept_as_long_after_the_new_day(town: Town, staff: Visitor, made: Booking):
    monday = date(2026, 11, 30)
    staff.send(path(made, "move"), slot=str(town.slot(15, day=monday)))
    assert town.kept_until(made) == monday + timedelta(days=30)


def test_a_time_that_was_taken_meanwhile(town: Town, staff: Visitor, made: Booking):
    other = town.slot(15)
    town.hold(other, town.resident(TARO))
    refused = staff.send(path(made, "move"), slot=str(other))
    assert "その時間は、いま埋まりました。" in staff.get(refused.location).text
    for nothing in ("", "999", "x"):
        staff.send(path(made, "move"), slot=nothing)
    assert town.now(made).slot == town.now(made).slot
    assert town.now(made).slot.starts_at == made.slot.starts_at


def test_what_the_city_closed_moves_to_another_date(town: Town, staff: Visitor, made: Booking):
    with town.database.write() as tx:
        closing.close(tx, made.slot.id, SERVICE, NOON)
    assert "市の都合で中止になりました。LINEでお知らせしています。" in staff.get(path(made)).text
    staff.send(path(made, "move"), slot=str(town.slot(15)))
    assert town.now(made).state is State.CONFIRMED


def test_an_application_is_done(town: Town):
    terms = replace(LEGAL, sort=Sort.APPLICATION)
    town = town.offer(terms)
    resident = town.resident()
    with town.database.write() as tx:
        begun = bookings.begin(tx, terms, bookings.Channel.LINE, resident, ByResident(resident), NOON)
    assert isinstance(begun, Booking)
    town.service.visitor().send(town.link(begun), **TOLD)
    staff = town.signed_in("s", Role.STAFF)
    staff.send(path(begun), path(begun, "done"))
    assert town.now(begun).state is State.DONE
