"""Contacts in Chromium: one is added, put first and tried, and the page waits for what becomes of it by itself."""

import pytest

from store import staff_notices, tellings
from store.contacts import ContactId, Way, read
from store.sight import Role
from store.tellings import Words
from tests.browser.test_every_page import look_over

pytestmark = pytest.mark.browser


def test_one_is_added_put_first_and_tried(house, enter):
    assert house.contact
    page = enter("/staff/contacts", Role.ADMIN)
    page.get_by_role("link", name="知らせ先を加える").click()
    page.get_by_label("課", exact=False).first.select_option(label="中央区役所 区民課")
    page.get_by_label("だれの知らせ先か").fill("窓口の当番")
    page.get_by_label("宛先").fill("toban@city.example")
    page.get_by_role("button", name="加える").click()
    page.get_by_text("「窓口の当番」を加えました").wait_for()
    row = page.locator("tr", has_text="窓口の当番")
    row.get_by_role("button", name="上へ").click()
    row.get_by_role("button", name="試しに送る").click()
    page.get_by_text("送る準備をしています").wait_for()
    made = ContactId(int(page.url.split("/")[-2]))
    now = house.service.clock()
    with house.service.site.database.write() as tx:
        (notice,) = (each for each in staff_notices.waiting(tx, now, 99) if each.kind == "test")
        tellings.put(tx, notice.id, read(tx, made), Words("s", "b"), False, now, now)
        telling = tellings.claim(tx, Way.MAIL, "worker", now)
        tellings.sent(tx, telling, now)
    page.get_by_text("受信箱に届いているかを").wait_for()
    assert look_over(page) == []
