"""The operator's desk: from a caller's words to a place that is kept, and what is read out in the end."""

import re
from dataclasses import replace
from datetime import date

import pytest

from faq.terms import Sort
from store.bookings import State
from store.receipts import SIGNS, Receipt
from store.sight import Role
from tests.conftest import NOON
from tests.line import TARO
from tests.web.conftest import Service, Visitor
from tests.web.town import LEGAL, TOLD, Town, plain
from web.caller import spelled

DESK = "/operators/bookings"
MONDAY = date(2026, 11, 30)


@pytest.fixture
def town(both: Service) -> Town:
    return Town(both, LEGAL).offer(LEGAL)


@pytest.fixture
def little(pages: Service) -> Town:
    return Town(pages, LEGAL).offer(LEGAL)


@pytest.fixture
def operator(town: Town) -> Visitor:
    return town.signed_in("yamada", Role.OPERATOR)


def offered(visitor: Visitor, words: str) -> set[int]:
    """The times that the line finds."""
    page = visitor.get(DESK, query_string={"q": words}).text
    return {int(number) for number in re.findall(r'name="slot" value="(\d+)"', page)}


def test_a_booking_for_a_caller(town: Town, operator: Visitor):
    slot = town.slot(13)
    held = operator.send(f"{DESK}?q=法律相談", f"{DESK}/hold", slot=str(slot))
    assert re.fullmatch(rf"{DESK}/\d+/caller", held.location)
    asked = operator.get(held.location).text
    assert "12時10分 まで" in plain(asked)
    assert "「ご本人のお名前を、フルネームでお願いします。」" in asked
    assert 'autocomplete="name"' not in asked  # no browser offers the caller before

    told = operator.send(held.location, **TOLD)
    assert told.status_code == 303
    page = operator.get(told.location).text
    assert "2026年11月27日（金）、13時から、場所は市役所です。" in page
    booking = town.of_slot(slot)
    assert (booking.state, booking.channel, booking.resident) == (State.CONFIRMED, "phone", None)
    for _, said in spelled_of(town, booking.receipt):
        assert said in page
    assert (
        operator.send(held.location.replace("/caller", "/told"), held.location, **TOLD).location
        == told.location
    )


def spelled_of(town: Town, receipt: str) -> tuple[tuple[str, str], ...]:
    with town.service.app.test_request_context():
        return spelled(Receipt(receipt))


def test_every_sign_of_a_receipt_can_be_said(little: Town):
    said = [words for _, words in spelled_of(little, SIGNS)]
    assert len(set(said)) == len(SIGNS)


def test_staff_book_at_the_counter_until_it_begins(little: Town):
    slot = little.slot(12, 30, NOON.date())
    operator, staff = little.signed_in("o", Role.OPERATOR), little.signed_in("s", Role.STAFF)
    assert "電話" not in little.service.site.say("bookings.channel.counter")
    assert slot not in offered(operator, "法律相談")  # by telephone until noon
    held = staff.send(f"{DESK}?q=法律相談", f"{DESK}/hold", slot=str(slot))
    staff.send(held.location, **TOLD)
    assert little.of_slot(slot).channel == "counter"


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("法律相談", {"fri13", "fri15", "mon13"}),
        ("弁護士", {"fri13", "fri15", "mon13"}),
        ("法律相談 来週", {"mon13"}),
        ("法律相談　金曜", {"fri13", "fri15"}),
        ("金曜の15時 法律相談", {"fri15"}),
        ("11/30", {"mon13"}),
        ("午前", set()),
        ("税務相談", set()),
        ("ねこ", set()),
        ("法律相談 2月30日", {"fri13", "fri15", "mon13"}),
    ],
)
def test_one_line_finds_the_times(little: Town, words: str, times: set[str]):
    slots = {"fri13": little.slot(13), "fri15": little.slot(15), "mon13": little.slot(13, day=MONDAY)}
    operator = little.signed_in("o", Role.OPERATOR)
    assert offered(operator, words) == {slots[each] for each in times}


def test_what_cannot_be_read_as_a_day_is_said(little: Town):
    page = little.signed_in("o", Role.OPERATOR).get(DESK, query_string={"q": "法律相談 2月30日"}).text
    assert "「2月30日」は日にちとして読み取れなかった" in page


def test_more_time_and_giving_back(town: Town, operator: Visitor):
    slot = town.slot(13)
    held = operator.send(f"{DESK}?q=法律相談", f"{DESK}/hold", slot=str(slot))
    longer = operator.send(held.location, act="extend", name="熊本")
    assert "12時20分 まで" in plain(longer.text)
    assert 'value="熊本"' in longer.text
    assert operator.send(held.location, act="extend").status_code == 409
    back = operator.send(held.location, act="release")
    assert back.location == DESK
    assert "席を戻しました。" in operator.get(DESK).text
    assert slot in offered(operator, "法律相談")


def test_what_is_wrong_is_said(little: Town):
    operator = little.signed_in("o", Role.OPERATOR)
    held = operator.send(f"{DESK}?q=法律相談", f"{DESK}/hold", slot=str(little.slot(13)))
    wrong = operator.send(held.location, **(TOLD | {"birth_date": "50.1.2"}))
    assert wrong.status_code == 422
    assert "生年月日を読み取れませんでした。" in wrong.text
    assert 'value="50.1.2"' in wrong.text


def test_who_has_a_booking_from_line_gets_no_second_by_telephone(town: Town, operator: Visitor):
    town.booked(13)
    slot = town.slot(14)
    held = operator.send(f"{DESK}?q=法律相談", f"{DESK}/hold", slot=str(slot))
    refused = operator.send(held.location, **(TOLD | {"kana": "クマモトハナコ"}))
    assert refused.status_code == 409
    assert "この方のご予約は、月に1回までです。" in refused.text
    assert town.of_slot(slot).state is State.HELD
    assert town.audited("particulars.kept") == 1


def test_a_place_that_was_taken_meanwhile(town: Town, operator: Visitor):
    slot = town.slot(13)
    page = f"{DESK}?q=法律相談"
    token = operator.token_on(page)
    town.hold(slot, town.resident(TARO))
    lost = operator.client.post(f"{DESK}/hold", data={"csrf_token": token, "slot": slot, "q": "法律相談"})
    assert "q=" in lost.location
    assert "その時間は、いま埋まりました。" in operator.get(lost.location).text


def test_a_hold_that_ran_out_while_they_talked(town: Town, operator: Visitor):
    slot = town.slot(13)
    held = operator.send(f"{DESK}?q=法律相談", f"{DESK}/hold", slot=str(slot))
    town.service.clock.passes(minutes=11)
    assert "席をとっておく時間が過ぎました。" in operator.get(held.location).text
    town.hold(slot, town.resident(TARO))
    gone = operator.send(held.location, **TOLD)
    assert gone.status_code == 409
    assert "ほかの方の予約が入りました。" in gone.text


def test_an_application_for_a_caller(little: Town):
    town = little.offer(replace(LEGAL, sort=Sort.APPLICATION))
    operator = town.signed_in("o", Role.OPERATOR)
    assert "申込みを受ける" in operator.get(f"{DESK}?q=法律相談").text
    begun = operator.send(f"{DESK}?q=法律相談", f"{DESK}/begin", programme="legal")
    told = operator.send(begun.location, **TOLD)
    assert "のお申込みをお受けしました。" in operator.get(told.location).text
    assert operator.send(f"{DESK}?q=法律相談", f"{DESK}/begin", programme="tax").status_code == 404


@pytest.mark.parametrize("slot", ["", "x", "999", "-1", "9" * 30])
def test_no_such_time(little: Town, slot: str):
    operator = little.signed_in("o", Role.OPERATOR)
    assert operator.send(DESK, f"{DESK}/hold", slot=slot).status_code == 404


def test_who_may_not(little: Town):
    little.slot(13)
    for role in (Role.OPERATOR, Role.STAFF, Role.ADMIN):
        visitor = little.signed_in(f"{role}", role, personal=False)
        assert visitor.get(DESK).status_code == 404
        assert visitor.send("/account", f"{DESK}/hold", slot="1").status_code == 404
    other = little.signed_in("other", Role.STAFF, section="another")
    assert other.send(DESK, f"{DESK}/hold", slot="1").location.startswith(DESK)
    assert little.service.visitor().get(DESK).location.startswith("/login")


def test_anothers_caller(little: Town):
    """What a section holds is not there for the staff of another."""
    operator = little.signed_in("o", Role.OPERATOR)
    held = operator.send(DESK, f"{DESK}/hold", slot=str(little.slot(13))).location
    other = little.signed_in("other", Role.STAFF, section="another")
    for path in (held, held.replace("caller", "told")):
        assert other.get(path).status_code == 404
    assert other.send(DESK, held, **TOLD).status_code == 404
