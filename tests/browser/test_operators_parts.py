"""What else is at hand during a call: notices, sentences, stars, help, callbacks and slips; all of it by keyboard."""

from datetime import timedelta

import pytest

from store import bulletins, canned
from store.bulletins import BulletinDraft, Urgency
from store.canned import CannedDraft
from store.sight import Role
from tests.browser.calls import calls_of, expect, logged
from tests.browser.test_every_page import look_over
from tests.browser.test_operators_log import ask, at_the_line

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
    expect(page.locator("#canned-says")).to_contain_text("写し")
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


@pytest.mark.parametrize(("key", "heading"), [("c", "折り返しの約束"), ("s", "受付票を作る")])
def test_what_goes_on_after_the_call_takes_its_words_along_and_the_call_waits(house, page, key, heading):
    ask(page, "家庭ごみの分け方")
    before = len(calls_of(house))
    with page.expect_navigation():
        page.keyboard.press(key)
    assert page.locator("h1").inner_text() == heading
    assert page.locator("[name=about]").input_value() == "家庭ごみの分け方"
    assert page.locator("[name=section]").input_value() == "honcho-haikibutsu"
    page.goto(f"{house.address}/operators")
    at_the_line(page).locator("#pane .read-out").wait_for()
    page.get_by_role("button", name="回答した").click()
    logged(page)
    assert len(calls_of(house)) == before + 1


def test_what_is_at_hand_fits_everywhere(sentence, page):
    assert look_over(page) == []
    page.get_by_role("button", name="キーの使い方").click()
    assert look_over(page) == []
