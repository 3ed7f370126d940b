"""What else is at hand during a call: notices, sentences, stars, help, callbacks and slips; all of it by keyboard."""

from datetime import timedelta

import pytest

from store import bulletins, canned
from store.bulletins import BulletinDraft, Urgency
from store.calls import Outcome
from store.canned import CannedDraft
from store.sight import Role
from tests.browser.calls import at_the_line, calls_of, expect, logged
from tests.browser.test_every_page import look_over
from tests.browser.test_operators_log import ask

pytestmark = pytest.mark.browser

SENTENCE = CannedDraft(
    None, "折り返しのお約束", "おりかえしのおやくそく", "{時刻}までに、{課}からお電話します。"
)


@pytest.fixture
def page(enter):
    return at_the_line(enter("/operators", Role.OPERATOR))


@pytest.fixture(scope="module")
def sentence(house):
    with house.service.site.database.write() as tx:
        made = canned.add(tx, house.people[Role.ADMIN].viewer, SENTENCE, house.service.clock())
    assert made is not None


@pytest.fixture
def notice(house):
    now, writer = house.service.clock(), house.people[Role.ADMIN].viewer
    draft = BulletinDraft(
        Urgency.DISASTER,
        "避難所を開きました",
        "市の災害ページをご案内ください。",
        None,
        now,
        now + timedelta(hours=1),
    )
    with house.service.site.database.write() as tx:
        made = bulletins.write(tx, writer, draft, now)
    assert made is not None
    yield
    with house.service.site.database.write() as tx:
        bulletins.end(tx, writer, made, now)


def test_a_sentence_is_filled_in_by_keyboard_and_copied(sentence, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "転入届")
    page.keyboard.press("t")
    expect(page.get_by_role("dialog", name="定型文")).to_be_visible()
    expect(page.get_by_label("定型文をさがす")).to_be_focused()
    page.keyboard.type("おりかえし")
    page.keyboard.press("Enter")
    expect(page.get_by_label("時刻")).to_be_focused()
    page.keyboard.type("15時")
    page.keyboard.press("Enter")
    expect(page.get_by_label("課", exact=True)).to_be_focused()
    page.keyboard.type("区民課")
    page.keyboard.press("Enter")
    expect(page.locator("#canned-says")).to_contain_text("コピーしました")
    assert page.evaluate("navigator.clipboard.readText()") == "15時までに、区民課からお電話します。"
    assert look_over(page) == []
    page.keyboard.press("Escape")
    assert page.locator("#pane .read-out").is_visible()
    page.keyboard.press("t")
    page.keyboard.type("1z")  # letters, in a dialog
    assert page.locator("#log").is_visible()


def test_a_star_brings_an_answer_back_before_anything_is_typed(page):
    ask(page, "転入届")
    page.get_by_role("button", name="よく使う").click()
    page.locator(".star [aria-pressed=true]").wait_for()
    page.keyboard.press("Escape")
    starred = page.locator("#favourite-list button")
    expect(starred).to_have_text("転入届（市外から引っ越してきたとき）")
    page.keyboard.press("ArrowDown")
    expect(starred).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#pane .read-out").wait_for()
    page.keyboard.press("1")
    logged(page)


def test_a_notice_stands_on_top_until_it_is_read(notice, page):
    shown = page.locator(".bulletin")
    expect(shown).to_contain_text("避難所を開きました")
    assert shown.bounding_box()["y"] < page.locator("#q").bounding_box()["y"]
    assert look_over(page) == []
    page.get_by_role("button", name="読みました").click()
    expect(shown).to_have_count(0)


def test_one_key_calls_for_help_and_takes_it_back(page):
    ask(page, "転入届")
    page.locator("#help-call").wait_for()
    page.keyboard.press("h")
    page.get_by_text("応援を呼んでいます").wait_for()
    assert look_over(page) == []
    page.get_by_role("button", name="呼び出しをやめる").click()
    page.locator("#help-call").wait_for()


@pytest.mark.parametrize(
    ("key", "heading"), [("c", "折り返しの約束"), ("s", "受付票を作る"), ("k", "案件を担当の課へ渡す")]
)
def test_what_goes_on_after_the_call_takes_its_words_along_and_the_call_waits(house, page, key, heading):
    ask(page, "家庭ごみの分け方")
    before = len(calls_of(house))
    with page.expect_navigation():
        page.keyboard.press(key)
    assert page.locator("h1").inner_text() == heading
    assert page.locator("[name=about]").input_value() == "家庭ごみの分け方"
    assert page.locator("[name=section]").input_value() == "honcho-haikibutsu"
    page.goto(f"{house.address}/operators")
    expect(at_the_line(page).locator("#pane")).to_be_focused()
    page.keyboard.press("1")
    logged(page)
    assert len(calls_of(house)) == before + 1


@pytest.mark.parametrize("key", ["c", "s", "k"])
def test_a_form_that_is_half_filled_in_outlives_a_reload_and_a_session_that_ended(house, page, key):
    ask(page, "家庭ごみの分け方")
    with page.expect_navigation():
        page.keyboard.press(key)
    page.get_by_label("お名前").fill("熊本花子")
    page.get_by_label("電話番号").fill("096-000-0000")
    if key in "sk":
        page.get_by_label("件名").fill("分け方")
    page.reload()
    page.get_by_text("入力の途中だったものを、戻しました").wait_for()
    assert page.get_by_label("お名前").input_value() == "熊本花子"
    page.context.clear_cookies()
    page.locator("form.fields button").last.click()
    page.get_by_text("ログインが切れました").wait_for()
    page.context.add_cookies([house.door(house.people[Role.OPERATOR])])
    page.get_by_role("link", name="ログインし直す").click()
    page.get_by_text("入力の途中だったものを、戻しました").wait_for()
    assert page.get_by_label("お名前").input_value() == "熊本花子"
    assert page.locator("[name=about]").input_value() == "家庭ごみの分け方"
    assert look_over(page) == []
    if key == "c":
        page.get_by_label("次に開く日の午前中").check()
    if key == "k":
        page.get_by_label("渡す課").select_option("kif-plaza")
        expect(page.locator("[name=shown_section]")).to_have_value("kif-plaza")
    with page.expect_navigation():
        page.locator("form.fields button").last.click()
    assert page.locator("#notes, main").first.inner_text() != ""
    assert "熊本花子" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_a_form_of_another_caller_is_not_filled_in(page, house):
    ask(page, "家庭ごみの分け方")
    with page.expect_navigation():
        page.keyboard.press("c")
    page.get_by_label("お名前").fill("熊本花子")
    page.goto(f"{house.address}/operators")
    at_the_line(page).locator("#pane .read-out").wait_for()
    page.keyboard.press("1")
    logged(page)
    ask(page, "転入届")
    with page.expect_navigation():
        page.keyboard.press("c")
    assert page.get_by_label("お名前").input_value() == ""
    assert not page.locator("#draft").is_visible()


def test_a_booking_on_behalf_in_one_key_and_back_to_log_it(house, page):
    assert house.receipt  # sent: it is booked
    ask(page, "法律相談の予約をしたい")
    with page.expect_navigation():
        page.keyboard.press("b")
    page.get_by_role("heading", name="法律相談", exact=True).wait_for()
    page.goto(f"{house.address}/operators/bookings/{house.booked.id}/told")
    expect(page.get_by_role("link", name="電話の応対に戻る")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(at_the_line(page).locator("#pane")).to_be_focused()
    page.keyboard.press("4")
    logged(page)
    assert calls_of(house)[0].outcome is Outcome.APPLICATION


def test_a_caller_in_danger_is_told_at_once(page):
    page.keyboard.type("家が火事です")
    alarm = page.locator("#alarm")
    expect(alarm).to_contain_text("119")
    assert look_over(page) == []
    page.keyboard.press("Escape")
    expect(alarm).to_be_hidden()


def test_what_is_at_hand_fits_everywhere(sentence, page):
    assert look_over(page) == []
    page.get_by_role("button", name="キーの使い方").click()
    assert look_over(page) == []


def test_a_case_is_handed_over_by_ward_and_the_caller_is_told(house, page):
    ask(page, "転入届")
    page.locator("#pane .read-out").wait_for()
    with page.expect_navigation():
        page.keyboard.press("k")
    page.get_by_text("お住まいの区はどちらですか").wait_for()
    page.get_by_label("お住まいの区").select_option("北区")
    page.get_by_text("約束の時刻：").wait_for()
    assert page.get_by_label("渡す課").input_value() == "kita-kumin"
    page.get_by_label("渡す課").select_option("higomaru-general")
    expect(page.locator("[name=shown_section]")).to_have_value("higomaru-general")
    page.get_by_label("お名前").fill("熊本花子")
    page.get_by_label("電話番号").fill("096-000-0000")
    assert look_over(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="この課へ渡す").click()
    assert "お電話でお答えします。" in page.locator(".read-out").inner_text()
    assert look_over(page) == []
    page.get_by_role("link", name="電話の応対へ戻る").click()
    expect(at_the_line(page).locator("#pane")).to_be_focused()
