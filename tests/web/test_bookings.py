"""The day's list of bookings."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from store import bookings, slots
from store.audit import SERVICE
from store.sight import Role
from tests.conftest import NOON
from tests.store.town import FRIDAY, draft
from tests.web.conftest import Service, Visitor
from tests.web.town import LEGAL, Town

DAY = f"/staff/bookings?day={FRIDAY}"


@pytest.fixture
def town(pages: Service) -> Town:
    return Town(pages, LEGAL).offer(LEGAL)


@pytest.fixture
def staff(town: Town) -> Visitor:
    return town.signed_in("tanaka", Role.STAFF)


def test_a_day_by_time_without_names(town: Town, staff: Visitor):
    later, earlier = town.booked(14), town.booked(13, name="熊本 太郎", kana="くまもと たろう")
    page = staff.get(DAY).text
    assert page.index("13時〜13時30分") < page.index("14時〜14時30分")
    for made in (later, earlier):
        assert f"/bookings/{made.id}" in page
    assert "市役所　予約 2件、空き 0" in page
    for told in ("花子", "太郎", "0000-0001"):
        assert told not in page


def test_one_goes_from_day_to_day(staff: Visitor):
    page = staff.get(DAY).text
    assert "day=2026-11-26" in page
    assert "day=2026-11-28" in page
    for anything in ("", "?day=gestern", "?day=2026-13-01"):
        assert "2026年11月24日（火）の予約" in staff.get(f"/staff/bookings{anything}").text


def test_an_empty_day_leads_to_the_next_on_which_somebody_comes(town: Town, staff: Visitor):
    today = staff.get("/staff/bookings").text
    assert "この日の予約はありません。" in today
    assert "次に予約があるのは" not in today
    made = town.booked(13)
    today = staff.get("/staff/bookings").text
    assert f'次に予約があるのは、<a href="{DAY}">2026年11月27日（金）</a>です。' in today
    assert "次に予約があるのは" not in staff.get(DAY).text
    with town.service.site.database.write() as tx:
        bookings.cancel(tx, made.id, SERVICE, NOON)
    assert "次に予約があるのは" not in staff.get("/staff/bookings").text


def test_what_one_takes_away(town: Town, staff: Visitor):
    made = town.booked(13)
    receipt = f"{made.receipt[:3]}-{made.receipt[3:]}"
    expected = [
        ["日", "開始", "終了", "内容", "会場", "受付番号", "状態", "受付"],
        ["2026-11-27", "13:00", "13:30", "法律相談", "市役所", receipt, "予約済み", "LINE"],
    ]
    answer = staff.get(f"/staff/bookings.csv?day={FRIDAY}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bookings-2026-11-27.csv"'
    assert list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))) == expected
    book = openpyxl.load_workbook(io.BytesIO(staff.get(f"/staff/bookings.xlsx?day={FRIDAY}").data))
    assert [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()] == expected


def test_a_place_that_a_spreadsheet_would_run(town: Town, staff: Visitor):
    evil = replace(draft(13, terms=LEGAL), place='=HYPERLINK("http://evil.example","市役所")')
    with town.database.write() as tx:
        made = slots.add(tx, evil, SERVICE, NOON)
    assert made is not None
    town.hold(made)
    rows = list(
        csv.reader(io.StringIO(staff.get(f"/staff/bookings.csv?day={FRIDAY}").data.decode("utf-8-sig")))
    )
    assert rows[1][4].startswith("'=")


def test_who_sees_the_list(town: Town):
    made = town.booked(13)
    receipt = made.receipt[:3]
    for role, more, sees in (
        (Role.STAFF, {"section": "legal-section"}, False),  # the programme is of no section
        (Role.ADMIN, {}, True),
        (Role.APPROVER, {}, True),
    ):
        page = town.signed_in(f"{role}-1", role, **more).get(DAY)
        assert page.status_code == 200
        assert (receipt in page.text) == sees, role
    own = town.offer(replace(LEGAL, section="legal-section"))
    assert receipt in own.signed_in("own", Role.STAFF, section="legal-section").get(DAY).text
    assert receipt not in own.signed_in("none", Role.STAFF).get(DAY).text


@pytest.mark.parametrize(
    "path", [DAY, f"/staff/bookings.csv?day={FRIDAY}", f"/staff/bookings.xlsx?day={FRIDAY}"]
)
def test_who_does_not(town: Town, path: str):
    town.booked(13)
    assert town.service.visitor().get(path).status_code == 303
    for role, personal in (
        (Role.OPERATOR, True),
        (Role.OPERATOR, False),
        (Role.STAFF, False),
        (Role.APPROVER, False),
    ):
        visitor = town.signed_in(f"{role}-{personal}", role, personal=personal)
        assert visitor.get(path).status_code == 404, role


def test_came_or_not_from_the_list(town: Town, staff: Visitor):
    made = town.booked(13)
    assert "来なかった" not in staff.get(DAY).text  # it has not begun
    town.service.clock.passes(days=3, hours=1)
    staff = town.signed_in("later", Role.STAFF)
    assert "来なかった" in staff.get(DAY).text
    marked = staff.send(DAY, f"/bookings/{made.id}/kept", back="list")
    assert marked.location == DAY
    assert town.now(made).state is bookings.State.KEPT
    assert "印を取り消す" in staff.get(DAY).text
