"""What a proposal would do to the answers, as a browser meets it."""

import os

import pytest

from bot.rippling import Rippling
from faq.models import Answerer, EntryId, LabelledQuestion
from store import knowledge, queries, residents
from store.queries import Query
from store.sight import Role
from tests.browser.conftest import DESK
from tests.line import HANAKO
from tests.store.editors import ENTRY, NEW, editor, submitted

PICTURES = os.environ.get("PICTURES")
"""A folder for pictures of the page, to look at."""
NARROW = {"width": 360, "height": 780}
LABELS = [
    LabelledQuestion("trial-1", "試しの税の期限", ENTRY.id, 2, Answerer.QUESTION),
    LabelledQuestion("trial-2", "試しの税はいつまでに納めますか", None, 0, Answerer.NONE),
    LabelledQuestion("trial-3", "犬の登録", EntryId("dog-registration"), 2, Answerer.QUESTION),
    LabelledQuestion("trial-4", "試しの税金", ENTRY.id, 2, Answerer.QUESTION),
]


@pytest.fixture(scope="module")
def proposal(house):
    """A new entry that was handed in, with labelled questions and residents' own to replay."""
    now = house.service.clock()
    with house.service.site.database.write() as tx:
        knowledge.take_in(tx, LABELS, now, replace_all=True)
        hanako = residents.meet(tx, HANAKO, now).id
        for text in ("試しの税の期限", "試しの税はどこで納めますか", "税の期限を知りたい"):
            queries.record(tx, hanako, Query(text, "question", "none"), now, channel="LINE", message_ids=())
        return submitted(tx, editor(tx, "hana"), NEW)


def test_the_result_comes_by_itself(house, enter, proposal):
    path = f"/staff/proposals/{proposal.id}"
    page = enter(path, Role.APPROVER)
    page.get_by_text("まもなく調べ始めます").wait_for()
    _picture(page, "waiting")
    replay = Rippling(house.service.site.database, house.service.site.city)
    replay.step(house.service.clock())
    page.get_by_role("progressbar").wait_for()
    _picture(page, "running")
    while replay.step(house.service.clock()):
        pass
    page.get_by_text("このままでは公開できません。").wait_for()
    page.get_by_role("table", name="正解のわかっている質問での正しさ").wait_for()
    for width, size in (("wide", DESK), ("narrow", NARROW)):
        for scheme in ("light", "dark"):
            looked_at = enter(path, Role.APPROVER, size, color_scheme=scheme)
            looked_at.get_by_text("このままでは公開できません。").wait_for()
            assert looked_at.evaluate("document.documentElement.scrollWidth") <= size["width"]
            _picture(looked_at, f"done-{width}-{scheme}")


def _picture(page, name):
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/ripple-{name}.png", full_page=True)
