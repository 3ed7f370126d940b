from dataclasses import replace

import pytest
import sqlalchemy as sa

from faq import index
from faq.models import Synonyms
from store import keeping, knowledge, places
from store.db import Database
from store.keeping import Changes
from store.migrations import migrate
from store.tables import entries
from tests.conftest import NOON
from tests.faq.town import DOG, GARBAGE, LIBRARY, MOVING_IN


@pytest.fixture
def empty(tx):
    """No entries, but a version."""
    tx.connection.execute(entries.delete())
    knowledge.take_in(tx, [GARBAGE, LIBRARY], NOON)
    return tx


def test_what_an_import_did(empty):
    before = knowledge.version(empty)
    given = [GARBAGE, replace(LIBRARY, answer="五冊までです。"), DOG]
    assert knowledge.take_in(empty, given, NOON) == Changes(new=1, changed=1, same=1, removed=0)
    assert knowledge.version(empty) == before + 1
    assert knowledge.take_in(empty, given, NOON) == Changes(new=0, changed=0, same=3, removed=0)
    assert knowledge.version(empty) == before + 1, "nothing changed: nobody needs to take it up anew"
    found = {entry.id: entry for entry in knowledge.all_entries(empty)}
    assert found == {entry.id: entry for entry in given}


def test_replacing_removes_what_is_not_given(empty):
    before = knowledge.version(empty)
    assert knowledge.take_in(empty, [GARBAGE], NOON, replace_all=True) == Changes(0, 0, 1, 1)
    assert knowledge.version(empty) == before + 1
    assert knowledge.all_entries(empty) == (GARBAGE,)


def test_nothing_given_changes_nothing(empty):
    assert knowledge.take_in(empty, [], NOON, replace_all=True) == Changes(0, 0, 0, 0)
    assert len(knowledge.all_entries(empty)) == 2


def test_words_are_prepared_once_and_kept(empty, monkeypatch):
    monkeypatch.setattr(index, "prepare", None)
    kept = list(knowledge.prepared_entries(empty))
    monkeypatch.undo()
    assert {each.entry.id: each for each in kept} == {
        each.id: index.prepare(each) for each in (GARBAGE, LIBRARY)
    }


def test_words_of_another_analyzer_are_made_again(empty):
    stale = entries.update().where(entries.c.id == GARBAGE.id).values(tokens="[]", analyzer_version=-1)
    empty.connection.execute(stale)
    found = {each.entry.id: each for each in knowledge.prepared_entries(empty)}
    assert found[GARBAGE.id] == index.prepare(GARBAGE)


@pytest.mark.parametrize(
    "read",
    [
        knowledge.all_entries,
        places.all_offices,
        places.all_shelters,
        knowledge.all_synonyms,
        knowledge.all_questions,
    ],
)
def test_what_ships_comes_back_as_it_went_in(tx, read):
    before, records = knowledge.version(tx), read(tx)
    assert records
    assert knowledge.take_in(tx, records, NOON) == Changes(0, 0, len(records), 0)
    assert knowledge.version(tx) == before


def test_synonyms_are_known_by_their_first_word(tx):
    knowledge.take_in(tx, [Synonyms(("試験語", "てすと"), 1.0, "x")], NOON)
    assert knowledge.take_in(tx, [Synonyms(("試験語", "テスト"), 1.0, "x")], NOON) == Changes(0, 1, 0, 0)


def test_an_empty_store_has_version_nought(keyring, tmp_path):
    database = Database(f"sqlite:///{tmp_path}/new.db", keyring)
    migrate(database)
    with database.write() as tx:
        assert knowledge.version(tx) == 0
        knowledge.take_in(tx, [MOVING_IN], NOON)
        assert knowledge.version(tx) == 1
        assert tx.connection.scalar(sa.text("SELECT count(*) FROM knowledge")) == 1
    database.close()


def test_a_fingerprint_moves_with_its_entry_alone(empty):
    before = knowledge.fingerprints(empty)
    knowledge.take_in(empty, [GARBAGE, replace(LIBRARY, answer="五冊までです。")], NOON)
    after = knowledge.fingerprints(empty)
    assert before.keys() == after.keys() == {GARBAGE.id, LIBRARY.id}
    assert after[GARBAGE.id] == before[GARBAGE.id]
    assert after[LIBRARY.id] != before[LIBRARY.id]


def test_missing_fingerprints_are_made(empty):
    before = knowledge.fingerprints(empty)
    empty.connection.execute(entries.update().values(fingerprint=None))
    assert set(knowledge.fingerprints(empty).values()) == {None}
    assert knowledge.renew(empty) == 2
    assert knowledge.fingerprints(empty) == before
    assert knowledge.renew(empty) == 0


def test_some_entries_with_their_words(empty):
    (found,) = knowledge.prepared_of(empty, [LIBRARY.id, "nobody"])
    assert found == index.prepare(LIBRARY)
    assert list(knowledge.prepared_of(empty, [])) == []


def test_more_records_than_one_statement_takes(empty, monkeypatch):
    monkeypatch.setattr(keeping, "AT_ONCE", 1)
    given = [GARBAGE, replace(LIBRARY, answer="五冊までです。"), DOG]
    assert knowledge.take_in(empty, given, NOON) == Changes(new=1, changed=1, same=1, removed=0)
    questions = knowledge.all_questions(empty)[:5]
    assert knowledge.take_in(empty, questions, NOON) == Changes(0, 0, 5, 0)
