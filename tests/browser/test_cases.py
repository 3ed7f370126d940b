"""The staff side of a case in Chromium, by keyboard: taken, answered with a quote, and two people at once."""

import pytest

from store.case_talk import EntryKind
from store.cases import State
from store.sight import Role
from tests.browser.keys import Keys
from tests.web.casework import Casework, at

pytestmark = pytest.mark.browser

ANSWER = "お子さんの分も、同じ書類で足ります。"


@pytest.fixture(scope="module")
def work(house):
    return Casework(house.service, house.people[Role.ADMIN].viewer)


def test_a_case_is_taken_and_answered_by_keyboard(house, enter, work):
    case = work.handed(work.resident())
    keys = Keys(enter("/staff/cases", Role.ADMIN))
    page = keys.page
    keys.press(case.subject)
    keys.press("引き受ける")
    assert work.now(case).state is State.TAKEN
    keys.to("返事を書く")
    page.keyboard.press("Enter")
    keys.type("返事", ANSWER)
    page.locator("#preview .bubble").get_by_text(ANSWER).wait_for()
    keys.to("答えを引用する")
    page.keyboard.press("Enter")
    keys.to("さがす言葉")
    page.keyboard.type("転入届")
    page.locator("#quotes button").first.wait_for()
    keys.to("返事に引用する")
    page.keyboard.press("Enter")
    assert "（出典：" in page.locator("#reply-words").input_value()
    assert page.locator("#reply-words").input_value().startswith(ANSWER)
    keys.to("返事を送る")
    keys.enter()
    page.get_by_text("返事を送ります。").wait_for()
    said = work.talk(case)[-1]
    assert said.kind is EntryKind.ANSWERED_LINE
    assert said.words.startswith(ANSWER)
    assert page.locator("#reply-words").input_value() == ""


def test_a_draft_outlives_the_page_and_a_colleague_is_seen(house, enter, work):
    case = work.handed(work.resident("U" + "5" * 32))
    page = enter(at(case), Role.ADMIN)
    page.locator("#reply-words").fill(ANSWER)
    other = house.service.account("着席", Role.STAFF, section="chuo-kumin")
    second = enter(at(case), door=house.door(other))
    second.get_by_text("さんも、この案件を見ています。").wait_for()
    work.says(case, "急いでいます")
    page.get_by_text("この画面を開いたあとに、動きがありました。").wait_for()
    assert page.evaluate("document.activeElement.id") == "reply-words", "the focus stays"
    page.get_by_role("link", name="新しい内容を見る").click()
    page.get_by_text("書きかけだった返事を、戻しました。").wait_for()
    assert page.locator("#reply-words").input_value() == ANSWER
    assert "急いでいます" in page.locator("#talk").inner_text()
