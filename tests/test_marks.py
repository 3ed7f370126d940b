"""Marks in every field that is about a person are found nowhere in plain; after `erase` nothing opens them."""

import json
import logging
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from bot import audit_file, erasing, files
from bot.arguments import KINDS
from store import backup, keys_file
from store.case_words import ENTRY, SUBJECT
from store.collaboration_words import NAMES, STEP
from store.db import Database
from store.keyring import Key, Keyring, WrongKey
from store.particulars import Field
from store.wrapped import KEY_TABLES
from tests.conftest import DATA, NOON
from tests.line import HANAKO, running, text_event
from tests.planted import plant
from tests.site import site_of
from tests.store.town import japan
from tests.web.conftest import Service as Pages
from tests.web.town import LEGAL, Town


def spellings(mark: str) -> tuple[bytes, ...]:
    """How a text can stand in a file."""
    return mark.encode(), mark.encode("utf-16-le"), json.dumps(mark)[1:-1].encode()


def found_in(marks: Iterable[str], contents: Iterable[bytes]) -> set[str]:
    blobs = list(contents)
    return {mark for mark in marks if any(form in blob for form in spellings(mark) for blob in blobs)}


def of_sqlite(database: Database) -> Iterator[bytes]:
    assert database.file is not None
    for file in database.file.parent.glob(f"{database.file.name}*"):
        yield file.read_bytes()


def of_postgresql(database: Database) -> Iterator[bytes]:
    """Every file of the server: tables, indexes, its log of writes, its log."""
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("CHECKPOINT")
    (folder,) = parse_qs(urlsplit(database.url.render_as_string()).query)["host"]
    for file in Path(folder).rglob("*"):
        if file.is_file() and not file.name.startswith("pgsql_tmp"):
            yield file.read_bytes()


def of_folder(folder: Path) -> Iterator[bytes]:
    """Every file, those in workbooks as well."""
    for file in folder.iterdir():
        yield file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as book:
                yield from (book.read(name) for name in book.namelist())


def export_everything(database: Database, folder: Path) -> None:
    for kind in KINDS:
        ending = "xlsx" if kind == "faq" else "csv"
        assert files.give_out(database, kind, folder / f"{kind}.{ending}") == 0
    assert files.give_out(database, "snapshot", folder / "snapshot.db") == 0
    assert files.give_out(database, "faqpage", folder / "faqpage.json") == 0
    assert audit_file.give_out(database, DATA, folder / "audit.csv", NOON) == 0
    backup.back_up(database, folder / "backup.db", lambda *_: None)
    keys_file.write(database, folder / "keys.backup")


def test_marks_stand_nowhere_in_plain(database, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    marks = plant(database, NOON)
    assert len(set(marks)) >= 40
    of_database = of_sqlite if database.is_sqlite else of_postgresql
    assert found_in(marks, of_database(database)) == set()
    folder = tmp_path / "given-out"
    folder.mkdir()
    export_everything(database, folder)
    assert found_in(marks, of_folder(folder)) == set()
    assert found_in(marks, [caplog.text.encode()]) == set()


def test_the_search_would_find_them(database):
    """What is kept in plain by mistake is found in the files of both databases."""
    marks = plant(database, NOON)
    with database.write() as tx:
        tx.connection.execute(sa.text("UPDATE entries SET answer = :mark"), {"mark": marks[5]})
    of_database = of_sqlite if database.is_sqlite else of_postgresql
    assert found_in(marks, of_database(database)) == {marks[5]}


ASKED = "印一の捨て方"
TYPED = {
    "name": "印二花子",
    "kana": "しるしにはなこ",
    "telephone": "090-8172-6354",
    "birth_date": "昭和6年7月23日",
    "subject": "印三の相続",
    "opposing_party": "印四太郎",
}
IN_THE_FORM = (*TYPED.values(), "08172-6354", "09081726354", "1931-07-23", "印五")


def test_a_whole_run_leaves_no_marks(sqlite_template, keyring, city, tmp_path, caplog):
    """Words in LINE, and a form behind its link, with errors on the way; the log is at its fullest."""
    caplog.set_level(logging.DEBUG)
    file = tmp_path / "helpdesk.db"
    file.write_bytes(Path(sqlite_template.url.removeprefix("sqlite:///")).read_bytes())
    with closing(Database(f"sqlite:///{file}", keyring)) as database, running(database, city) as service:
        service.hears(text_event(ASKED), text_event("電話は090-8172-6354です"))
        service.clock.passes(seconds=5)
        service.works()
        assert service.said()
        assert service.post(b'{"events": [' + ASKED.encode()).status_code == 400
        pages = Pages(site_of(database, city, service.clock), service.app, service.clock)
        town = Town(pages, LEGAL).offer(replace(LEGAL, asks_opposing_party=True))
        held = town.hold(town.slot(13))
        link = town.link(held)
        assert pages.visitor().send(link, **(TYPED | {"telephone": "印五"})).status_code == 422
        assert pages.visitor().send(link, **TYPED).status_code == 303
        assert town.now(held).particulars
        folder = tmp_path / "given-out"
        folder.mkdir()
        export_everything(database, folder)
        marks = (HANAKO, ASKED, *IN_THE_FORM)
        assert found_in(marks, of_sqlite(database)) == set()
        assert found_in(marks, of_folder(folder)) == set()
        assert found_in(marks, [caplog.text.encode()]) == set()
    assert "webhook refused" in caplog.text


# What can be opened -----------------------------------------------------------------------------------

PURPOSES = (
    *("address", "query", "slots", "inbox", "outbox", "token", "relay", "button"),
    "collaboration draft",
)


def keys_of(keyring: Keyring, *copies: Path) -> set[Key]:
    """All keys that somebody has who has FIELD_KEYS and these databases and copies of the keys."""
    purposes = {keys.table.name: keys for keys in KEY_TABLES}
    keys = set(keyring.keys)
    for copy in copies:
        if copy.suffix == ".db":
            with closing(sqlite3.connect(copy)) as raw:
                for name, table in purposes.items():
                    for owner, wrapped in raw.execute(f"SELECT {table.owner.name}, wrapped FROM {name}"):
                        keys.add(keyring.unwrap(wrapped, table.purpose(owner)))
        else:
            kinds = {table.kind: table for table in KEY_TABLES}
            for key in keys_file.read(copy):
                keys.add(keyring.unwrap(key.wrapped, kinds[key.kind].purpose(key.owner)))
    return keys


def opened(keys: set[Key], *databases: Path) -> bytes:
    """Whatever any of the keys opens, of any cell, for whatever purpose."""
    plain = []
    for database in databases:
        with closing(sqlite3.connect(database)) as raw:
            tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in tables:
                for row in raw.execute(f"SELECT * FROM {table}"):
                    purposes = (
                        *PURPOSES,
                        *(f"particulars:{row[0]}:{field.value}" for field in Field),
                        *(f"case:{case}:{what}" for case in row[:2] for what in (SUBJECT, ENTRY)),
                        *(f"collaboration:{each}:{what}" for each in row[:2] for what in (*NAMES, STEP)),
                        *(f"photograph:{row[0]}", f"opinion:{row[0]}:words"),
                    )
                    blobs = [cell for cell in row if isinstance(cell, bytes) and len(cell) > 28]
                    plain += [
                        _open(key, blob, purpose) for key in keys for blob in blobs for purpose in purposes
                    ]
    return b"\n".join(plain)


def _open(key: Key, blob: bytes, purpose: str) -> bytes:
    try:
        return key.open(blob, purpose)
    except WrongKey:
        return b""


@pytest.fixture
def taken(sqlite, tmp_path):
    """A database with marks, without the other knowledge; its old backup and the copy of the keys."""
    with sqlite.write() as tx:
        for table in ("entry_vectors", "entries"):
            tx.connection.execute(sa.text(f"DELETE FROM {table}"))
    marks = plant(sqlite, NOON)
    with sqlite.write() as tx:
        tx.connection.execute(sa.text("UPDATE relay SET body = NULL, state = 'sent'"))
    old, keys = tmp_path / "old.db", tmp_path / "keys.backup"
    backup.back_up(sqlite, old, lambda *_: None)
    keys_file.write(sqlite, keys)
    relayed = {marks[-1]}
    return sqlite, old, keys, set(marks) - relayed


def test_after_erase_nothing_opens_them_even_with_field_keys(taken, keyring):
    database, old, keys, marks = taken
    places = (database.file, old)
    everything = keys_of(keyring, database.file, keys)
    assert found_in(marks, [opened(everything, *places)]) == marks, (
        "with all keys they open: the attack works"
    )
    assert erasing.erase(database, keys, HANAKO, japan(12), lambda: True) == 0
    with database.read() as tx:
        assert tx.connection.scalar(sa.text("SELECT count(*) FROM residents")) == 1
    left = keys_of(keyring, database.file, keys)
    assert found_in(marks, [opened(left, *places)]) == set()
    assert b"taro-01" in opened(left, *places), "others are as before"
    wrapped_before = {each for each in everything if each not in left}
    raw = b"".join(of_sqlite(database))
    assert not any(key.secret in raw for key in wrapped_before)


def test_without_the_copy_of_the_keys_a_backup_is_closed(taken, keyring):
    _, old, _, marks = taken
    assert found_in(marks, [opened(keys_of(keyring, old), old)]) == set()
