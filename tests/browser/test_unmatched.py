"""The inbox by keyboard."""

import pytest

from store.sight import Role
from tests.store.inbox import asked, cluster_of

pytestmark = pytest.mark.browser


@pytest.fixture
def rows(house):
    """All that came by mail: three clusters, the newest first."""
    texts = ("ドローンを飛ばしたい", "市長に会いたい", "スマホの料金が高い")
    with house.service.site.database.write() as tx:
        for text in texts:
            cluster_of(tx, [asked(tx, text, channel="mail")])
    return texts[::-1]


def focused(page):
    return page.evaluate("document.activeElement.textContent")


def test_j_and_k_and_the_arrows_go_from_row_to_row(enter, rows):
    page = enter("/staff/unmatched?channel=mail", Role.APPROVER)
    seen = []
    for key in ("j", "j", "ArrowDown", "j", "k", "ArrowUp", "k"):
        page.keyboard.press(key)
        seen.append(focused(page))
    first, second, third = rows
    assert seen == [first, second, third, third, second, first, first]
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=first).wait_for()


def test_keys_in_a_field_are_the_fields_own(enter, house):
    with house.service.site.database.write() as tx:
        cluster_of(tx, [asked(tx, "ドローンを飛ばしたい")])
    page = enter("/staff/unmatched", Role.APPROVER)
    page.locator("#since").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "since"


def test_split_by_hand_and_undone(enter, house):
    with house.service.site.database.write() as tx:
        cluster = cluster_of(tx, [asked(tx, "ドローンを飛ばしたい"), asked(tx, "気球に乗りたい")])
    page = enter(f"/staff/unmatched/{cluster}", Role.APPROVER)
    page.get_by_label("選ぶ：気球に乗りたい").check()
    page.get_by_role("button", name="選んだ質問を、別のまとまりに分ける").click()
    page.get_by_text("別のまとまりに分けました。").first.wait_for()
    assert page.get_by_label("選ぶ：気球に乗りたい").count() == 0
    page.get_by_role("button", name="元に戻す").click()
    page.get_by_text("元に戻しました。").wait_for()
    assert page.get_by_label("選ぶ：気球に乗りたい").count() == 1
