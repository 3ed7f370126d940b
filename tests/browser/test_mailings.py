"""Two people at their browsers: one writes a notice, the other lets it go; it is sent, and counted."""

import pytest

from bot.line import LineClient
from bot.mailing import Mailer
from bot.platform import Platform
from bot.platform.server import serve
from store.sight import Role
from tests.mailings import follow, meet, run

pytestmark = pytest.mark.browser


def test_from_writing_to_the_count(house, enter, city):
    service = house.service
    with service.site.database.write() as tx:
        follow(tx, range(3))
    author, approver = enter("/staff/mailings", Role.ADMIN), enter("/staff/mailings", Role.APPROVER)
    author.get_by_role("link", name="お知らせを書く").click()
    author.get_by_label("見出し").first.fill("予防接種のお知らせ")
    author.get_by_label("本文").first.fill("1月から、受け方が変わります。")
    author.get_by_label("子育て").check()
    author.get_by_role("button", name="保存して、見え方を確かめる").click()
    author.get_by_text("3人（3通）").wait_for()
    author.get_by_role("button", name="承認を依頼する").click()
    author.get_by_text("承認を依頼しました").wait_for()
    assert author.get_by_role("button", name="承認する").count() == 0

    approver.goto(author.url)
    approver.get_by_role("button", name="承認する").click()
    approver.get_by_text("承認しました").wait_for()
    platform = Platform(service.clock)
    meet(platform, range(3))
    with serve(platform) as server:
        line = LineClient("token", server.address)
        run(Mailer(service.site.database, city, lambda: line, "sender", service.clock), service.site.database)
        line.close()
    assert platform.usage == 3
    author.reload()
    author.get_by_text("3人 / 3人").wait_for()
    author.get_by_text("送り終えました。").wait_for()
