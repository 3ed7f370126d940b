"""A voice is made ready in Chromium by keyboard, confirmed by a second person, read by everybody, and withdrawn."""

import re

import pytest

from store.sight import Role
from tests.browser.test_every_page import look_over

pytestmark = pytest.mark.browser


def test_from_the_suggestions_to_everybody_and_back(house, enter):
    case = house.voice
    page = enter(f"/staff/voices/{case}/publication", Role.ADMIN)
    page.get_by_text("あと3か所").wait_for()
    telephone = page.locator("#words-words-1")
    telephone.focus()
    telephone.press("Enter")
    page.get_by_text("あと2か所").wait_for()
    focused = page.locator("#words-words-2")
    assert focused.evaluate("each => each === document.activeElement"), "the next open mark has the focus"
    focused.fill("東区")
    focused.press("Enter")
    page.get_by_text("あと1か所").wait_for()
    page.keyboard.press("Escape")
    page.get_by_text("すべて決めました").wait_for()
    page.locator("[data-sought]").nth(1).evaluate(
        """side => {
          const text = [...side.childNodes].find(each => each.textContent.includes("娘の花子"));
          const start = text.textContent.indexOf("の花子");
          document.getSelection().setBaseAndExtent(text, start, text, start + 3);
        }"""
    )
    page.wait_for_function("() => document.getElementById('sought').value === 'の花子'")
    page.locator("form.making-own button").click()
    right = page.locator(".making-shown").nth(1)
    right.get_by_text("娘が塾の帰り").wait_for()
    assert look_over(page) == []
    page.get_by_role("button", name="この文でよいので、確認を頼む").click()
    page.get_by_text("確認を待っています").wait_for()

    approver = house.service.account("second-admin", Role.ADMIN, personal=True)
    second = enter(f"/staff/voices/{case}/publication", door=house.door(approver))
    shown = second.locator(".making-shown").nth(1).inner_text()
    second.get_by_label("公表される文を、最後まで読みました").check()
    second.get_by_role("button", name="この文を公表する").click()
    second.get_by_text("公表しました。").first.wait_for()

    reader = enter("/voices?q=街灯")
    reader.get_by_role("link", name="白川沿いの街灯").click()
    article = reader.locator("article")
    assert re.sub(r"\s", "", shown) in re.sub(r"\s", "", article.inner_text())
    assert "花子" not in article.inner_text()
    assert "090" not in article.inner_text()
    assert look_over(reader) == []

    second.get_by_role("link", name="公表をやめる").click()
    row = second.locator("tr", has_text="白川沿いの街灯")
    row.get_by_text("取り下げる", exact=True).click()
    row.get_by_label("なぜ").select_option("asked")
    row.get_by_role("button", name="すぐに取り下げる").click()
    second.get_by_text("取り下げました。").first.wait_for()
    assert house.service.visitor().get(reader.url.removeprefix(house.address)).status_code == 410
