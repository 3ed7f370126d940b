"""What a proposal would do to the answers, on its page."""

import json

import pytest
import sqlalchemy as sa

from bot.rippling import Rippling
from faq.models import Answerer, LabelledQuestion
from store import erasure, knowledge, queries, residents
from store.audit import ByResident
from store.queries import Query
from store.sight import Role
from store.tables import audit
from tests.conftest import NOON
from tests.faq.town import DOG
from tests.line import HANAKO
from tests.store.editors import ENTRY, LATER, NEW, change, editor, submitted
from tests.web.town import plain

LABELS = [
    LabelledQuestion("trial-1", "試しの税の期限", ENTRY.id, 2, Answerer.QUESTION),
    LabelledQuestion("trial-2", "試しの税はいつまでに納めますか", None, 0, Answerer.NONE),
]


class Review:
    """The pages, a proposal, and the chore that replays it."""

    def __init__(self, pages, city) -> None:
        self.pages, self.city = pages, city
        with self.database.write() as tx:
            knowledge.take_in(tx, [DOG], NOON, replace_all=True)
            knowledge.take_in(tx, LABELS, NOON, replace_all=True)
        self.approver = pages.signed_in(pages.account("approver", Role.APPROVER))

    @property
    def database(self):
        return self.pages.site.database

    def propose(self, *changes) -> str:
        with self.database.write() as tx:
            return f"/staff/proposals/{submitted(tx, editor(tx, 'hana'), *changes).id}/answers"

    def asked(self, text: str) -> None:
        with self.database.write() as tx:
            hanako = residents.meet(tx, HANAKO, NOON).id
            query = Query(text, "question", "none")
            queries.record(tx, hanako, query, NOON, channel="LINE", message_ids=())

    def replay(self, steps: int = 100) -> None:
        one = Rippling(self.database, self.city.known)
        while steps and one.step(NOON):
            steps -= 1

    def sees(self, page: str) -> str:
        return plain(self.approver.get(page).text)


@pytest.fixture
def review(pages, city) -> Review:
    return Review(pages, city)


def test_from_waiting_to_the_result(review):
    review.asked("試しの税の期限")
    page = review.propose(NEW)
    assert "まもなく調べ始めます" in review.sees(page)
    assert 'hx-trigger="every 2s"' in review.approver.get(page).text
    review.replay(steps=1)
    assert "3件のうち2件" in review.sees(page)
    review.replay()
    seen = review.sees(page)
    assert "正解のわかっている質問（2件）" in seen
    assert "正しい答えを返す 0件 0.0% 1件 100.0% +1" in seen
    assert "まちがった答えを返す 0件 0.0% 1件 50.0% +1" in seen
    assert "この30日に実際にあった質問（1件）" in seen
    assert "試しの税の期限 答えなし 答える：試しの税はいつまでに納めますか" in seen
    assert "hx-trigger" not in review.approver.get(page).text.partition('id="ripple"')[2].partition(">")[0]


def test_below_the_floor_it_says_why_and_what_to_do(review):
    page = review.propose(NEW)
    review.replay()
    seen = review.sees(page)
    assert "このままでは公開できません。" in seen
    assert "まちがった答えを返す質問が、差し引き1件増えます（増えてよいのは0件までです）。" in seen
    assert "差し引き-1件減ります" not in seen


def test_where_the_floor_holds(review):
    with review.database.write() as tx:
        knowledge.take_in(tx, [ENTRY], NOON)
    page = review.propose(change(ENTRY, LATER))
    review.replay()
    seen = review.sees(page)
    assert "下限を下回りません" in seen
    assert seen.count("答えの変わる質問はありません。") == 1
    assert "この30日には、まだ質問がありません。" in seen


def test_what_no_search_reads(review):
    page = review.propose(change(LABELS[0], None, "questions"))
    assert "質問への答え方には関わりません" in review.sees(page)


def test_words_of_who_is_erased_are_counted_only(review):
    review.asked("試しの税の期限")
    page = review.propose(NEW)
    review.replay()
    with review.database.write() as tx:
        hanako = residents.meet(tx, HANAKO, NOON).id
        erasure.erase(tx, hanako, ByResident(hanako), NOON)
    after = review.sees(page).partition("この30日に")[2]
    assert "試しの税の期限 答えなし" not in after
    assert "新しく答えや候補が出る 1件" in after
    assert "ほかに1件あります" in after


def test_what_residents_asked_is_masked_once_more_and_each_look_is_audited(review):
    review.asked("山田太郎と申します。試しの税の期限は")
    page = review.propose(NEW)
    review.replay()
    for path in (page, page.removesuffix("/answers")):
        seen = review.sees(path)
        assert "［お名前］と申します。試しの税の期限は" in seen
        assert "山田" not in seen
    with review.database.read() as tx:
        looks = tx.connection.execute(sa.select(audit).where(audit.c.act == "questions_read")).all()
    assert [(look.kind, json.loads(look.detail)) for look in looks] == [("proposal", {"count": "1"})] * 2


def test_of_another_section_it_is_not_there(review):
    page = review.propose(NEW)
    stranger = review.pages.signed_in(review.pages.account("stranger", Role.STAFF))
    assert stranger.get(page).status_code == 404
