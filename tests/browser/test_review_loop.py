"""The review loop as two people live it at their browsers, and the residents who asked."""

import pytest

from bot.city import LiveCity
from bot.rippling import Rippling
from bot.talking import Talk
from bot.telling import text
from store import gathering, knowledge
from store.gathering import Gists
from store.sight import Role
from tests.browser.conftest import SMALL
from tests.web.editors import ENTRY, LABEL

pytestmark = pytest.mark.browser

ASKED, LIKEWISE = "ラジコン飛行機を飛ばせる場所", "ラジコン飛行機はどこで飛ばせますか"
WISH = "答えが決まったら知らせて"
ANSWER = "河川敷の広場で飛ばせます。市役所への届けはいりません。"


@pytest.fixture
def hears(house, sayings):
    """What a resident of that name is answered."""
    city = LiveCity(sayings)

    def hears(line, name="somebody new"):
        talk = Talk.of(house.service.site.database, city, name, house.service.clock())
        return text(talk.say(talk.understand(line)).routed.reply)

    return hears


@pytest.fixture(autouse=True)
def _few_records(house):
    """So that a replay is quick."""
    with house.service.site.database.write() as tx:
        for record in (ENTRY, LABEL):
            knowledge.take_in(tx, [record], house.service.clock(), replace_all=True)


def chores(house):
    """What the clock does: questions join the inbox, and what is proposed is replayed."""
    database, city, now = house.service.site.database, house.service.site.city, house.service.clock()
    with database.read() as tx:
        known = city(tx).knowledge
    gathering.gather(database, known, Gists(), now)
    replay = Rippling(database, city)
    while replay.step(now):
        pass


def path_of(house, page):
    return page.url.removeprefix(house.address)


def approve(house, approver, path):
    chores(house)
    approver.goto(house.address + path)
    approver.get_by_role("button", name="承認する").click()
    approver.get_by_text("承認し、公開しました").wait_for()


def test_from_an_unanswered_question_to_its_answer(house, enter, hears):
    hears(ASKED, "who waits")
    hears(WISH, "who waits")
    hears(LIKEWISE, "another")
    chores(house)

    author, approver = enter("/home", Role.STAFF), enter("/home", Role.APPROVER, size=SMALL)
    author.get_by_role("link", name="答えのなかった質問が1種類あります").click()
    author.get_by_role("link", name=LIKEWISE).click()
    author.get_by_text("1人（答えが公開されると、LINEで届きます）").wait_for()
    author.get_by_role("link", name="この質問で書きはじめる").click()
    assert "%E" not in author.url, "what somebody asked is in no address"
    assert author.locator("[name='cell-question']").input_value() == LIKEWISE
    assert author.locator("[name='cell-phrasings']").input_value() == ASKED
    author.locator("[name='cell-answer']").fill(ANSWER)
    author.locator("[name='cell-source']").fill("公園課への確認")
    author.get_by_label("変える理由").fill("2人が尋ねました")
    author.get_by_role("button", name="承認を依頼する").click()
    author.get_by_text("承認を依頼しました").wait_for()
    assert author.get_by_role("button", name="承認する").count() == 0
    assert ANSWER not in hears(ASKED, "another")

    approver.reload()
    approver.get_by_role("link", name="承認待ちの変更が1件あります").click()
    approver.get_by_role("link", name=LIKEWISE, exact=False).click()
    approver.get_by_role("link", name="答えのなかった質問（2件）").wait_for()
    approve(house, approver, path_of(house, author))
    assert ANSWER in hears(ASKED)
    assert ANSWER in hears(LIKEWISE)

    author.goto(house.address + "/staff/unmatched?state=answered")
    author.get_by_role("link", name=ASKED).click()  # the latest, asked once more in the meantime
    author.get_by_text("答えができた").wait_for()


def test_another_way_to_ask_is_attached_to_an_answer(house, enter, hears):
    asked = "住民票を移してきたばかりの書類はどこ"
    assert ENTRY.answer not in hears(asked)
    chores(house)
    author, approver = enter("/staff/unmatched", Role.STAFF), enter("/home", Role.APPROVER)
    author.get_by_role("link", name=asked).click()
    author.get_by_label("答えをさがす").fill(ENTRY.question)
    author.get_by_role("button", name="さがす").click()
    author.get_by_label(ENTRY.question, exact=False).check()
    author.get_by_role("button", name="この言い方を加える案を作り、承認を依頼する").click()
    author.get_by_role("link", name="案 ", exact=False).last.click()
    approve(house, approver, path_of(house, author))
    assert ENTRY.answer in hears(asked)
