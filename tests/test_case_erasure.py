"""A case that was erased, in whichever way, can be read nowhere: marks in every word of it are looked for everywhere.

On PostgreSQL what was deleted stands in the server's files until vacuum has reused its place, wrapped and sealed as it
was (`docs/privacy.md`): there the files are searched for the words, and what keys open is tried on backups.
"""

import logging
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import erasing
from bot.city import LiveCity
from bot.due import Due
from bot.report import report
from faq.periods import Period
from faq.public import FILES, Edition, made
from faq.retention import Purpose
from store import (
    backup,
    case_acts,
    case_answers,
    case_opening,
    case_saying,
    case_words,
    keys_file,
    knowledge,
    leaving,
    particulars,
    residents,
    restoring,
    retention,
)
from store.audit import ByResident
from store.case_answers import In
from store.case_opening import CaseDraft
from store.cases import Case, Reach
from store.db import Database
from store.keyring import Keyring
from store.particulars import Field
from store.sight import Role
from tests.conftest import NOON
from tests.line import HANAKO
from tests.site import site_of
from tests.store.cases import HOKEN, KUMIN, person
from tests.test_marks import export_everything, found_in, keys_of, of_folder, of_postgresql, of_sqlite, opened

FIELDS = (Field.NAME, Field.TELEPHONE, Field.CONVENIENT, Field.REMARKS)
MARKS = {name: f"印-{name}-しるし" for name in (
    "subject", "first", "second", "note", "why", "page", "line", "telephoned", *FIELDS,
)}  # fmt: skip
"""Every word of a case: said, typed, noted, answered."""
LATER = NOON + timedelta(days=1500)


@dataclass(frozen=True)
class Kept:
    """A database with a case, an old backup of it, and the copy of the keys, which is always the latest."""

    database: Database
    case: Case
    old: Path
    keys: Path
    city: LiveCity
    folder: Path


@pytest.fixture
def kept(database: Database, city: LiveCity, tmp_path: Path) -> Kept:
    case = _plant(database)
    with database.write() as tx:  # what else is there would only have to be tried as well
        for table in ("entry_vectors", "entries"):
            tx.connection.execute(sa.text(f"DELETE FROM {table}"))
    old, keys = tmp_path / "old.db", tmp_path / "keys.backup"
    backup.back_up(database, old, lambda *_: None)
    keys_file.write(database, keys)
    return Kept(database, case, old, keys, city, tmp_path)


def _plant(database: Database) -> Case:
    """A case of Hanako's with a mark in each of its words, sent on, answered in every way, and solved."""
    with database.write() as tx:
        hanako = residents.meet(tx, HANAKO, NOON).id
        told = {field: MARKS[field] for field in FIELDS}
        by = ByResident(hanako)
        whom = particulars.keep(tx, Purpose.CASE, told, hanako, date(2031, 1, 1), by, NOON)
        draft = CaseDraft("1", HOKEN, MARKS["subject"], (MARKS["first"],))
        case = case_opening.open_case(tx, draft, NOON, by, NOON)
        assert isinstance(case, Case)
        case_saying.say(tx, hanako, case.id, MARKS["second"], NOON)
        case = case_saying.reach_by(tx, hanako, case.id, Reach.TELEPHONE, whom, NOON)
        admin = person(tx, "admin", Role.ADMIN)
        case_acts.note(tx, admin, case.id, MARKS["note"], NOON)
        case = case_acts.send_on(tx, admin, case.id, case.version, KUMIN, MARKS["why"], NOON, NOON)
        for how, words in ((In.PAGE, "page"), (In.LINE, "line"), (In.TELEPHONE, "telephoned")):
            assert isinstance(case, Case)
            case = case_answers.answer(tx, admin, case.id, case.version, MARKS[words], how, NOON)
        case = case_saying.solved(tx, hanako, case.id, NOON)
        assert isinstance(case, Case)
        return case


# The ways ---------------------------------------------------------------------------------------------


def by_the_resident(kept: Kept) -> None:
    with kept.database.write() as tx:
        hanako = residents.lookup(tx, HANAKO)
        assert hanako is not None
        leaving.ask(tx, hanako, NOON, waits=False)
    due = Due(kept.database, kept.city, lambda: NOON, _raise, keys_backup=kept.keys)
    due.let_leave(NOON)


def by_the_command(kept: Kept) -> None:
    assert erasing.erase(kept.database, kept.keys, HANAKO, NOON, lambda: True) == 0


def by_retention(kept: Kept) -> None:
    retention.step(kept.database, kept.city.sayings.retention, LATER, kept.keys)


WAYS: Mapping[str, Callable[[Kept], None]] = {
    "by the resident": by_the_resident,
    "by the command": by_the_command,
    "by retention": by_retention,
}


def _raise(what: str, error: Exception) -> None:
    raise AssertionError(what) from error


# Where it is looked for ---------------------------------------------------------------------------------


def given_out(kept: Kept, capsys: pytest.CaptureFixture[str]) -> Iterator[bytes]:
    """Every kind of export, the audit, open data, the report in both forms, and a new backup."""
    folder = kept.folder / "given-out"
    folder.mkdir()
    export_everything(kept.database, folder)
    yield from of_folder(folder)
    with kept.database.read() as tx:
        latest = knowledge.latest(tx)
        assert latest is not None
        edition = Edition(kept.city.sayings.profile, *latest, knowledge.everything(tx))
    for name in FILES:
        yield made(name, edition)
    site = site_of(kept.database, kept.city, lambda: NOON)
    capsys.readouterr()
    for as_json in (False, True):
        report(kept.database, site.say, (), Period.month_of(date(2026, 11, 24)), NOON, as_json=as_json)
    yield capsys.readouterr().out.encode()


def readable(kept: Kept, keyring: Keyring, keys: Path) -> set[str]:
    """What can be read with `FIELD_KEYS` and a copy of the keys in the old backup, a new one, and what is brought back
    of the old one.
    """
    new, back = kept.folder / "new.db", kept.folder / "back.db"
    backup.back_up(kept.database, new, lambda *_: None)
    with closing(Database(f"sqlite:///{back}", keyring)) as brought_back:
        restoring.restore(brought_back, kept.old, keys, NOON, lambda *_: None)
        brought_back.forget()
    places = [kept.old, new, back]
    copies = [back, keys]
    if kept.database.file is not None:
        places.append(kept.database.file)
        copies.append(kept.database.file)
    return found_in(MARKS.values(), [opened(keys_of(keyring, *copies), *places)])


@pytest.mark.parametrize("way", WAYS)
def test_what_was_erased_can_be_read_nowhere(kept, keyring, way, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    with kept.database.read() as tx:
        wrapped = tx.connection.scalar(sa.text("SELECT wrapped FROM case_keys"))
    WAYS[way](kept)
    of_database = of_sqlite if kept.database.is_sqlite else of_postgresql
    marks = MARKS.values()
    assert found_in(marks, of_database(kept.database)) == set()
    assert found_in(marks, given_out(kept, capsys)) == set()
    assert found_in(marks, [caplog.text.encode()]) == set()
    assert readable(kept, keyring, kept.keys) == set()
    if kept.database.is_sqlite:
        assert not any(bytes(wrapped) in content for content in of_sqlite(kept.database))


def test_with_the_keys_as_they_were_all_of_it_opens(kept, keyring):
    """The attack works, and nothing but the keys is between it and the words."""
    before = shutil.copy(kept.keys, kept.folder / "keys.before")
    by_the_command(kept)
    assert readable(kept, keyring, Path(before)) == set(MARKS.values())


def test_a_key_that_stays_behind_would_be_noticed(kept, keyring, monkeypatch):
    monkeypatch.setattr(case_words, "drop", lambda tx, case: None)
    by_retention(kept)
    telephoned = {MARKS[field] for field in FIELDS}
    assert readable(kept, keyring, kept.keys) == set(MARKS.values()) - telephoned
