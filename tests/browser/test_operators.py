"""A call at the keyboard: type, choose, read out; kana that are still being composed; small windows."""

import pytest

from store.sight import Role
from tests.browser.calls import LISTED, at_the_line, expect, typed
from tests.browser.conftest import DESK
from tests.browser.test_every_page import look_over

pytestmark = pytest.mark.browser

NARROW = {"width": 360, "height": 640}
"""Beside the telephone client."""
LARGER = {"width": 1024, "height": 720}
"""What a zoom of 125 % leaves of a desk of 1280."""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

TAKEN = """
key => {
  const taken = {key, isComposing: true, keyCode: 229, bubbles: true, cancelable: true};
  document.getElementById('q').dispatchEvent(new KeyboardEvent('keydown', taken));
}
"""
"""A key that the input method takes, as browsers report it."""


@pytest.fixture
def page(enter):
    return at_the_line(enter("/operators", Role.OPERATOR))


def options(page):
    return page.locator("#suggestions").get_by_role("option")


def test_a_call_without_a_mouse(page):
    assert page.evaluate("document.activeElement.id") == "q"
    typed(page, "転入")
    options(page).filter(has_text="転入届").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    line = page.get_by_role("combobox")
    assert line.get_attribute("aria-activedescendant") == "option-0"
    assert options(page).first.get_attribute("aria-selected") == "true"
    title = options(page).first.locator(".found-title").inner_text()
    page.keyboard.press("Enter")
    pane = page.get_by_role("region", name="答え")
    pane.locator(".read-out").wait_for()
    assert pane.get_by_role("heading").inner_text().split(" ")[0] in title
    assert page.evaluate("document.activeElement.id") == "pane"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    assert line.input_value() == "転入"  # the slash is a key here, not a letter
    page.keyboard.press("Escape")
    assert (line.input_value(), pane.count(), options(page).count()) == ("", 0, 0)


def test_a_sure_answer_opens_at_once_and_an_unsure_one_is_offered(page):
    page.keyboard.type("転入届はいつまでに出せばよいですか")
    page.keyboard.press("Enter")
    page.locator("#pane .read-out").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.type("手続き")
    page.keyboard.press("Enter")
    page.locator("#option-0[aria-selected=true]").wait_for()
    assert not page.locator("#pane").is_visible()
    page.keyboard.press("Enter")
    page.locator("#pane h2").wait_for()


def test_kana_that_are_being_composed_are_followed_and_their_enter_chooses_nothing(page):
    hand = page.context.new_cdp_session(page)
    for kana in ("t", "て", "てn", "てんにゅ", "てんにゅう"):
        sent = {"text": kana, "selectionStart": len(kana), "selectionEnd": len(kana)}
        hand.send("Input.imeSetComposition", sent)
    options(page).filter(has_text="転入届").first.wait_for()
    for key in ("ArrowDown", "Enter"):
        page.evaluate(TAKEN, key)
    assert page.get_by_role("combobox").get_attribute("aria-activedescendant") is None
    hand.send("Input.insertText", {"text": "転入"})
    page.wait_for_function(LISTED, arg="転入")
    assert page.get_by_role("combobox").input_value() == "転入"
    assert not page.locator("#pane").is_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#pane .read-out").wait_for()


def test_the_newest_answer_wins(page):
    """The first answer is held back until the second question is typed."""
    held = []
    page.route(
        "**/operators/suggestions", lambda route: held.append(route) if not held else route.continue_()
    )
    page.keyboard.type("東")
    page.wait_for_function("() => true")
    page.keyboard.type("区役所")
    while not held:
        page.wait_for_timeout(5)
    held[0].continue_()
    options(page).filter(has_text="東区役所").first.wait_for()
    page.wait_for_function(
        "() => document.getElementById('suggestions').textContent.includes('ひがしくやくしょ')"
    )
    assert "転入" not in page.locator("#suggestions").inner_text()


def test_what_is_typed_outlives_a_reload_and_is_in_no_address(page):
    page.keyboard.type("090-0000-0001の方 転入")
    options(page).first.wait_for()
    page.reload()
    options(page).first.wait_for()
    assert page.get_by_role("combobox").input_value() == "090-0000-0001の方 転入"
    assert page.url.endswith("/operators")
    page.keyboard.press("Escape")
    page.reload()
    assert page.get_by_role("combobox").input_value() == ""


def test_the_draft_outlives_signing_out_and_is_nobody_elses(page, house):
    page.keyboard.type("転入")
    options(page).first.wait_for()
    page.context.clear_cookies()
    page.keyboard.type("届")
    page.get_by_text("ログインが切れました").wait_for()
    page.context.add_cookies([house.door(house.people[Role.OPERATOR])])
    page.reload()
    assert page.get_by_role("combobox").input_value() == "転入届"
    page.context.clear_cookies()
    page.context.add_cookies([house.door(house.people[Role.STAFF])])
    page.reload()
    assert page.get_by_role("combobox").input_value() == ""
    assert page.evaluate("Object.values(sessionStorage).join('')") == ""


def test_where_the_service_is_away_it_is_said_and_what_was_typed_stays(page, complaints):
    page.route("**/operators/suggestions", lambda route: route.abort())
    page.keyboard.type("転入")
    page.get_by_text("つながりません").wait_for()
    assert page.get_by_role("combobox").input_value() == "転入"
    complaints.clear()  # the failed request itself


def test_the_keys_are_told(page):
    page.get_by_role("button", name="キーの使い方").click()
    assert page.get_by_role("dialog").is_visible()
    assert look_over(page) == []
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    page.locator("#main").focus()
    page.keyboard.press("?")
    page.get_by_role("button", name="閉じる").click()
    assert not page.get_by_role("dialog").is_visible()


@pytest.mark.parametrize("asked", ["転入届はいつまでに出せばよいですか", "東区役所", "法律相談"])
def test_a_list_and_an_answer_are_accessible_and_fit(page, asked):
    typed(page, asked)
    options(page).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#pane h2").wait_for()
    assert look_over(page) == []
    for size in (NARROW, LARGER):
        page.set_viewport_size(size)
        assert page.evaluate(WIDER) <= 0
    page.set_viewport_size(DESK)


@pytest.mark.parametrize("size", [NARROW, DESK], ids=["narrow", "desk"])
def test_without_scripts(enter, size):
    page = enter("/operators", Role.OPERATOR, size=size, java_script_enabled=False)
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("手続き")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with page.expect_navigation():
        page.locator("button.found").first.click()
    assert page.locator("#pane h2").is_visible()
    assert page.url.endswith("/operators")


def test_what_comes_later_leaves_the_page_its_title(page):
    page.locator("#help-call").wait_for()
    assert page.title().startswith("電話の応対")
