"""Writing やさしい日本語 with remarks under the field: a button writes as a hand would, and nothing is in the way."""

import pytest

from store import knowledge
from store.sight import Role
from tests.browser.conftest import SMALL
from tests.store.untranslated import untranslate
from tests.web.editors import ENTRY

pytestmark = pytest.mark.browser

NEW = "/staff/knowledge/translations/new?faq_id=moving-in&language=ja-easy"


@pytest.fixture(autouse=True)
def _entry(house):
    with house.service.site.database.write() as tx:
        untranslate(tx)
        knowledge.take_in(tx, [ENTRY], house.service.clock(), replace_all=True)


def answer(page):
    return page.locator("#cell-answer")


def press(page, place):
    """The button of a remark about that place."""
    page.locator("#plain-list-answer li", has=page.locator("q", has_text=place)).get_by_role(
        "button"
    ).first.click()


def test_a_remark_is_heeded_with_one_button_and_undone_with_one_key(house, enter):
    page = enter(NEW, Role.STAFF)
    addresses = []
    page.on("request", lambda sent: addresses.append(sent.url))
    answer(page).fill("👪カードを提出してください。\n20時までです。")
    page.get_by_text("言いかえの例：出す").wait_for()
    answer(page).evaluate("field => field.setSelectionRange(field.value.length, field.value.length)")
    press(page, "提出して")
    changed = "👪カードを出してください。\n20時までです。"
    assert answer(page).input_value() == changed
    assert answer(page).evaluate("field => document.activeElement === field")
    assert answer(page).evaluate("field => field.selectionStart") == answer(page).evaluate(
        "field => field.value.length"
    )
    page.get_by_text("言いかえの例：出す").wait_for(state="detached")
    press(page, "20時")
    assert answer(page).input_value() == changed.replace("20時", "午後8時")
    answer(page).press("ControlOrMeta+z")
    assert answer(page).input_value() == changed
    assert [each for each in addresses if "提出" in each or "%E6" in each] == []
    page.locator("#cell-question").fill("ひっこしをしました。どうしますか。")
    page.locator("#cell-source").fill("試し")
    page.get_by_label("変える理由").fill("試し")
    page.get_by_role("button", name="下書きとして保存").click()
    page.get_by_text("下書きとして保存しました").wait_for()  # nothing has to be heeded


def test_only_the_number_is_read_aloud_and_readings_stay_unfolded(house, enter):
    page = enter(NEW, Role.STAFF)
    answer(page).fill("区役所でお金を払います。")
    status = page.locator("#plain-count-answer")
    page.get_by_text("よみがなのない漢字の言葉（3語）").click()
    assert status.get_attribute("role") == "status"
    assert page.locator("#plain-list-answer [role=status], #plain-list-answer [aria-live]").count() == 0
    press(page, "区役所")
    page.get_by_text("よみがなのない漢字の言葉（2語）").wait_for()
    assert answer(page).input_value() == "区役所（くやくしょ）でお金を払います。"
    page.locator("#plain-readings-answer[open]").wait_for()


def test_a_button_that_comes_too_late_changes_nothing_else(house, enter):
    page = enter(NEW, Role.STAFF)
    answer(page).fill("カードを提出してください。")
    page.get_by_text("言いかえの例：出す").wait_for()
    answer(page).evaluate("field => { field.value = '別の文です。カードです。'; }")
    press(page, "提出して")
    assert answer(page).input_value() == "別の文です。カードです。"


def test_another_language_is_not_looked_at(house, enter):
    page = enter(NEW, Role.STAFF)
    answer(page).fill("カードを提出してください。")
    page.get_by_text("言いかえの例：出す").wait_for()
    page.locator("#cell-language").select_option("en")
    page.get_by_text("言いかえの例：出す").wait_for(state="detached")


def test_without_scripts_the_remarks_come_with_the_page(house, enter):
    page = enter(NEW, Role.STAFF, size=SMALL, java_script_enabled=False)
    answer(page).fill("カードを提出してください。")
    page.get_by_role("button", name="見え方を確かめる").click()
    page.get_by_text("言いかえの例：出す").wait_for()
    assert page.get_by_role("button", name="置きかえる").count() == 0
