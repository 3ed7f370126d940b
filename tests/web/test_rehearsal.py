"""The rehearsal: the talk as it would be, seen by nobody else, with nothing kept but that it was."""

import re

import pytest
import sqlalchemy as sa

from store import disaster, disaster_measures, disaster_switch, residents
from store.sight import Role
from store.tables import audit, outbox, queries
from store.tables import disaster_measures as measures_table
from tests.web.conftest import Service, Visitor
from tests.web.test_disaster import present, proposed, say, standing

PAGE = "/staff/disaster/rehearsal"
TRY = f"{PAGE}/try"


@pytest.fixture
def staff(pages: Service) -> Visitor:
    return pages.signed_in(pages.account("sato", Role.STAFF))


@pytest.fixture
def number(pages, staff) -> int:
    """A rehearsal with a note about waste."""
    assert staff.send(PAGE, f"{PAGE}/begin", what="大雨", hours="24").status_code == 303
    found = re.search(r"/staff/disaster/(\d+)/said/new/waste", staff.get(PAGE).text)
    assert found is not None
    assert say(staff, found[1], "waste", words="燃やすごみは、お休みです。").status_code == 303
    return int(found[1])


def counts(pages):
    with pages.site.database.read() as tx:
        return [
            tx.connection.scalar(sa.select(sa.func.count()).select_from(each))
            for each in (residents.residents, outbox, queries)
        ]


def test_the_talk_is_shown_as_it_would_be_and_nothing_is_kept(pages, staff, number):
    before = counts(pages)
    shown = staff.send(PAGE, TRY, words="ごみはいつ", language="ja").text
    assert "燃やすごみは、お休みです。" in shown
    assert "訓練" in shown
    assert "【大雨】いまの災害のご案内" in staff.send(PAGE, TRY, words="メニュー", language="ja").text
    assert counts(pages) == before
    assert present(pages) is None


def test_a_button_of_the_talk_can_be_pressed(pages, staff, number):
    shown = staff.send(PAGE, TRY, pressed="disaster:water", language="ja").text
    assert "給水している場所は、まだ情報が入っていません" in shown


def test_danger_comes_first_in_a_rehearsal_too_and_alarms_nobody(pages, staff, number):
    shown = staff.send(PAGE, TRY, words="川があふれて逃げ遅れた", language="ja").text
    assert "119" in shown


def test_every_language_is_shown_at_once(staff, number):
    shown = staff.send(PAGE, TRY, words="メニュー", language="all").text
    assert shown.count("の返事</h3>") == 7


def test_nobody_else_sees_it(pages, staff, number):
    other = pages.signed_in(pages.account("suzuki", Role.ADMIN))
    assert "お休みです" not in other.get(PAGE).text
    assert other.get(f"/staff/disaster/{number}/said/new/waste").status_code == 404
    assert other.get(f"/staff/disaster/{number}").status_code == 404
    assert "発議があります" not in other.get("/home").text


def test_it_becomes_the_proposal_with_all_that_was_set_up(pages, staff, number):
    assert staff.send(PAGE, f"{PAGE}/adopt").status_code == 303
    assert proposed(pages).id == number
    assert len(standing(pages)) == 1
    assert present(pages) is None


def test_what_was_set_up_goes_with_the_rehearsal_and_who_rehearsed_stays(pages, staff, number):
    staff.send(PAGE, TRY, words="これは残らない言葉", language="ja")
    staff.send(PAGE, f"{PAGE}/leave")
    with pages.site.database.read() as tx:
        assert tx.connection.scalar(sa.select(sa.func.count()).select_from(measures_table)) == 0
        rows = tx.connection.execute(sa.select(audit).where(audit.c.kind == "disaster")).all()
    assert [row.act for row in rows] == ["rehearsed", "said", "tried", "left_off"]
    assert not any("残らない" in row.detail for row in rows)


def test_one_that_was_forgotten_goes_by_itself(pages, staff, number):
    pages.clock.passes(days=7)
    with pages.site.database.write() as tx:
        assert disaster_switch.settle(tx, pages.clock()) == 1
        assert disaster_measures.standing(tx, disaster.DisasterId(number)) == ()


def test_without_a_word_nothing_is_tried(staff, number):
    sent = staff.send(PAGE, TRY, words=" ", language="ja")
    assert sent.status_code == 422
    assert "市民が送る言葉を書いてください" in sent.text
