"""A voice is a case with more, kept once however often it is sent, and only its section reads where it is."""

import pytest
import sqlalchemy as sa

from store import case_erasing, voices
from store.audit import SERVICE, ByAccount, ByResident
from store.case_opening import CaseDraft
from store.case_refusals import TooMany
from store.cases import Origin
from store.sight import Role
from store.tables import voices as table
from store.voices import Way
from tests.conftest import NOON
from tests.store.cases import HOKEN, handed, person
from tests.store.told import HERE, about, told, told_by


def test_what_is_told_is_a_case_with_more(tx, hanako):
    voice = told(tx, hanako)
    assert voice.case.resident == hanako
    assert voice.place == HERE
    assert voices.own(tx, hanako, voice.case.id) == voice
    assert voices.of_resident(tx, hanako) == (voice,)


def test_sent_twice_it_is_one(tx, hanako):
    assert told(tx, hanako) == told(tx, hanako)
    assert tx.connection.scalar(sa.select(sa.func.count()).select_from(table)) == 1


def test_the_open_form_makes_one_of_what_is_sent_twice(database, hanako):
    with database.write() as tx:
        first, again, other = (told_by(tx, SERVICE, once, way=Way.FORM) for once in ("a", "a", "b"))
    assert first == again != other
    assert (first.case.origin, first.case.resident, first.case.made_by) == (Origin.FORM, None, None)


def test_somebody_at_the_city_enters_a_letter(tx):
    clerk = person(tx, "clerk")
    voice = told_by(tx, ByAccount(clerk.account), way=Way.LETTER)
    assert (voice.case.origin, voice.way) == (Origin.DESK, Way.LETTER)
    assert voices.of_case(tx, clerk, voice.case.id) == voice


def test_a_resident_is_stopped_at_what_cases_are_stopped_at(tx, hanako):
    for each in range(5):
        told(tx, hanako, str(each))
    draft = CaseDraft("6", told(tx, hanako, "0").case.section, "", ("もう一つ",))
    assert isinstance(voices.tell(tx, draft, about(), None, ByResident(hanako), NOON), TooMany)


def test_another_section_sees_that_it_stands_and_not_where(tx, hanako):
    voice = told(tx, hanako)
    lead = person(tx, "lead", role=Role.OPERATOR, section=None, leads=True)
    assert voices.of_case(tx, person(tx, "other", section=HOKEN), voice.case.id) is None
    seen = voices.of_case(tx, lead, voice.case.id)
    assert seen is not None
    assert (seen.place, seen.case.subject) == (None, "")


def test_what_is_no_voice_is_none(tx, hanako, case):
    assert voices.own(tx, hanako, case.id) is None
    assert voices.of_case(tx, person(tx, "clerk"), case.id) is None


def test_erased_the_row_stays_and_the_place_goes(tx, hanako):
    voice = told(tx, hanako)
    assert case_erasing.erase(tx, voice.case.id, SERVICE, NOON)
    left = tx.connection.execute(sa.select(table)).one()
    assert (left.kind, left.place) == (voice.kind, None)


@pytest.fixture
def case(tx, hanako):
    return handed(tx, hanako, "case")
