"""Which section follows which, before the day and after it."""

from dataclasses import replace
from datetime import date

import pytest

from faq.counters import SectionId
from store import knowledge, places
from store.sight import Role
from tests.conftest import NOON


@pytest.fixture
def seen(pages):
    return pages.signed_in(pages.account("staff", Role.STAFF))


def plan(service, **ends):
    with service.site.database.write() as tx:
        old = next(each for each in places.all_sections(tx) if each.name == "廃棄物計画課")
        new = replace(old, id=SectionId("junkan"), name="資源循環課", aliases=(), valid_from=date(2027, 4, 1))
        knowledge.take_in(tx, [replace(old, valid_to=date(2027, 3, 31), **ends), new], NOON)


def test_where_nothing_ends_the_page_says_so(seen):
    assert "終わる日が決まっている課はありません。" in seen.get("/staff/successions").text


def test_what_will_move_is_told_before_the_day(pages, seen):
    plan(pages, successor=SectionId("junkan"))
    said = seen.get("/staff/successions").text
    assert "廃棄物計画課" in said
    assert "よくある質問 18件" in said
    assert "これから始まる課" in said
    assert "決まっていません" not in said


def test_where_nobody_follows_what_stays_is_told(pages, seen):
    plan(pages)
    said = seen.get("/staff/successions").text
    assert "決まっていません" in said
    assert "19件" in said
