"""Finding a booking by its receipt, or by who comes."""

from dataclasses import replace

import pytest

from store.bookings import Booking
from store.sight import Role
from tests.web.conftest import Service, Visitor
from tests.web.town import LEGAL, Town

DESK = "/operators/bookings"


@pytest.fixture
def town(pages: Service) -> Town:
    return Town(pages, LEGAL).offer(LEGAL)


@pytest.fixture
def made(town: Town) -> Booking:
    return town.booked(13)


@pytest.fixture
def operator(town: Town) -> Visitor:
    return town.signed_in("yamada", Role.OPERATOR)


def find(visitor: Visitor, **typed: str):
    return visitor.send(DESK, f"{DESK}/find", **typed)


def test_by_the_receipt_as_it_is_said(made: Booking, operator: Visitor):
    receipt = str(made.receipt)
    for typed in (receipt, receipt.lower(), f"{receipt[:3]}-{receipt[3:]}", f" {receipt[:3]} {receipt[3:]} "):
        assert find(operator, receipt=typed).location == f"/bookings/{made.id}"


@pytest.mark.parametrize(
    "typed",
    [
        {"kana": "クマモトハナコ", "birth_date": "S25.1.2"},
        {"kana": "くまもと　はなこ", "birth_date": "19500102", "telephone": "096-000-0000"},
    ],
)
def test_by_who_comes(made: Booking, operator: Visitor, town: Town, typed: dict[str, str]):
    assert find(operator, **typed).location == f"/bookings/{made.id}"
    assert town.audit_details("booking.looked_for") == [{"found": "1"}]


def test_by_telephone_where_no_birth_date_was_asked(town: Town, operator: Visitor):
    made = town.offer(replace(LEGAL, limit=None)).booked(13)
    assert find(operator, kana="くまもとはなこ", telephone="09000000001").location == f"/bookings/{made.id}"


def test_several_of_a_person(town: Town, operator: Visitor):
    free = town.offer(replace(LEGAL, limit=None))
    first, second = free.booked(13), free.booked(14)
    page = find(operator, kana="くまもとはなこ", telephone="09000000001")
    assert page.status_code == 200
    for each in (first, second):
        assert f"/bookings/{each.id}" in page.text


@pytest.mark.parametrize(
    ("typed", "status", "says"),
    [
        ({}, 422, "受付番号か、お名前のふりがなを入力してください。"),
        ({"receipt": "AAAAAAB"}, 422, "受付番号にまちがいがあります。"),
        ({"receipt": "O0I1"}, 422, "受付番号にまちがいがあります。"),
        ({"kana": "くまもと"}, 422, "生年月日か電話番号の、どちらかを入力してください。"),
        ({"kana": "くまもと", "birth_date": "50.1.2"}, 422, "生年月日を読み取れませんでした。"),
        ({"kana": "くまもと", "telephone": "334-1500"}, 422, "電話番号の数字が足りないか"),
        ({"kana": "くまもと たろう", "birth_date": "S25.1.2"}, 404, "見つかりません。"),
        ({"kana": "・", "birth_date": "S25.1.2"}, 404, "見つかりません。"),
    ],
)
def test_what_is_not_found_stays_typed(
    made: Booking, operator: Visitor, typed: dict[str, str], status: int, says: str
):
    answer = find(operator, **typed)
    assert answer.status_code == status
    assert says in answer.text
    for value in typed.values():
        assert f'value="{value}"' in answer.text


def test_nothing_that_is_looked_for_stands_in_an_address(made: Booking, operator: Visitor):
    assert operator.get(f"{DESK}/find?kana=くまもとはなこ&birth_date=S25.1.2").status_code == 405


def test_anothers_bookings_are_not_there(town: Town, made: Booking):
    other = town.signed_in("other", Role.STAFF, section="another")
    assert find(other, receipt=str(made.receipt)).status_code == 404
    assert find(other, kana="くまもとはなこ", birth_date="S25.1.2").status_code == 404
