"""The whole of a call by keyboard: type, choose, read out, log, take back, the next; nothing typed is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from store.calls import CallChannel, Outcome, Sort
from store.sight import Role
from store.tables import queries
from tests.browser.calls import at_the_line, calls_of, expect, logged, typed
from tests.browser.conftest import DESK
from tests.browser.test_every_page import look_over
from tests.browser.test_operators import TAKEN, WIDER, options

pytestmark = pytest.mark.browser

BESIDE = {"width": 420, "height": 800}
"""Beside the telephone client."""
SIZES = {
    "125 %": ({"width": 1024, "height": 720}, 1.25),
    "200 %": ({"width": 640, "height": 450}, 2),
    "420 px": (BESIDE, 1),
    "320 px": ({"width": 320, "height": 640}, 1),
}
HIDDEN = """
() => {
  const box = document.activeElement.getBoundingClientRect();
  const at = document.elementFromPoint(box.left + box.width / 2, Math.max(box.top, 0) + Math.min(box.height, 20) / 2);
  return !(at && (document.activeElement.contains(at) || at.contains(document.activeElement)));
}
"""
"""Whether something lies over what has the focus (WCAG 2.4.11)."""

WITHIN = "() => document.activeElement.closest('main') !== null"


@pytest.fixture
def page(enter):
    return at_the_line(enter("/operators", Role.OPERATOR))


def ask(page, words):
    """Types a question and opens the first that is found for all of it."""
    typed(page, words)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#pane .read-out").wait_for()


def focus(page):
    return page.evaluate("document.activeElement.id")


def test_a_call_from_the_first_letter_to_the_next_call(house, page):
    ask(page, "転入届")
    assert page.locator(".read-out").inner_text().endswith("転入届を出してください。")
    before = len(calls_of(house))
    page.keyboard.press("1")
    logged(page)
    assert page.get_by_role("status").first.inner_text() == "「回答した」で記録しました。"
    assert (options(page).count(), page.locator("#pane").is_visible()) == (0, False)
    call = calls_of(house)[0]
    assert (call.outcome, call.text, call.entry, call.channel, call.sort, call.counts) == (
        Outcome.ANSWERED, "転入届", "moving-in", CallChannel.PHONE, Sort.INQUIRY, True
    )  # fmt: skip
    ask(page, "転入届")  # the next caller asks the same: another call
    page.keyboard.press("1")
    logged(page)
    assert len(calls_of(house)) == before + 2


@pytest.mark.parametrize("size", SIZES)
def test_a_call_in_a_small_window(house, enter, size):
    viewport, scale = SIZES[size]
    page = at_the_line(enter("/operators", Role.OPERATOR, size=viewport, device_scale_factor=scale))
    ask(page, "東区役所")
    assert not page.evaluate(HIDDEN)
    page.keyboard.press("2")
    page.locator("#transfer").wait_for()
    assert page.evaluate(WIDER) <= 0
    expect(page.locator("#to")).to_be_focused()
    page.keyboard.type("くみん")
    page.keyboard.press("Enter")
    logged(page)
    assert not page.evaluate(HIDDEN)
    assert calls_of(house)[0].section == "higashi-kumin"
    while page.keyboard.press("Tab") or page.evaluate(WITHIN):
        assert not page.evaluate(HIDDEN), page.evaluate("document.activeElement.outerHTML.slice(0, 90)")
    assert page.evaluate(WIDER) <= 0


def test_a_call_began_with_its_first_letter(house, enter, monkeypatch):
    begins = datetime.now(UTC)
    monkeypatch.setattr(house.service.clock, "now", begins + timedelta(seconds=90))
    page = at_the_line(enter("/operators", Role.OPERATOR))
    ask(page, "転入届")
    page.keyboard.press("1")
    logged(page)
    # The others of the day were logged at its noon, which may be still to come.
    call = max(calls_of(house), key=lambda each: each.id)
    assert call.logged_at == begins + timedelta(seconds=90)
    assert begins - timedelta(milliseconds=1) <= call.began_at <= datetime.now(UTC) < call.logged_at


# Handing on -------------------------------------------------------------------------------------------------


def test_a_call_is_handed_on_by_two_keys_where_the_section_is_known(house, page):
    page.keyboard.type("西区に引っ越してきたときの転入届")
    page.keyboard.press("Enter")
    page.locator("#pane .read-out").wait_for()
    page.keyboard.press("2")
    page.locator("#target-0[aria-selected=true]").wait_for()
    page.locator("#target-0 .hours").wait_for()
    told = ["西区役所 区民課", "096-329-1198", "いま受付中です（16時30分まで）。"]
    assert page.locator("#target-0").inner_text().split("\n") == told
    page.keyboard.press("Enter")
    logged(page)
    call = calls_of(house)[0]
    assert (call.outcome, call.section) == (Outcome.TRANSFERRED, "nishi-kumin")


@pytest.mark.parametrize(
    ("letters", "first"),
    [
        ("ひがしくふくし", "東区役所 福祉課"),
        ("ヒガシ ﾌｸｼ", "東区役所 福祉課"),
        ("北区 ほご", "北区役所 保護課"),
        ("ごみ", "熊本市役所（本庁） 廃棄物計画課"),
        ("みなみk", "南区役所"),
    ],
)
def test_a_section_is_found_by_letters(page, letters, first):
    page.keyboard.type("だれかにつなぐ")
    page.get_by_role("button", name="つないだ").click()
    expect(page.locator("#to")).to_be_focused()
    page.keyboard.type(letters)
    expect(page.locator("#target-0 .found-title")).to_have_text(re.compile(f"^{re.escape(first)}"))


def test_the_enter_that_ends_a_composition_hands_nothing_on(house, page):
    ask(page, "転入届")
    before = len(calls_of(house))
    page.keyboard.press("2")
    expect(page.locator("#to")).to_be_focused()
    page.keyboard.type("ひがし")
    page.evaluate(TAKEN.replace("'q'", "'to'"), "Enter")
    assert page.locator("#transfer").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#transfer").is_visible()
    assert page.locator("#pane .read-out").is_visible()
    assert len(calls_of(house)) == before


def test_a_call_may_go_to_nobody_of_the_city(house, page):
    page.keyboard.type("年金事務所につないだ")
    page.get_by_role("button", name="つないだ").click()
    expect(page.locator("#to")).to_be_focused()
    page.keyboard.press("Enter")  # nothing is chosen yet
    assert page.locator("#transfer").is_visible()
    page.keyboard.press("ArrowUp")  # the last
    page.keyboard.press("Enter")
    logged(page)
    assert (calls_of(house)[0].outcome, calls_of(house)[0].section) == (Outcome.TRANSFERRED, None)


# What is found, and what is not ---------------------------------------------------------------------------------


def test_where_nothing_is_found_one_key_says_so(house, page):
    page.keyboard.type("ｑｗｘ ｚｚｗ")
    page.keyboard.press("Enter")
    page.get_by_text("「答えが見つからない」で記録してください").wait_for()
    page.keyboard.press("3")
    logged(page)
    assert calls_of(house)[0].outcome is Outcome.NONE
    with house.service.site.database.read() as tx:
        last = sa.select(queries.c.handler, queries.c.channel).order_by(queries.c.id.desc()).limit(1)
        assert tuple(tx.connection.execute(last).one()) == ("call", "phone")


def test_the_one_section_in_charge_is_logged_with_the_answer(house, page):
    ask(page, "家庭ごみの分け方")
    page.keyboard.press("1")
    logged(page)
    assert calls_of(house)[0].section == "honcho-haikibutsu"


def test_channel_and_the_like_by_keyboard_and_telephone_again_afterwards(house, page):
    ask(page, "転入届")
    page.keyboard.press("0")
    expect(page.locator("#channel")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("1")  # in a field it is a letter
    page.keyboard.press("Escape")  # out of the field, and nothing is cleared
    assert page.get_by_role("combobox", name="お客様のお尋ね").input_value() == "転入届"
    assert page.locator("#log-kind").inner_text().endswith("ファクス")
    page.keyboard.press("1")
    logged(page)
    assert calls_of(house)[0].channel is CallChannel.FAX
    ask(page, "転入届")
    page.keyboard.press("1")
    logged(page)
    assert calls_of(house)[0].channel is CallChannel.PHONE


# Taking back ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["z", "Control+z", "button"])
def test_a_call_is_taken_back_and_stands_there_again(house, page, way):
    ask(page, "転入届")
    before = [call.id for call in calls_of(house)]
    page.keyboard.press("1")
    logged(page)
    if way == "z":
        page.keyboard.press("Escape")  # out of the empty line
        page.keyboard.press("z")
    elif way == "button":
        page.get_by_role("button", name="取り消す").click()
    else:
        page.keyboard.press(way)
    page.get_by_text("記録を取り消しました。").wait_for()
    page.locator("#pane .read-out").wait_for()
    assert [call.id for call in calls_of(house)] == before
    assert page.locator("#q").input_value() == "転入届"
    page.keyboard.press("1" if way == "z" else "4")  # the same after all, or what was meant
    logged(page)
    meant = Outcome.ANSWERED if way == "z" else Outcome.APPLICATION
    assert (calls_of(house)[0].outcome, calls_of(house)[0].text) == (meant, "転入届")
    assert len(calls_of(house)) == len(before) + 1


def test_taking_back_leaves_the_next_call_alone(house, page):
    ask(page, "転入届")
    page.keyboard.press("1")
    logged(page)
    typed(page, "東区役所")  # how many are found is said in the place of what comes next
    page.get_by_role("button", name="取り消す").click()
    page.get_by_text("記録を取り消しました。").wait_for()
    assert page.locator("#q").input_value() == "東区役所"


def test_the_seconds_are_counted_down_and_then_the_button_is_gone(page):
    page.clock.install()
    ask(page, "転入届")
    page.keyboard.press("1")
    logged(page)
    assert "あと10秒" in page.locator("#undo").inner_text()
    page.clock.run_for(4100)
    assert "あと6秒" in page.locator("#undo").inner_text()
    page.clock.run_for(6000)
    assert page.locator("#undo button").count() == 0


def test_what_esc_cleared_comes_back(page):
    ask(page, "転入届")
    page.keyboard.press("Escape")
    assert (page.locator("#q").input_value(), focus(page)) == ("", "q")
    page.keyboard.press("Control+z")
    page.locator("#pane .read-out").wait_for()
    assert page.locator("#q").input_value() == "転入届"


# Keys of one letter -------------------------------------------------------------------------------------------------


def test_in_a_field_keys_are_letters(house, page):
    before = len(calls_of(house))
    page.keyboard.type("1歳の2番目の子z?/")
    assert page.locator("#q").input_value() == "1歳の2番目の子z?/"
    assert len(calls_of(house)) == before


def test_a_key_hit_before_anything_is_asked_logs_nothing_but_the_button_does(house, page):
    before = len(calls_of(house))
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    page.get_by_text("お尋ねがまだ入っていません").wait_for()
    assert focus(page) == "q"
    page.get_by_role("button", name="回答した").click()
    logged(page)
    assert len(calls_of(house)) == before + 1


def test_a_key_that_is_held_down_logs_once(house, page):
    ask(page, "転入届")
    before = len(calls_of(house))
    for _ in range(3):
        page.keyboard.down("1")
    logged(page)
    page.keyboard.down("1")
    page.keyboard.up("1")
    assert page.locator("#q").input_value() == ""
    assert len(calls_of(house)) == before + 1


def test_keys_of_one_letter_can_be_switched_off_for_oneself(house, page):
    page.get_by_role("button", name="キーの使い方").click()
    page.get_by_label("1文字のキーを使う").uncheck()
    page.get_by_role("button", name="閉じる").click()
    at_the_line(page).reload()
    before = len(calls_of(house))
    ask(at_the_line(page), "転入届")
    for key in ("1", "2", "3", "4", "z", "0", "?", "/"):
        page.keyboard.press(key)
    assert len(calls_of(house)) == before
    assert (focus(page), page.locator("dialog[open]").count()) == ("pane", 0)
    assert page.locator("[aria-keyshortcuts]").count() == 0
    page.get_by_role("button", name="回答した").click()
    logged(page)
    page.context.clear_cookies()
    page.context.add_cookies([house.door(house.people[Role.ADMIN])])
    page.reload()
    ask(at_the_line(page), "転入届")
    assert page.get_by_role("button", name="回答した").get_attribute("aria-keyshortcuts") == "1"
    page.keyboard.press("1")
    logged(page)


# Nothing is lost ------------------------------------------------------------------------------------------------------


def test_a_call_outlives_a_reload_as_it_was(house, page):
    ask(page, "転入届")
    page.keyboard.press("0")
    page.locator("#channel").select_option("fax")
    page.reload()
    at_the_line(page).locator("#pane .read-out").wait_for()
    assert page.locator("#q").input_value() == "転入届"
    assert page.locator("#channel").input_value() == "fax"
    page.get_by_role("button", name="回答した").click()
    logged(page)
    assert (calls_of(house)[0].entry, calls_of(house)[0].channel) == ("moving-in", CallChannel.FAX)
    page.reload()
    assert at_the_line(page).locator("#q").input_value() == ""


def test_a_call_outlives_signing_out_for_oneself_alone(house, page):
    ask(page, "転入届")
    page.get_by_role("button", name="ログアウト").click()
    page.wait_for_url("**/login**")
    page.context.add_cookies([house.door(house.people[Role.OPERATOR])])
    page.goto(f"{house.address}/operators")
    at_the_line(page).locator("#pane .read-out").wait_for()
    assert page.locator("#q").input_value() == "転入届"
    page.get_by_role("button", name="ログアウト").click()
    page.wait_for_url("**/login**")
    page.context.add_cookies([house.door(house.people[Role.APPROVER])])
    page.goto(f"{house.address}/operators")
    assert at_the_line(page).locator("#q").input_value() == ""
    assert page.evaluate("JSON.stringify(sessionStorage)") == "{}"


def test_a_session_that_ended_loses_no_call(house, page):
    ask(page, "転入届")
    before = len(calls_of(house))
    page.context.clear_cookies()
    page.keyboard.press("1")
    page.get_by_text("ログインが切れました").wait_for()
    assert page.get_by_role("link", name="ログインし直す").is_visible()
    page.context.add_cookies([house.door(house.people[Role.OPERATOR])])
    page.reload()
    at_the_line(page).locator("#pane .read-out").wait_for()
    page.get_by_role("button", name="回答した").click()
    logged(page)
    assert len(calls_of(house)) == before + 1


def test_a_call_that_was_sent_twice_is_logged_once(house, page, complaints):
    """The first answer is lost on its way: nobody knows that the call is logged."""
    ask(page, "転入届")
    before = len(calls_of(house))

    def loses_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/operators/calls", loses_the_answer, times=1)
    page.keyboard.press("1")
    page.get_by_text("つながりません").wait_for()
    assert page.locator("#pane .read-out").is_visible()
    page.keyboard.press("1")
    logged(page)
    assert len(calls_of(house)) == before + 1
    complaints.clear()  # the request that was lost


# For everybody ------------------------------------------------------------------------------------------


def test_the_dialog_of_sections_is_accessible(page):
    ask(page, "転入届")
    page.keyboard.press("2")
    page.locator("#target-0").wait_for()
    assert look_over(page) == []
    expect(page.locator("#to")).to_be_focused()
    page.keyboard.type("ｘｘｘ")
    page.get_by_text("その名前の課はありません").wait_for()
    assert look_over(page) == []


def test_the_bar_and_what_was_logged_are_accessible(page):
    ask(page, "転入届")
    page.keyboard.press("0")
    assert look_over(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    logged(page)
    assert look_over(page) == []


def test_who_answers_no_callers_has_no_log(enter):
    page = at_the_line(enter("/operators", Role.STAFF))
    ask(page, "転入届")
    page.keyboard.press("1")
    page.keyboard.press("?")
    assert page.locator("#log").count() == 0
    assert "記録" not in page.get_by_role("dialog").inner_text()


@pytest.mark.parametrize("size", [BESIDE, DESK], ids=["narrow", "desk"])
def test_without_scripts_a_call_is_logged_and_taken_back(house, enter, size):
    page = enter("/operators", Role.OPERATOR, size=size, java_script_enabled=False)
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("転入届はいつまでに出せばよいですか")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    before = len(calls_of(house))
    page.locator("#log-more summary").click()
    page.get_by_label("担当の課・つないだ先").select_option(label="東区役所 区民課")
    with page.expect_navigation():
        page.get_by_role("button", name="つないだ").click()
    assert page.url.endswith("/operators")
    call = calls_of(house)[0]
    assert (call.outcome, call.text, call.entry, call.section) == (
        Outcome.TRANSFERRED, "転入届はいつまでに出せばよいですか", "moving-in", "higashi-kumin"
    )  # fmt: skip
    with page.expect_navigation():
        page.get_by_role("button", name="取り消す").click()
    assert page.get_by_text("記録を取り消しました。").is_visible()
    assert len(calls_of(house)) == before
