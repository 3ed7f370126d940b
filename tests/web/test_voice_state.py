"""The page of one's own: state, promise, answer; adding, taking back; and nobody else."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from store import case_answers, case_erasing, case_talk, tries, voice_pages
from store.audit import SERVICE
from store.case_answers import In
from store.cases import Case, Ending, State
from store.sight import Role
from store.tables import links
from store.tries import Limit
from tests.store.cases import person
from tests.web.conftest import Service
from tests.web.test_voice_form import OPEN, TYPED, told
from web.voice_tries import AT_MOST


@pytest.fixture
def own(pages: Service) -> str:
    """The path of the page of who has just sent the form."""
    return pages.visitor().send(OPEN, **TYPED).location.partition("?")[0]


def answer(service: Service, words: str) -> Case:
    with service.site.database.write() as tx:
        (voice,) = told(service)
        clerk = person(tx, "clerk", Role.ADMIN, None)
        case = voice.case
        came = case_answers.answer(tx, clerk, case.id, case.version, words, In.PAGE, service.clock())
    assert isinstance(came, Case), came
    return came


def test_state_section_promise_and_answer_stand_there(pages: Service, own: str) -> None:
    before = pages.visitor().get(own)
    for words in ("担当の者が決まるのをお待ち", "返事の予定", "まだ返事はありません", own):
        assert words in before.text, words
    assert before.headers["Cache-Control"] == "no-store"
    answer(pages, "来週、ベンチを直します。")
    after = pages.visitor().get(own).text
    assert "来週、ベンチを直します。" in after
    assert "clerk" not in after, "staff have no names there"


def test_more_is_added_once_and_waits_again(pages: Service, own: str) -> None:
    answer(pages, "直します。")
    visitor = pages.visitor()
    for _ in range(2):
        assert visitor.send(own, words="いつですか。電話は090-1234-5678です。").status_code == 303
    (voice,) = told(pages)
    assert voice.case.state is State.NEW or voice.case.state is State.TAKEN
    text = visitor.get(own).text
    assert text.count("いつですか") == 1
    assert "090-1234-5678" not in text


def test_who_adds_very_often_waits(pages: Service, own: str) -> None:
    address = "voice 127.0.0.1"
    with pages.site.database.write() as tx:
        for _ in range(AT_MOST):
            tries.take(tx, [Limit(address, AT_MOST)], pages.clock())
    refused = pages.visitor().send(own, words="いつですか。")
    assert (refused.status_code, "短い時間に" in refused.text, "いつですか" in refused.text) == (
        429,
        True,
        True,
    )
    (voice,) = told(pages)
    assert voice.case.unread == 0
    pages.clock.now += timedelta(minutes=16)
    assert pages.visitor().send(own, words="いつですか。").status_code == 303


def test_nothing_is_said_without_words(pages: Service, own: str) -> None:
    assert pages.visitor().send(own, words=" ").status_code == 422


def test_it_can_be_taken_back(pages: Service, own: str) -> None:
    visitor = pages.visitor()
    visitor.send(own, to=own + "/withdrawn")
    (voice,) = told(pages)
    assert voice.case.ending is Ending.WITHDRAWN
    assert "取り下げ" in visitor.get(own).text
    assert 'name="words"' not in visitor.get(own).text


def test_only_the_digest_of_its_address_is_kept(pages: Service, own: str) -> None:
    token = own.rpartition("/")[2]
    with pages.site.database.read() as tx:
        assert all(
            token.encode() not in bytes(each) for each in tx.connection.scalars(sa.select(links.c.digest))
        )


def test_it_opens_for_more_than_a_year_and_then_no_more(pages: Service, own: str) -> None:
    pages.clock.now += timedelta(days=399)
    assert pages.visitor().get(own).status_code == 200
    pages.clock.now += timedelta(days=1)
    assert pages.visitor().get(own).status_code == 404


def test_what_is_erased_is_gone_from_it(pages: Service, own: str) -> None:
    (voice,) = told(pages)
    with pages.site.database.write() as tx:
        case_erasing.erase(tx, voice.case.id, SERVICE, pages.clock())
    assert pages.visitor().get(own).status_code == 404
    assert pages.visitor().get(own.replace(own[-3:], "xxx")).status_code == 404


def test_notes_of_staff_are_not_on_it(pages: Service, own: str) -> None:
    (voice,) = told(pages)
    with pages.site.database.write() as tx:
        case_talk.add(tx, voice.case.id, case_talk.EntryKind.NOTE, pages.clock(), words="内輪の話")
        standing = voice_pages.standing(tx, own.rpartition("/")[2], pages.clock())
    assert standing is not None
    assert [each.words for each in standing.talk] == [standing.talk[0].words]
    assert "内輪" not in pages.visitor().get(own).text
