"""The calendar of times, and a time by itself."""

from dataclasses import replace
from datetime import date

import pytest

from store import slots
from store.bookings import State
from store.sight import Role
from store.slots import SlotState, TimeSlot
from tests.conftest import NOON
from tests.store.town import FRIDAY
from tests.web.conftest import Service, Visitor
from tests.web.town import LEGAL, Town, plain

WEEK = f"/staff/slots?day={FRIDAY}"


@pytest.fixture
def town(pages: Service) -> Town:
    return Town(pages, LEGAL).offer(LEGAL)


@pytest.fixture
def staff(town: Town) -> Visitor:
    """Staff who may not see personal data: times are none."""
    return town.signed_in("tanaka", Role.STAFF, personal=False)


def now(town: Town, slot: int) -> TimeSlot:
    with town.database.read() as tx:
        found = slots.find(tx, slots.SlotId(slot), town.service.clock())
    assert found is not None
    return found


# The calendar ---------------------------------------------------------------------------------------


def test_a_week_with_what_is_free_and_taken(town: Town, staff: Visitor):
    town.booked(13)
    town.slot(14, seats=2)
    page = plain(staff.get(WEEK).text)
    assert "11月27日（金） 13時 満席 法律相談 14時 空き2 /2 法律相談" in page
    assert "11月23日（月・祝） 枠なし" in page
    assert "2026年11月23日（月・祝）から2026年11月29日（日）まで" in page
    assert "花子" not in page


def test_a_month_with_how_many_are_free(town: Town, staff: Visitor):
    town.booked(13)
    town.slot(14, seats=2)
    page = staff.get(f"{WEEK}&by=month").text
    assert "11月27日（金） 空き 2 / 3" in plain(page)
    assert "day=2026-10-31" in page
    assert "day=2026-12-01" in page


def test_one_programme(town: Town, staff: Visitor):
    town.slot(13)
    town.offer(replace(LEGAL, programme="tax")).slot(14)
    page = plain(staff.get(f"{WEEK}&programme=tax").text)
    assert "14時 空き1" in page
    assert "13時 空き1" not in page


def test_a_day_is_blocked_and_opened(town: Town, staff: Visitor):
    monday = date(2026, 11, 30)
    on_day, other = [town.slot(13), town.slot(14)], town.slot(13, day=monday)
    staff.send(WEEK, "/staff/slots/day", day=str(FRIDAY), programme="", act="block")
    assert [now(town, slot).state for slot in (*on_day, other)] == [
        SlotState.BLOCKED,
        SlotState.BLOCKED,
        SlotState.OPEN,
    ]
    assert "2の枠で、新しい予約を止めました。" in staff.get(WEEK).text
    staff.send(WEEK, "/staff/slots/day", day=str(FRIDAY), programme="legal", act="open")
    assert {now(town, slot).state for slot in on_day} == {SlotState.OPEN}
    assert staff.send(WEEK, "/staff/slots/day", day="tomorrow", act="block").status_code == 404


def test_a_blocked_day_of_one_programme_leaves_the_others(town: Town, staff: Visitor):
    legal = town.slot(13)
    tax = town.offer(replace(LEGAL, programme="tax")).slot(14)
    staff.send(WEEK, "/staff/slots/day", day=str(FRIDAY), programme="tax", act="block")
    assert (now(town, legal).state, now(town, tax).state) == (SlotState.OPEN, SlotState.BLOCKED)


# One time -------------------------------------------------------------------------------------------


def test_a_time_is_blocked_and_opened(town: Town, staff: Visitor):
    made = town.booked(13)
    path = f"/staff/slots/{made.slot.id}"
    assert "1（予約・入力中 1、空き 0）" in staff.get(path).text
    staff.send(path, f"{path}/block")
    assert now(town, made.slot.id).state is SlotState.BLOCKED
    assert town.now(made).state is State.CONFIRMED
    staff.send(path, f"{path}/open")
    assert now(town, made.slot.id).state is SlotState.OPEN


def test_more_and_fewer_places(town: Town, staff: Visitor):
    made = town.booked(13)
    path = f"/staff/slots/{made.slot.id}"
    staff.send(path, f"{path}/seats", seats="3")
    assert (now(town, made.slot.id).seats, now(town, made.slot.id).free) == (3, 2)
    staff.send(path, f"{path}/seats", seats="0")
    assert now(town, made.slot.id).free == 0
    assert town.now(made).state is State.CONFIRMED
    for wrong in ("-1", "1001", "many", ""):
        answer = staff.send(path, f"{path}/seats", seats=wrong)
        assert answer.status_code == 422
        assert "席は、0から1000までの数にしてください。" in answer.text


def test_a_time_is_closed_after_asking(town: Town, staff: Visitor):
    made = town.booked(13)
    path = f"/staff/slots/{made.slot.id}"
    assert "入っている1件の予約は、市の都合での中止になります。" in staff.get(f"{path}/close").text
    assert now(town, made.slot.id).state is SlotState.OPEN
    staff.send(f"{path}/close")
    assert now(town, made.slot.id).state is SlotState.CLOSED
    assert town.now(made).state is State.CLOSED
    assert "中止にしました。1件の予約の方に" in staff.get(path).text


# One more time --------------------------------------------------------------------------------------

TYPED = {
    "programme": "legal",
    "day": str(FRIDAY),
    "starts": "10:00",
    "ends": "10:30",
    "seats": "2",
    "place": "東区役所",
}


def test_a_time_by_hand(town: Town, staff: Visitor):
    made = staff.send("/staff/slots/new", **TYPED)
    slot = now(town, int(made.location.rsplit("/", 1)[1]))
    assert slot.starts_at.isoformat() == "2026-11-27T01:00:00+00:00"
    assert (slot.programme, slot.place, slot.office, slot.seats) == ("legal", "東区役所", None, 2)
    twice = staff.send("/staff/slots/new", **TYPED)
    assert twice.status_code == 409
    assert "同じ時刻と会場の枠が、すでにあります。" in twice.text


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("programme", "nothing", "内容を選んでください。"),
        ("programme", "", "内容を選んでください。"),
        ("day", "", "日を選んでください。"),
        ("day", str(NOON.date().replace(day=23)), "開始の時刻が過ぎています。"),
        ("starts", "", "開始の時刻を入力してください。"),
        ("starts", "25:00", "開始の時刻を入力してください。"),
        ("ends", "", "終了の時刻は、開始より後にしてください。"),
        ("ends", "10:00", "終了の時刻は、開始より後にしてください。"),
        ("seats", "0", "席は、1から1000までの数にしてください。"),
        ("seats", "二", "席は、1から1000までの数にしてください。"),
        ("place", "あ" * 101, "会場は、100文字までにしてください。"),
    ],
)
def test_what_is_wrong_with_a_time(staff: Visitor, field: str, typed: str, says: str):
    answer = staff.send("/staff/slots/new", **(TYPED | {field: typed}))
    assert answer.status_code == 422
    assert says in answer.text


def test_nobody_makes_times_of_anothers_programme(town: Town):
    other = town.signed_in("other", Role.STAFF, section="another", personal=False)
    assert "あなたの課で受け付けている予約がありません。" in other.get("/staff/slots/new").text
    theirs = town.offer(replace(LEGAL, section="another"))
    assert other.send("/staff/slots/new", **TYPED).status_code == 303
    with theirs.database.read() as tx:
        assert len(slots.reaching(tx, NOON, NOON.replace(month=12), NOON)) == 1


# Who may --------------------------------------------------------------------------------------------


def test_what_is_anothers_is_not_there(town: Town):
    slot = town.slot(13)
    other = town.signed_in("other", Role.STAFF, section="another")
    assert "13時" not in other.get(WEEK).text
    for path in ("", "/close", "/lots"):
        assert other.get(f"/staff/slots/{slot}{path}").status_code == 404
    for path in ("/block", "/open", "/seats", "/close", "/lots"):
        assert other.send(WEEK, f"/staff/slots/{slot}{path}", seats="5").status_code == 404
    other.send(WEEK, "/staff/slots/day", day=str(FRIDAY), programme="legal", act="block")
    assert (now(town, slot).state, now(town, slot).seats) == (SlotState.OPEN, 1)


def test_who_does_not_see_the_calendar(town: Town):
    slot = town.slot(13)
    operator = town.signed_in("o", Role.OPERATOR)
    for path in (WEEK, f"/staff/slots/{slot}", "/staff/slots/new"):
        assert operator.get(path).status_code == 404
        assert town.service.visitor().get(path).status_code == 303
