"""The pages that residents open from the talk by links of their own, on a narrow screen."""

import pytest

from store.links import Purpose
from tests.browser.conftest import SMALL
from tests.browser.keys import Keys
from tests.browser.test_every_page import look_over
from tests.web.own_links import Owner

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def owner(house):
    return Owner.of(house.service, "U" + "6" * 32)


def test_whom_to_telephone(owner, enter, complaints):
    link = owner.link(Purpose.CASE_FORM, owner.case.id)
    keys = Keys(enter(link, size=SMALL, java_script_enabled=False))
    assert keys.heading() == "お電話先の入力"
    keys.type("お名前", "熊本 花子")
    keys.enter()
    assert keys.page.title().startswith("エラー：")
    keys.to("電話番号を入力してください。")
    keys.page.keyboard.press("Enter")
    keys.led_to("電話番号")
    keys.page.keyboard.type("０９０ー００００ー０００１")
    keys.press("この電話先を伝える")
    assert keys.heading() == "お電話先をうかがいました"
    assert owner.now().particulars is not None
    complaints.clear()  # the status of the form that came back


@pytest.mark.parametrize("purpose", [Purpose.CASE_ANSWER, Purpose.MY_DATA])
def test_what_opens_once(owner, enter, purpose):
    about = owner.answered("還付の通知は、\n12月4日に発送します。") if purpose is Purpose.CASE_ANSWER else 0
    page = enter(owner.link(purpose, about), size=SMALL)
    assert look_over(page) == []
    keys = Keys(page)
    keys.press("内容を読む" if about else "すべて見る")
    assert "還付" in page.content()
    assert look_over(page) == []
