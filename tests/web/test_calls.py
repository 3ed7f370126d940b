"""Calls are logged in few keys, masked, taken back in time, and lost by no slip."""

import re
from dataclasses import replace

import pytest
import sqlalchemy as sa

from store import knowledge, places
from store.calls import of_day
from store.sight import Role
from store.tables import calls as table
from tests.conftest import NOON
from tests.web.town import plain

LOG, CALLS = "/operators/log", "/operators/calls"


@pytest.fixture
def operator(pages):
    return pages.signed_in(pages.account("operator", Role.OPERATOR))


@pytest.fixture
def admin(pages):
    return pages.account("admin", Role.ADMIN)


@pytest.fixture
def logged(pages, admin):
    """The calls of today, the newest first."""

    def logged():
        with pages.site.database.read() as tx:
            return of_day(tx, admin.viewer, NOON.date())

    return logged


@pytest.mark.parametrize("outcome", ["answered", "transferred", "none", "application"])
def test_one_press_logs_a_call(operator, logged, outcome):
    sent = operator.send(LOG, CALLS, channel="phone", sort="inquiry", outcome=outcome, text="ごみの日は")
    assert (sent.status_code, sent.location) == (303, LOG)
    (call,) = logged()
    sort = "application" if outcome == "application" else "inquiry"
    assert (call.channel, call.sort, call.outcome, call.text, call.counts) == (
        "phone", sort, outcome, "ごみの日は", True
    )  # fmt: skip
    page = plain(operator.get(LOG).text)
    assert "で記録しました。10秒以内なら" in page
    assert "今日の記録（2026年11月24日（火））1件" in page


def test_the_outcome_alone_is_enough(operator, logged):
    operator.send(LOG, CALLS, outcome="answered")
    (call,) = logged()
    assert (call.channel, call.sort, call.text, call.entry, call.section) == (
        "phone", "inquiry", "", None, None
    )  # fmt: skip


def test_all_that_can_be_told(pages, operator, logged):
    with pages.site.database.read() as tx:
        entry, section = knowledge.all_entries(tx)[0], places.all_sections(tx)[0]
    told = {"channel": "question_box", "sort": "application", "outcome": "transferred", "uncounted": "y"}
    operator.send(LOG, CALLS, **told, entry=f" {entry.id} ", section=section.id, text="  引っ越し\n です ")
    (call,) = logged()
    assert (call.channel, call.sort, call.outcome, call.counts) == (
        "question_box", "application", "transferred", False
    )  # fmt: skip
    assert (call.entry, call.section, call.text) == (entry.id, section.id, "引っ越し です")
    page = operator.get(LOG).text
    assert entry.question in page
    assert section.name in page
    assert "数えない" in page


def test_personal_data_is_masked_before_it_is_kept(operator, logged):
    operator.send(LOG, CALLS, outcome="none", text="山田太郎と申します。090-1234-5678に電話がほしい")
    (call,) = logged()
    assert "［お名前］" in call.text
    assert "［電話番号］" in call.text
    assert "山田" not in operator.get(LOG).text


def test_the_citys_own_numbers_and_addresses_stay(pages, operator, logged):
    with pages.site.database.read() as tx:
        office = next(each for each in places.all_offices(tx) if each.telephone and "丁目" in each.address)
        centre = pages.site.profile.call_centre.telephone
    own = f"{office.address}の{office.telephone}か{centre}か"
    operator.send(LOG, CALLS, outcome="answered", text=f"{own}、私の096-123-4567")
    assert [call.text for call in logged()] == [f"{own}、私の［電話番号］"]


def test_what_the_entry_shows_stays(pages, operator, logged):
    number = "096-311-2233"
    with pages.site.database.write() as tx:
        first = knowledge.all_entries(tx)[0]
        knowledge.take_in(tx, [replace(first, answer=f"{number}にお電話ください。")], NOON)
    for entry in (first.id, ""):
        operator.send(LOG, CALLS, outcome="answered", text=f"{number}を案内", entry=entry)
    assert [call.text for call in logged()] == ["［電話番号］を案内", f"{number}を案内"]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("outcome", "", "結果を選んでください"),
        ("outcome", "x", "結果を選んでください"),
        ("channel", "x", "もう一度選んでください"),
        ("sort", "x", "もう一度選んでください"),
        ("section", "x", "もう一度選んでください"),
        ("entry", "x", "その番号の「質問と答え」はありません"),
        ("text", "あ" * 501, "500文字以内"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(operator, logged, field, value, says):
    fields = {"outcome": "answered", "text": "消えない言葉"} | {field: value}
    sent = operator.send(LOG, CALLS, **fields)
    assert sent.status_code == 422
    assert says in plain(sent.text)
    assert fields["text"] in sent.text
    assert logged() == ()


def hidden(page, name):
    return re.search(rf'name="{name}"[^>]* value="([^"]+)"', page)[1]


def test_a_form_that_is_sent_twice_is_one_call_and_changed_it_is_another(operator, logged):
    once = hidden(operator.get(LOG).text, "once")
    for text in ("一", "一", "二"):
        operator.send(LOG, CALLS, once=once, outcome="answered", text=text)
    assert [call.text for call in logged()] == ["二", "一"]


@pytest.mark.parametrize(
    ("began", "minutes"),
    [
        (None, 5),
        ("", 0),
        ("x", 0),
        ("2026-11-24T03:00", 0),
        ("2026-11-23T03:00+00:00", 0),
        ("2027-01-01T00:00+00:00", 0),
    ],
)
def test_a_call_began_when_its_form_was_opened(pages, operator, logged, began, minutes):
    page = operator.get(LOG).text
    pages.clock.passes(minutes=5)
    operator.send(LOG, CALLS, outcome="answered", began=hidden(page, "began") if began is None else began)
    (call,) = logged()
    assert (call.logged_at - call.began_at).total_seconds() == 60 * minutes


def undo_of(page):
    found = re.search(rf'action="({CALLS}/\d+/undo)"', page)
    return found[1] if found else None


def test_a_call_is_taken_back_within_ten_seconds(pages, operator, logged):
    operator.send(LOG, CALLS, outcome="none", text="x")
    undo = undo_of(operator.get(LOG).text)
    sent = operator.send(LOG, undo)
    assert (sent.status_code, sent.location) == (303, LOG)
    assert "記録を取り消しました。" in operator.get(LOG).text
    assert logged() == ()


def test_after_ten_seconds_it_stays(pages, operator, logged):
    operator.send(LOG, CALLS, outcome="none", text="x")
    undo = undo_of(operator.get(LOG).text)
    pages.clock.passes(seconds=13)
    assert undo_of(operator.get(LOG).text) is None
    operator.send(LOG, undo)
    assert "取り消せませんでした" in operator.get(LOG).text
    assert len(logged()) == 1


def test_anothers_call_is_neither_seen_nor_taken_back(pages, operator, logged, admin):
    operator.send(LOG, CALLS, outcome="answered", text="ひみつ")
    undo = undo_of(operator.get(LOG).text)
    second = pages.signed_in(pages.account("second", Role.OPERATOR))
    assert "ひみつ" not in second.get(LOG).text
    assert second.send(LOG, undo).status_code == 404
    leading = pages.signed_in(admin)
    page = leading.get(LOG).text
    assert "ひみつ" in page
    assert "operatorさん" in page
    assert undo_of(page) is None
    assert leading.send(LOG, undo).status_code == 404
    assert len(logged()) == 1


@pytest.mark.parametrize(
    ("back", "to"),
    [("/operators/bookings?q=x", "/operators/bookings?q=x"), ("//evil.example", LOG), ("", LOG)],
)
def test_other_pages_send_it_and_go_on_where_they_were(operator, back, to):
    assert operator.send(LOG, CALLS, outcome="answered", back=back).location == to


def test_the_day_begins_empty(operator):
    assert "今日の記録はまだありません。" in operator.get(LOG).text


def test_nothing_is_kept_of_what_was_refused(pages, operator):
    operator.send(LOG, CALLS, outcome="x", text="x")
    with pages.site.database.read() as tx:
        assert tx.connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0


BY_SCRIPT = {"HX-Request": "true"}


def test_a_script_gets_the_way_back_instead_of_a_page(operator, logged):
    operator.headers.update(BY_SCRIPT)
    sent = operator.send(LOG, CALLS, outcome="answered", text="ごみの日は")
    assert (sent.status_code, "<html" in sent.text) == (200, False)
    assert "「回答した」で記録しました。" in sent.text
    assert 'data-seconds="10"' in sent.text
    undone = operator.send(LOG, undo_of(sent.text))
    assert (undone.status_code, undone.text) == (200, "記録を取り消しました。")
    assert logged() == ()


def test_a_script_is_told_what_is_wrong_and_what_is_too_late(pages, operator, logged):
    operator.headers.update(BY_SCRIPT)
    sent = operator.send(LOG, CALLS, outcome="answered", section="no-such", entry="no-such")
    assert (sent.status_code, logged()) == (422, ())
    wrong = (
        "その番号の「質問と答え」はありません。番号を直すか、空けておいてください。",
        "一覧が変わりました。",
    )
    assert all(each in sent.text for each in wrong)
    assert "<" not in sent.text
    undo = undo_of(operator.send(LOG, CALLS, outcome="answered").text)
    pages.clock.passes(seconds=13)
    late = operator.send(LOG, undo)
    assert (late.status_code, len(logged())) == (409, 1)
    assert "取り消せませんでした" in late.text


def test_a_session_that_ended_logs_nothing_and_leads_to_the_sign_in(pages, operator, logged):
    token = operator.token_on(LOG)
    pages.clock.passes(days=30)
    sent = operator.client.post(CALLS, data={"csrf_token": token, "outcome": "answered"}, headers=BY_SCRIPT)
    assert (sent.status_code, logged()) == (204, ())


def test_the_desk_shows_what_can_be_taken_back_again(pages, operator):
    operator.send(LOG, CALLS, outcome="answered", text="x")
    pages.clock.passes(seconds=4)
    page = operator.get("/operators").text
    assert undo_of(page) is not None
    assert 'data-seconds="6"' in page
    pages.clock.passes(seconds=7)
    assert undo_of(operator.get("/operators").text) is None
