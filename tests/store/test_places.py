"""Sections, procedures, hours, closures and consultations, on both databases."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from store import keeping, knowledge, places
from store.db import Database
from store.keeping import Changes
from store.migrations import migrate
from tests.conftest import NOON
from tests.faq.place_files import CLOSURE, HOURS, PROCEDURE, PROGRAMME, PROGRAMME_DAY, SECTION

RECORDS = [
    ("sections", SECTION, places.all_sections),
    ("procedures", PROCEDURE, places.all_procedures),
    ("hours", HOURS, places.all_hours),
    ("closures", CLOSURE, places.all_closures),
    ("programmes", PROGRAMME, places.all_programmes),
    ("programme-days", PROGRAMME_DAY, places.all_programme_days),
]


@pytest.fixture
def empty(tx):
    """None of the new kinds, but a version."""
    for kind, _, _ in RECORDS:
        knowledge.take_in_kind(tx, kind, [], NOON, replace_all=True)
    return tx


@pytest.mark.parametrize(("kind", "record", "read"), RECORDS)
def test_a_record_comes_back_as_it_went_in(empty, kind, record, read):
    before = knowledge.version(empty)
    assert knowledge.take_in(empty, [record], NOON) == Changes(1, 0, 0, 0)
    assert read(empty) == (record,)
    assert knowledge.take_in(empty, [record], NOON) == Changes(0, 0, 1, 0)
    assert knowledge.version(empty) == before + 1, "the second time nothing changed"


@pytest.mark.parametrize(
    ("record", "read"),
    [
        (replace(PROCEDURE, faq=None, aliases=(), not_at=()), places.all_procedures),
        (replace(HOURS, section=None, valid_from=None, weekly=""), places.all_hours),
        (replace(CLOSURE, office=None, opens=None, closes=None), places.all_closures),
        (replace(PROGRAMME, office=None, starts=None, ends=None, valid_to=None), places.all_programmes),
        (replace(PROGRAMME_DAY, starts=None, ends=None), places.all_programme_days),
    ],
)
def test_what_is_not_known_comes_back_as_not_known(empty, record, read):
    knowledge.take_in(empty, [record], NOON)
    assert read(empty) == (record,)


@pytest.mark.parametrize(("kind", "record", "read"), RECORDS)
def test_the_last_record_can_be_removed(empty, kind, record, read):
    knowledge.take_in(empty, [record], NOON)
    before = knowledge.version(empty)
    assert knowledge.take_in_kind(empty, kind, [], NOON, replace_all=True) == Changes(0, 0, 0, 1)
    assert read(empty) == ()
    assert knowledge.version(empty) == before + 1


def test_days_are_told_apart_by_consultation_and_date(empty):
    second = replace(PROGRAMME_DAY, day=date(2026, 12, 9))
    knowledge.take_in(empty, [PROGRAMME_DAY, second], NOON)
    moved = replace(second, place="別の会場")
    assert knowledge.take_in(empty, [moved], NOON, replace_all=True) == Changes(0, 1, 0, 1)
    assert places.all_programme_days(empty) == (moved,)


def test_everything_is_all_there_is(empty):
    knowledge.take_in(empty, [SECTION], NOON)
    found = knowledge.everything(empty)
    assert found.sections == (SECTION,)
    assert found.hours == ()
    assert found.offices == places.all_offices(empty)
    assert found.entries == knowledge.all_entries(empty)


def test_imports_wait_for_one_another(postgres):
    """Else each would be judged without the other's rows. On SQLite there is one writer at a time."""
    with postgres.write() as first:
        keeping.claim(first)
        with pytest.raises(sa.exc.OperationalError):
            claim_at_once(postgres)
    claim_at_once(postgres)


def claim_at_once(postgres: Database) -> None:
    with postgres.write() as tx:
        tx.connection.execute(sa.text("SET LOCAL lock_timeout = '50ms'"))
        keeping.claim(tx)


def test_a_kind_belongs_to_the_store_from_its_first_import_on(keyring, tmp_path):
    database = Database(f"sqlite:///{tmp_path}/new.db", keyring)
    migrate(database)
    with database.write() as tx:
        assert keeping.owned(tx) == frozenset()
        knowledge.take_in(tx, [CLOSURE], NOON)
        assert keeping.owned(tx) == {"closures"}
        knowledge.take_in_kind(tx, "closures", [], NOON, replace_all=True)
        assert keeping.owned(tx) == {"closures"}, "even where nothing is left"
    database.close()
