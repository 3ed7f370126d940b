"""Two people at their browsers: one writes, the other lets it through; who is late overwrites nothing."""

import pytest

from bot.rippling import Rippling
from store import knowledge
from store.sight import Role
from tests.browser.conftest import SMALL
from tests.browser.keys import Keys
from tests.web.editors import ENTRY, LABEL, answer_of

pytestmark = pytest.mark.browser

RECORD = "/staff/knowledge/faq/record/moving-in"
NEW = "引っ越した日から14日以内に、区役所で転入届を出してください。"


@pytest.fixture(autouse=True)
def _entry(house):
    """The entry as it was, and few questions, so that a replay is quick."""
    with house.service.site.database.write() as tx:
        knowledge.take_in(tx, [ENTRY], house.service.clock(), replace_all=True)
        knowledge.take_in(tx, [LABEL], house.service.clock(), replace_all=True)


def replay(house):
    chore = Rippling(house.service.site.database, house.service.site.city)
    while chore.step(house.service.clock()):
        pass


def write(page, answer, why="答えをわかりやすくするため"):
    page.locator("[name='cell-answer']").fill(answer)
    page.get_by_label("変える理由").fill(why)


def approve(house, page, path):
    replay(house)
    page.goto(house.address + path)
    page.get_by_role("button", name="承認する").click()
    page.get_by_text("承認し、公開しました").wait_for()


def path_of(house, page):
    return page.url.removeprefix(house.address)


def test_from_writing_to_the_way_back(house, enter):
    author, approver = enter(RECORD, Role.STAFF), enter("/staff/proposals", Role.APPROVER)
    author.get_by_role("link", name="直す", exact=True).click()
    write(author, NEW)
    author.locator("#preview").get_by_text(NEW).wait_for()
    author.get_by_role("button", name="承認を依頼する").click()
    author.get_by_text("承認を依頼しました").wait_for()
    proposal = path_of(house, author)
    assert author.get_by_role("button", name="承認する").count() == 0
    assert answer_of(house.service) == ENTRY.answer

    approver.reload()
    approver.get_by_role("link", name=f"「{ENTRY.question}」", exact=False).click()
    approver.locator("ins").first.wait_for()
    assert approver.locator("del").count() >= 1
    approver.get_by_text("まもなく調べ始めます").wait_for()
    replay(house)
    approver.get_by_text("下限を下回りません").wait_for()  # the page asks for it by itself
    approver.get_by_role("button", name="承認する").click()
    approver.get_by_text("承認し、公開しました").wait_for()
    assert answer_of(house.service) == NEW

    author.goto(house.address + RECORD)
    author.get_by_text("答えをわかりやすくするため").click()
    author.get_by_role("button", name="この変更を元に戻す案を作る").click()
    author.get_by_text("元に戻す案を、下書きとして作りました").wait_for()
    back = path_of(house, author)
    assert back != proposal
    author.get_by_role("button", name="承認を依頼する").click()
    author.get_by_text("承認を依頼しました").wait_for()
    approve(house, approver, back)
    assert answer_of(house.service) == ENTRY.answer


def test_two_write_at_one_entry_and_the_second_is_told(house, enter, complaints):
    first, second = enter(RECORD, Role.STAFF), enter(RECORD, Role.ADMIN)
    for page in (first, second):
        page.get_by_role("link", name="直す", exact=True).click()
    write(second, "二人めの答えです。")
    write(first, NEW)
    first.get_by_role("button", name="承認を依頼する").click()
    first.get_by_text("承認を依頼しました").wait_for()
    approve(house, enter("/home", Role.APPROVER), path_of(house, first))

    second.get_by_role("button", name="承認を依頼する").click()
    second.get_by_text("先に変えました").wait_for()
    table = second.get_by_role("region", name="見くらべ")
    for words in ("二人めの答えです。", NEW, "どちらか選ぶ"):
        assert words in table.inner_text()
    assert second.locator("[name='cell-answer']").input_value() == "二人めの答えです。"
    assert answer_of(house.service) == NEW, "nothing is overwritten"
    complaints.clear()  # the status itself
    second.locator("[name='cell-answer']").fill(NEW + "持ち物はありません。")
    second.get_by_role("button", name="承認を依頼する").click()
    second.get_by_text("承認を依頼しました").wait_for()


def test_an_error_leads_to_its_field(house, enter, complaints):
    page = enter("/staff/knowledge/faq/edit/moving-in", Role.STAFF, size=SMALL)
    page.locator("[name='cell-telephone']").fill("なし")
    page.get_by_role("button", name="承認を依頼する").click()
    page.get_by_role("link", name="問い合わせ先の電話番号").click()
    page.locator("[name='cell-telephone']:focus").wait_for()
    assert page.locator("[name='cell-telephone']").input_value() == "なし"
    complaints.clear()  # the status itself


def test_a_draft_is_made_without_a_mouse_and_without_scripts(house, enter):
    page = enter("/staff/knowledge/faq/edit/moving-in", Role.STAFF, java_script_enabled=False)
    page.get_by_label("変える理由").focus()
    page.keyboard.type("試し")
    page.locator("[name='cell-category']").focus()
    page.keyboard.type("の分類")
    page.get_by_role("button", name="下書きとして保存").focus()
    page.keyboard.press("Enter")
    page.get_by_text("下書きとして保存しました").wait_for()


def test_letters_are_counted_down(house, enter):
    page = enter("/staff/knowledge/faq/edit/moving-in", Role.STAFF)
    page.locator("[name='cell-why']").fill("あ" * 490)
    page.get_by_text("あと10字").wait_for()
    page.locator("[name='cell-why']").fill("あ" * 501)
    page.get_by_text("1字多すぎます").wait_for()


def test_tabs_and_lists_are_reached_by_keys(house, enter):
    page = enter("/staff/proposals", Role.APPROVER)
    Keys(page).to("公開待ち")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/proposals?box=waiting")
