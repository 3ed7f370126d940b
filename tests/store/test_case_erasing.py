"""An erased case: nothing of it can be read, in no file and by nobody; that there was one still counts."""

import logging
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from faq.retention import Purpose
from store import (
    backup,
    case_acts,
    case_answers,
    case_apart,
    case_erasing,
    case_looks,
    case_saying,
    case_talk,
    case_undoing,
    cases,
    erasure,
    keys_file,
    notices,
    particulars,
    residents,
    restoring,
)
from store.audit import COMMAND, SERVICE, ByResident
from store.case_answers import In
from store.case_refusals import NotThere
from store.case_words import ENTRY
from store.cases import Ending, Reach, State
from store.db import Database
from store.keyring import WrongKey
from store.migrations import migrate
from store.particulars import Field
from store.sight import Role
from store.tables import audit, case_entries, case_keys, staff_notices
from store.tables import case_apart as apart
from store.tables import case_looks as looks
from store.tables import cases as table
from tests.conftest import NOON
from tests.line import HANAKO, TARO
from tests.store.cases import HOKEN, PROMISED, SAID, SUBJECT, called, handed, person

ANSWER, WHY, NOTE = "印-答え", "印-担当違い", "印-メモ"
WHOM = {Field.NAME: "印 花子", Field.TELEPHONE: "090-1234-5678"}


def full(tx, resident):
    """A case with something of every kind in it."""
    clerk, other = person(tx, "clerk"), person(tx, "other", section=HOKEN)
    case = handed(tx, resident)
    kept = particulars.keep(tx, Purpose.CASE, WHOM, resident, date(2027, 1, 1), ByResident(resident), NOON)
    case_saying.reach_by(tx, resident, case.id, Reach.TELEPHONE, kept, NOON)
    case_acts.note(tx, clerk, case.id, NOTE, NOON)
    case_acts.send_on(tx, clerk, case.id, case.version + 1, HOKEN, WHY, PROMISED, NOON)
    case_looks.look(tx, other, case.id, NOON)
    case_apart.leave(tx, case.id, NOON)
    case_answers.answer(tx, other, case.id, case.version + 2, ANSWER, In.LINE, NOON)
    return cases.latest(tx, resident), other


def test_it_is_closed_and_nobodys_and_still_counted(tx, hanako):
    case, other = full(tx, hanako)
    entry = case_talk.told_to(tx, hanako, case.id)[-1].id
    assert case_erasing.erase(tx, case.id, ByResident(hanako), NOON)
    (row,) = tx.connection.execute(sa.select(table).where(table.c.id == case.id)).all()
    assert (row.state, row.ending, row.closed_at) == ("closed", "withdrawn", NOON)
    assert (row.resident_id, row.particulars_id, row.subject) == (None, None, None)
    assert (row.section, row.moves, row.opened_at) == (HOKEN, 1, NOON)
    found = cases.find(tx, other, case.id)
    assert (found.subject, found.state, found.receipt) == ("", State.CLOSED, case.receipt)
    said = case_talk.talk_of(tx, other, case.id, NOON)
    assert {each.words for each in said} == {""}
    assert len(said) == 4, "that something was said and done stays"
    assert case_talk.find(tx, entry).words == ""
    assert particulars.read(tx, case.particulars, SERVICE, NOON) == {}
    for gone in (case_keys, looks, apart):
        assert tx.connection.scalar(sa.select(gone.c.case_id).where(gone.c.case_id == case.id)) is None
    assert notices.claim_due(tx, NOON) == (), "what was to be told is told no more"


def test_nothing_can_be_written_to_it_that_nobody_could_read(tx, hanako):
    case, other = full(tx, hanako)
    case_erasing.erase(tx, case.id, COMMAND, NOON)
    assert case_acts.note(tx, other, case.id, NOTE, NOON) == NotThere()
    case_called = called(tx, person(tx, "operator", Role.OPERATOR))
    clerk = person(tx, "another")
    case_acts.close(tx, clerk, case_called.id, case_called.version, Ending.SOLVED, "", NOON)
    case_erasing.erase(tx, case_called.id, COMMAND, NOON)
    assert case_undoing.reopen(tx, clerk, case_called.id, PROMISED, NOON) == NotThere()


def test_how_a_closed_one_ended_stays(tx, hanako):
    case, _ = full(tx, hanako)
    case_saying.solved(tx, hanako, case.id, NOON)
    case_erasing.erase(tx, case.id, COMMAND, NOON + timedelta(days=400))
    row = tx.connection.execute(sa.select(table).where(table.c.id == case.id)).one()
    assert (row.ending, row.closed_at) == (Ending.SOLVED, NOON)


def test_staff_are_asked_no_more_to_take_it(tx, hanako):
    case = handed(tx, hanako)
    case_erasing.erase(tx, case.id, COMMAND, NOON)
    states = sa.select(staff_notices.c.state).where(staff_notices.c.case_id == case.id)
    assert list(tx.connection.scalars(states)) == ["dropped"]


def test_what_is_audited_says_nothing_of_it(tx, hanako):
    case, _ = full(tx, hanako)
    case_erasing.erase(tx, case.id, COMMAND, NOON)
    rows = tx.connection.execute(sa.select(audit.c.act, audit.c.detail)).all()
    assert ("case.erased", "{}") in [tuple(row) for row in rows]
    words = (SUBJECT, SAID, ANSWER, WHY, NOTE, *WHOM.values())
    assert not [row for row in rows for word in words if word in row.detail]


def test_with_its_resident_their_cases_go(tx, hanako, taro):
    (case, _), others = full(tx, hanako), handed(tx, taro)
    assert erasure.weigh(tx, hanako, NOON).cases == 1
    erasure.erase(tx, hanako, COMMAND, NOON)
    assert case_erasing.of_resident(tx, hanako) == ()
    keyed = list(tx.connection.scalars(sa.select(case_keys.c.case_id).order_by(case_keys.c.case_id)))
    assert (case.id in keyed, others.id in keyed) == (False, True)
    assert cases.latest(tx, taro) == others


def raw(database: Database) -> bytes:
    assert database.file is not None
    return b"".join(file.read_bytes() for file in database.file.parent.glob(f"{database.file.name}*"))


@pytest.fixture
def erased(sqlite, tmp_path, caplog):
    """Hanako's case, erased in a database of which there is an older backup; and what was in it."""
    caplog.set_level(logging.DEBUG)
    with sqlite.write() as tx:
        case, _ = full(tx, residents.meet(tx, HANAKO, NOON).id)
        other = handed(tx, residents.meet(tx, TARO, NOON).id)
        wrapped = dict(tx.connection.execute(sa.select(case_keys.c.case_id, case_keys.c.wrapped)).all())
        sealed = tx.connection.scalars(
            sa.select(case_entries.c.words).where(case_entries.c.words.is_not(None))
        )
        words = list(sealed)
    old, keys = tmp_path / "old.db", tmp_path / "keys.backup"
    backup.back_up(sqlite, old, lambda *_: None)
    keys_file.write(sqlite, keys)
    assert wrapped[case.id] in raw(sqlite), "until then it is there"
    assert {key.owner for key in keys_file.read(keys) if key.kind == "case"} == {case.id, other.id}
    with sqlite.write() as tx:
        case_erasing.erase(tx, case.id, COMMAND, NOON)
    assert sqlite.forget()
    keys_file.renew(sqlite, keys)
    return case, other, wrapped, words, old, keys


def test_its_key_stands_in_no_file(sqlite, erased, caplog):
    case, other, wrapped, words, _, keys = erased
    now = raw(sqlite)
    assert wrapped[case.id] not in now
    assert wrapped[other.id] in now, "others are as before"
    assert [each for each in words if each in now] == [words[-1]], "the other case's"
    assert {key.owner for key in keys_file.read(keys) if key.kind == "case"} == {other.id}
    for word in (SUBJECT, SAID, ANSWER, WHY, NOTE, *WHOM.values()):
        assert word.encode() not in now + keys.read_bytes()
        assert word not in caplog.text


def test_no_key_that_is_left_opens_an_older_backup(sqlite, erased, keyring):
    case, _, wrapped, words, old, keys = erased
    with closing(sqlite3.connect(old)) as copy:
        assert copy.execute("SELECT count(*) FROM case_keys").fetchone() == (0,)
        there = {sealed for (sealed,) in copy.execute("SELECT words FROM case_entries")}
    assert set(words) <= there, "the ciphertexts are in the backup"
    left = [key for key in keys_file.read(keys) if key.kind == "case"]
    opens = [keyring.unwrap(key.wrapped, f"case:{key.owner}") for key in left] + list(keyring.keys)
    for key in opens:
        for sealed in words[:-1]:
            with pytest.raises(WrongKey):
                key.open(sealed, f"case:{case.id}:{ENTRY}")
    was = keyring.unwrap(wrapped[case.id], f"case:{case.id}")
    assert was.open(words[0], f"case:{case.id}:{ENTRY}").decode() == SAID, "with its key it would open"


def test_brought_back_it_is_erased_again(sqlite, erased, keyring, tmp_path):
    case, other, _, _, old, keys = erased
    database = Database(f"sqlite:///{tmp_path}/new/helpdesk.db", keyring)
    told = restoring.restore(database, old, keys, NOON, lambda *_: None)
    assert (told.residents, told.cases) == (0, 1)
    migrate(database)
    with database.read() as tx:
        hanako, taro = (residents.lookup(tx, who) for who in (HANAKO, TARO))
        assert cases.of_resident(tx, hanako) == ()
        assert cases.of_resident(tx, taro) == (other,)
        row = tx.connection.execute(sa.select(table).where(table.c.id == case.id)).one()
        assert (row.state, row.subject, row.resident_id) == ("closed", None, None)
    database.close()
