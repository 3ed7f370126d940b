"""The main path of disaster mode in Chromium on a telephone: proposed, filled, confirmed by another, kept up, ended."""

import pytest

from store.sight import Role
from tests.browser.conftest import SMALL
from tests.browser.test_every_page import look_over

pytestmark = pytest.mark.browser


def test_from_the_proposal_to_the_end(house, enter):
    page = enter("/staff/disaster", Role.STAFF, size=SMALL)
    page.get_by_role("link", name="災害モードを発議する").click()
    page.get_by_label("何が起きましたか").fill("大雨")
    page.get_by_role("button", name="発議する").click()
    page.get_by_role("link", name="避難所を加える").click()
    page.get_by_label("避難所", exact=False).first.fill("河内中学校")
    page.get_by_role("button", name="案内する").click()
    page.locator(".said-name", has_text="河内中学校（西区）").wait_for()
    other = enter("/home", Role.APPROVER, size=SMALL)
    other.get_by_role("link", name="内容を見て確認する").click()
    other.get_by_role("button", name="確認して、災害モードに切り替える").click()
    other.get_by_text("災害モードに切り替えました").wait_for()
    other.get_by_role("button", name="河内中学校（西区）： 満").click()
    other.locator(".said-name", has_text="いっぱい").wait_for()
    assert look_over(other) == []
    desk = enter("/operators", Role.OPERATOR)
    desk.locator(".disaster-banner", has_text="災害モード：大雨").wait_for()
    other.get_by_role("link", name="災害モードを終える").click()
    other.get_by_role("button", name="災害モードを終える").click()
    other.get_by_text("いまは、ふだんどおりです").wait_for()
    desk.locator(".disaster-banner").wait_for(state="detached")
