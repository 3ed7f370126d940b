"""Notices to the desk: written by a form, there at once for whoever answers calls, gone once read."""

import re

import pytest

from store.sight import Role
from tests.web.conftest import Service, Visitor
from tests.web.town import plain

LIST, NEW, BOARD = "/operators/bulletins", "/operators/bulletins/new", "/operators/bulletins/now"
TOLD = {
    "urgency": "urgent",
    "title": "東区役所の電話がつながりません",
    "text": "中央区役所をご案内ください。",
    "section": "",
    "begins": "2026-11-24T12:00",
    "ends": "2026-11-24T20:00",
}


@pytest.fixture
def staff(both: Service) -> Visitor:
    return both.signed_in(both.account("sato", Role.STAFF))


@pytest.fixture
def operator(both: Service) -> Visitor:
    return both.signed_in(both.account("yamada", Role.OPERATOR))


def write(visitor: Visitor, **changed: str) -> int:
    """Writes a notice; its number."""
    assert visitor.send(NEW, **(TOLD | changed)).status_code == 303
    return max(int(each) for each in re.findall(rf"{LIST}/(\d+)/end", visitor.get(LIST).text))


def titles(page: str, place: str = "") -> list[str]:
    """What stands on the board, in one of its places or both."""
    found = re.search(
        rf'id="bulletins-{place or "urgent"}".*?{"</div>" if place == "others" else "$"}', page, re.S
    )
    assert found is not None
    return [plain(each) for each in re.findall(r"<h2>.*?</span>(.*?)</h2>", found[0], re.S)]


def test_a_notice_is_there_at_once_with_who_wrote_it_and_when(staff, operator):
    assert titles(operator.get(BOARD).text) == []
    write(staff)
    board = operator.get(BOARD).text
    assert titles(board) == ["東区役所の電話がつながりません"]
    assert "中央区役所をご案内ください。" in board
    assert "satoさん、 2026年11月24日（火） 12時" in plain(board)


def test_what_is_urgent_interrupts_and_the_rest_waits(staff, operator):
    for urgency in ("normal", "urgent", "disaster"):
        write(staff, urgency=urgency, title=urgency)
    board = operator.get(BOARD).text
    assert re.findall(r'id="bulletins-(\w+)" aria-live="(\w+)"', board) == [
        ("urgent", "assertive"),
        ("others", "polite"),
    ]
    assert titles(board) == ["disaster", "urgent", "normal"]
    assert titles(board, "others") == ["normal"]


def test_who_read_it_sees_it_no_more_until_it_is_changed(both, staff, operator):
    number = write(staff)
    read = {"version": "1", "back": "/operators"}
    sent = operator.send("/operators", f"{LIST}/{number}/read", **read)
    assert (sent.status_code, sent.location) == (303, "/operators")
    assert titles(operator.get(BOARD).text) == []
    assert "東区役所の電話" in operator.get(LIST).text
    page = f"{LIST}/{number}"
    assert staff.send(page, **(TOLD | {"title": "つながりました", "version": "1"})).status_code == 303
    assert titles(operator.get(BOARD).text) == ["つながりました"]
    other = both.signed_in(both.account("tanaka", Role.OPERATOR))
    assert titles(other.get(BOARD).text) == ["つながりました"]


def test_it_is_ended_and_stands_among_the_past(staff, operator):
    number = write(staff)
    assert staff.send(LIST, f"{LIST}/{number}/end").status_code == 303
    assert titles(operator.get(BOARD).text) == []
    assert "終わったお知らせ" in operator.get(LIST).text


def test_it_goes_by_itself_when_its_time_is_over(both, staff, operator):
    write(staff)
    both.clock.passes(minutes=8 * 60 - 1)
    operator = both.signed_in(both.account("tanaka", Role.OPERATOR))
    assert titles(operator.get(BOARD).text) != []
    both.clock.passes(minutes=1)
    assert titles(operator.get(BOARD).text) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"title": " "}, "見出しは"),
        ({"title": "あ" * 61}, "見出しは"),
        ({"text": "あ" * 1001}, "本文は"),
        ({"section": "chuo-kumin"}, "担当は"),
        ({"begins": "きょう"}, "出し始める日時を"),
        ({"begins": "2026-11-24T12:00+09:00"}, "出し始める日時を"),
        ({"ends": ""}, "終える日時を"),
        ({"ends": "2026-11-24T12:00"}, "終える日時は"),
        ({"ends": "2027-12-24T12:00"}, "終える日時は"),
        ({"begins": "2026-11-23T12:00", "ends": "2026-11-24T11:59"}, "もう過ぎています"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(pages: Service, changed, says):
    staff = pages.signed_in(pages.account("sato", Role.STAFF))
    sent = staff.send(NEW, **(TOLD | changed))
    assert sent.status_code == 422
    assert says in sent.text
    if "text" not in changed:
        assert "中央区役所をご案内ください。" in sent.text
    assert "いま出ているお知らせはありません。" in staff.get(LIST).text


def test_the_second_of_two_editors_overwrites_nothing(pages: Service):
    first, second = (pages.signed_in(pages.account(name, Role.STAFF)) for name in ("sato", "suzuki"))
    page = f"{LIST}/{write(first)}"
    assert first.send(page, **(TOLD | {"title": "先", "version": "1"})).status_code == 303
    sent = second.send(page, **(TOLD | {"title": "後", "version": "1"}))
    assert sent.status_code == 422
    assert "先に直しました" in sent.text
    assert "後" in sent.text
    forgot = second.client.post(page, data=TOLD | {"csrf_token": second.token_on(page)})
    assert forgot.status_code == 422
    assert "<h2>" in first.get(LIST).text
    assert "後" not in plain(first.get(LIST).text).replace("午後", "")


def test_what_is_written_runs_nothing(staff, operator):
    write(staff, title="<script>alert(1)</script>", text="<img src=x>")
    board = operator.get(BOARD).text
    assert "<script>" not in board
    assert "<img" not in board


def test_who_is_signed_out_is_not_led_back_to_a_part_of_a_page(pages: Service):
    sent = pages.visitor().get(BOARD)
    assert (sent.status_code, sent.location) == (303, "/login")
