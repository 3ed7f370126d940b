"""What fits some words, and how it is named in a form."""

import pytest

from faq.models import FaqEntry, Office
from faq.programmes import Programme
from tests.web.conftest import Service
from web.known import Known
from web.suggested import key_of, searched, suggested, thing_of


@pytest.fixture
def known(pages: Service) -> Known:
    with pages.site.database.read() as tx:
        return pages.site.city(tx)


def test_a_key_leads_back_to_its_thing(known: Known):
    for thing in (known.knowledge.entries[0], known.directory.offices[0], known.schedule.programmes[0]):
        assert thing_of(known, key_of(thing)) == thing


@pytest.mark.parametrize(("words", "kind"), [("東区", Office), ("ごみ", FaqEntry), ("人権相談", Programme)])
def test_each_kind_is_found(known: Known, words: str, kind: type):
    assert any(isinstance(each, kind) for each in suggested(known, words).things)


def test_one_letter_offers_no_consultation(known: Known):
    assert not any(isinstance(each, Programme) for each in suggested(known, "相").things)


def test_a_whole_question_gives_its_reasons(known: Known):
    found = searched(known, "転入届の期限")
    first = next(each for each in found.things if isinstance(each, FaqEntry))
    assert "転入届" in found.because[first.id]


@pytest.mark.parametrize("words", ["ひがしくやくしょ", "東区役所", " 東区 役所 "])
def test_a_whole_name_leads_to_the_office(known: Known, words: str):
    found = searched(known, words)
    first = found.things[0]
    assert isinstance(first, Office)
    assert (first.name, found.sure) == ("東区役所", True)
    assert found.things.count(first) == 1


def test_what_is_asked_about_an_office_is_a_question(known: Known):
    assert searched(known, "東区役所で転入届は出せますか").things[0] != searched(known, "東区役所").things[0]
