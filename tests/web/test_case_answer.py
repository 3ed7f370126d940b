"""An answer for one person alone, behind a link that opens once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from store import case_erasing
from store.audit import COMMAND
from store.case_answers import In
from store.links import Purpose
from store.tables import case_entries
from tests.web.conftest import Service
from tests.web.own_links import Owner

WORDS = "還付の通知は、\n12月4日に発送します。"


@pytest.fixture
def owner(both: Service) -> Owner:
    return Owner.of(both)


@pytest.fixture
def little(pages: Service) -> Owner:
    """The same, on SQLite alone."""
    return Owner.of(pages)


def read_at(owner: Owner, entry: int):
    with owner.database.read() as tx:
        return tx.connection.scalar(sa.select(case_entries.c.read_at).where(case_entries.c.id == entry))


def test_the_answer_is_shown_once_and_noted_as_read(owner: Owner):
    entry = owner.answered(WORDS)
    link, visitor = owner.link(Purpose.CASE_ANSWER, entry), owner.service.visitor()
    for _ in range(2):
        sealed = visitor.get(link)
        assert sealed.status_code == 200
        for secret in ("還付", "国保", "12月4日", "区民課", "お問い合わせ"):
            assert secret not in sealed.text.split("<main")[1].split("</main>")[0], secret
    assert read_at(owner, entry) is None
    opened = visitor.send(link)
    assert opened.status_code == 200
    for words in (WORDS, "中央区役所 区民課", "2026年11月24日（火）", "国保の還付"):
        assert words in opened.text
    assert opened.headers["Cache-Control"] == "no-store"
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    assert 'content="noindex"' in opened.text
    assert read_at(owner, entry) == owner.service.clock()
    assert owner.acts()[-1] == "case.answer_read"
    for again in (visitor.get(link), visitor.client.post(link, data={"csrf_token": "x"})):
        assert again.status_code in (400, 404)
        assert "還付" not in again.text


def test_a_new_link_shows_it_again(little: Owner):
    entry = little.answered(WORDS)
    for _ in range(2):
        link = little.link(Purpose.CASE_ANSWER, entry)
        assert WORDS in little.service.visitor().send(link).text


def test_sent_twice_the_second_sees_nothing(little: Owner):
    link, visitor = little.link(Purpose.CASE_ANSWER, little.answered(WORDS)), little.service.visitor()
    token = visitor.token_on(link)
    first, second = (visitor.client.post(link, data={"csrf_token": token}) for _ in range(2))
    assert (WORDS in first.text, first.status_code) == (True, 200)
    assert ("還付" in second.text, second.status_code) == (False, 404)
    assert "「どうなった？」" in second.text


def test_what_opens_nothing_says_how_to_get_another(little: Owner):
    entry = little.answered(WORDS)
    expired = little.service.visitor().get(little.link(Purpose.CASE_ANSWER, entry, timedelta(0)))
    assert (expired.status_code, "「どうなった？」" in expired.text) == (410, True)
    assert little.service.visitor().get("/a/" + "x" * 43).status_code == 404


def test_neither_anothers_answer_nor_one_for_line_nor_an_erased_one_is_shown(little: Owner):
    other = Owner.of(little.service, "U" + "8" * 32)
    anothers, general, mine = other.answered(WORDS), little.answered(WORDS, In.LINE), None
    for entry in (anothers, general):
        sent = little.service.visitor().send(little.link(Purpose.CASE_ANSWER, entry))
        assert (sent.status_code, "還付" in sent.text) == (404, False)
    mine = other.link(Purpose.CASE_ANSWER, anothers)
    with other.database.write() as tx:
        case_erasing.erase(tx, other.case.id, COMMAND, other.service.clock())
    assert other.service.visitor().send(mine).status_code == 404
