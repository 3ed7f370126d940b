"""パブリックコメント, from an opinion on the open page to the city's published answer."""

from datetime import timedelta

import pytest

from store import knowledge
from store.sight import Role
from tests.browser.conftest import DESK, TELEPHONE
from tests.handlers.opinions_town import NOVEMBER

pytestmark = pytest.mark.browser

WRITTEN = "公園にベンチを増やしてほしい"


def test_an_opinion_is_sent_sorted_answered_and_published(house, enter) -> None:
    with house.service.site.database.write() as tx:
        knowledge.take_in(tx, [NOVEMBER], house.service.clock())
    resident = enter("/plans", size=TELEPHONE)
    resident.get_by_role("link", name=NOVEMBER.name).click()
    resident.get_by_label("ご意見").fill(WRITTEN)
    resident.get_by_role("main").get_by_role("button", name="意見を送る").last.click()
    resident.get_by_role("heading", name="ご意見を受け付けました").wait_for()
    house.service.clock.now = NOVEMBER.closes_at + timedelta(minutes=1)
    address = f"/staff/opinions/{NOVEMBER.id}"
    clerk = enter(address, Role.ADMIN, size=DESK)
    clerk.get_by_role("button", name="まとまりの案を作る").click()
    clerk.get_by_label("見出し").fill("ベンチ")
    clerk.get_by_label("意見の要旨").fill("ベンチを増やしてほしい。")
    clerk.get_by_label("対応").select_option("amended")
    clerk.get_by_label("市の考え方").fill("案に書き足しました。")
    clerk.get_by_role("button", name="保存する").click()
    clerk.get_by_role("button", name="承認者に出す").click()
    clerk.get_by_text("承認者に出しました。").wait_for()
    approver = enter(address, Role.APPROVER, size=DESK)
    approver.get_by_role("button", name="この内容で公表する").click()
    approver.get_by_text("公表しました。").wait_for()
    resident.goto(resident.url)
    for told in ("いただいたご意見：1件（1人）", "案に書き足しました。", "補足・修正"):
        resident.get_by_text(told).first.wait_for()
