import shutil
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from faq.retention import Purpose
from store import (
    audit,
    backup,
    chain,
    erasure,
    keys_file,
    knowledge,
    opinions,
    particulars,
    queries,
    relay,
    residents,
    restoring,
)
from store.audit import COMMAND, SERVICE, ByResident, Kind
from store.chain import Intact
from store.db import Database
from store.keyring import Keyring, WrongKey, random_key_text
from store.keys_file import WrongKeysFile
from store.migrations import HEAD, is_current, is_empty
from store.opinions import OpinionDraft, Way
from store.particulars import Field
from store.queries import Query
from store.restoring import NotABackup, NotEmpty, Restored
from store.tables import metadata
from store.tables import opinions as opinions_table
from store.wrapped import KEY_TABLES, rewrap
from tests.conftest import NOON, _admin
from tests.earlier import take_back_to_the_first
from tests.handlers.opinions_town import CLOSES, PARKS
from tests.line import HANAKO, TARO
from tests.planted import plant_everywhere

BEFORE = CLOSES - timedelta(hours=1)
KEYS = {keys.table.name for keys in KEY_TABLES}
SINCE_THEN = {"audit", "audit_head", "relay"}
"""Bringing back is audited; what waits to be relayed is left out."""


def quiet(done: int, total: int) -> None:
    assert 0 < done <= total


def rows(database, but=frozenset()):
    """All rows of all tables, as Python sees them."""
    with database.read() as tx:
        return {
            name: tx.connection.execute(sa.select(table).order_by(*table.primary_key.columns)).all()
            for name, table in metadata.tables.items()
            if name not in but
        }


@pytest.fixture
def nowhere(tmp_path, keyring):
    """An SQLite database that does not exist yet."""
    database = Database(f"sqlite:///{tmp_path}/new/helpdesk.db", keyring)
    yield database
    database.close()


@pytest.fixture
def empty_postgres(postgresql_server, keyring):
    _admin(postgresql_server, "CREATE DATABASE restored")
    database = Database(postgresql_server.replace("/postgres?", "/restored?"), keyring)
    yield database
    database.close()
    _admin(postgresql_server, "DROP DATABASE restored WITH (FORCE)")


@pytest.fixture
def taken(tmp_path):
    """Takes a backup of a database: its file, and the file of the keys."""

    def take(database, name="backup.db"):
        file, keys = tmp_path / name, tmp_path / "keys.backup"
        backup.back_up(database, file, quiet)
        keys_file.write(database, keys)
        return file, keys

    return take


def restore(database, file, keys):
    return restoring.restore(database, file, keys, NOON, quiet)


def test_from_sqlite_to_postgresql_and_back_nothing_changes(sqlite, empty_postgres, nowhere, taken, tmp_path):
    plant_everywhere(sqlite, NOON)
    file, keys = taken(sqlite)
    told = restore(empty_postgres, file, keys)
    assert told == Restored(sum(len(found) for found in rows(sqlite, KEYS | {"relay"}).values()), 0, 0, 0)
    assert rows(empty_postgres, SINCE_THEN) == rows(sqlite, SINCE_THEN)
    with empty_postgres.write() as tx:
        assert residents.meet(tx, "U" + "9" * 32, NOON).id > 2, "numbers go on where they were"
        tx.connection.rollback()
    restore(nowhere, *taken(empty_postgres, "second.db"))
    assert rows(nowhere, SINCE_THEN) == rows(sqlite, SINCE_THEN)
    for database, later in ((sqlite, 0), (empty_postgres, 1), (nowhere, 2)):
        with database.read() as tx:
            assert chain.verify(tx) == Intact(len(rows(sqlite)["audit"]) + later)
            assert is_current(database)
            assert residents.address(tx, residents.lookup(tx, HANAKO)) == HANAKO
            assert queries.texts_of(tx, residents.lookup(tx, HANAKO))


def test_every_table_has_rows_in_that_test(sqlite):
    """Otherwise it would show nothing of those that have none."""
    plant_everywhere(sqlite, NOON)
    without = {name for name, found in rows(sqlite).items() if not found}
    assert without == set()


def test_a_backup_has_no_keys_and_a_plain_form(sqlite, taken):
    plant_everywhere(sqlite, NOON)
    file, _ = taken(sqlite)
    with sqlite3.connect(file) as raw:
        for name in KEYS:
            assert raw.execute(f"SELECT count(*) FROM {name}").fetchone() == (0,)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
    raw.close()
    assert not [each for each in file.parent.iterdir() if each.name.startswith(f".{file.name}")]


def test_what_waits_to_be_relayed_is_left_out(sqlite, taken):
    """It is sealed under the service's own key, which no erasure takes away."""
    with sqlite.write() as tx:
        for number in range(2):
            relay.keep(tx, b"%d" % number, "signature", NOON)
        relay.taken(tx, relay.claim(tx, "me", NOON), NOON)
    file, _ = taken(sqlite)
    with sqlite3.connect(file) as raw:
        assert raw.execute("SELECT state, body FROM relay").fetchall() == [("sent", None)]
    raw.close()


def test_a_backup_shows_one_moment(database, tmp_path):
    """What is written while it is taken is in none of its tables."""
    with database.write() as tx:
        hanako = residents.meet(tx, HANAKO, NOON).id

    def write_meanwhile(done, total):
        if done == total:
            return
        with database.write() as tx:
            queries.record(tx, hanako, Query("x", "q", "none"), NOON, channel="LINE", message_ids=[])

    backup.back_up(database, tmp_path / "b.db", write_meanwhile)
    with sqlite3.connect(tmp_path / "b.db") as raw:
        assert raw.execute("SELECT count(*) FROM queries").fetchone() == (0,)
    raw.close()


def test_who_was_erased_after_the_backup_does_not_come_back(sqlite, nowhere, taken):
    with sqlite.write() as tx:
        hanako, taro = (residents.meet(tx, who, NOON).id for who in (HANAKO, TARO))
        told = {Field.NAME: "熊本花子"}
        for who in (hanako, taro, None, None):
            particulars.keep(tx, Purpose.EVENT, told, who, date(2027, 1, 1), SERVICE, NOON)
        for who in (hanako, taro):
            queries.record(tx, who, Query("x", "q", "none"), NOON, channel="LINE", message_ids=["1"])
    file, keys = taken(sqlite)
    with sqlite.write() as tx:
        erasure.erase(tx, hanako, COMMAND, NOON)
        particulars.erase(tx, particulars.ParticularsId(4), SERVICE, NOON)
    keys_file.write(sqlite, keys)
    told = restore(nowhere, file, keys)
    assert (told.residents, told.particulars) == (1, 1)
    with nowhere.write() as tx:
        assert residents.lookup(tx, HANAKO) is None
        assert residents.address(tx, residents.lookup(tx, TARO)) == TARO
        assert [
            bool(particulars.read(tx, particulars.ParticularsId(n), SERVICE, NOON)) for n in (1, 2, 3, 4)
        ] == [
            False,
            True,
            True,
            False,
        ]
        texts = tx.connection.execute(
            sa.text("SELECT resident_id, text IS NULL FROM queries ORDER BY id")
        ).all()
        assert [tuple(row) for row in texts] == [(None, True), (taro, False)]
        assert residents.meet(tx, HANAKO, NOON).id > taro


def test_opinions_that_were_erased_after_the_backup_do_not_come_back_and_those_of_who_only_left_do(
    sqlite, nowhere, taken
):
    """Who asked to be erased, who took one back, and who only left: each sent an opinion."""
    with sqlite.write() as tx:
        knowledge.take_in(tx, [PARKS], NOON)
        senders = [residents.meet(tx, f"U{number:032x}", NOON).id for number in range(3)]
        sent = [
            opinions.send(
                tx, OpinionDraft("1", PARKS.id, "ベンチ", Way.LINE), ByResident(who), BEFORE, BEFORE
            )
            for who in senders
        ]
    file, keys = taken(sqlite)
    asked, stays, left = senders
    with sqlite.write() as tx:
        erasure.erase(tx, asked, ByResident(asked), NOON)
        opinions.withdraw(tx, stays, sent[1].id, BEFORE, BEFORE)
        erasure.erase(tx, left, SERVICE, NOON)
    keys_file.write(sqlite, keys)
    restore(nowhere, file, keys)
    with nowhere.read() as tx:
        there = {each.id: (each.words, each.resident) for each in opinions.of_plan(tx, PARKS.id)}
        sealed = tx.connection.scalars(
            sa.select(opinions_table.c.id).where(opinions_table.c.words.is_not(None))
        ).all()
    assert there == {sent[0].id: ("", None), sent[1].id: ("", None), sent[2].id: ("ベンチ", None)}
    assert sealed == [sent[2].id]


def test_keys_of_what_came_after_the_backup_are_left(sqlite, nowhere, taken):
    file, keys = taken(sqlite)
    plant_everywhere(sqlite, NOON)
    keys_file.write(sqlite, keys)
    restore(nowhere, file, keys)
    assert {name for name, found in rows(nowhere).items() if name in KEYS and found} == {"system_keys"}


def test_a_database_that_has_something_is_left_alone(database, sqlite, taken):
    file, keys = taken(sqlite)
    before = rows(database)
    with pytest.raises(NotEmpty):
        restore(database, file, keys)
    assert rows(database) == before


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9000])


def other(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as raw:
        raw.execute("CREATE TABLE t (a)")
    raw.close()


def newer(file: Path) -> None:
    with sqlite3.connect(file) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (cut, "damaged"),
        (other, "no backup of this program"),
        (newer, "later version"),
        (lambda file: file.write_text("id,question\n" * 1000), "no SQLite file"),
        (lambda file: file.write_bytes(b""), "no backup of this program"),
    ],
)
def test_what_is_no_backup_is_refused(sqlite, nowhere, taken, spoil, told):
    file, keys = taken(sqlite)
    spoil(file)
    with pytest.raises(NotABackup, match=told):
        restore(nowhere, file, keys)
    assert is_empty(nowhere)


@pytest.mark.parametrize("missing", [0, 1])
def test_a_file_that_is_missing_is_named(sqlite, nowhere, taken, missing):
    files = taken(sqlite)
    files[missing].unlink()
    with pytest.raises(FileNotFoundError, match=files[missing].name):
        restore(nowhere, *files)
    assert is_empty(nowhere)


@pytest.mark.parametrize("engine", ["nowhere", "empty_postgres"])
def test_all_or_nothing(sqlite, taken, engine, request):
    """The keys are brought last: without them nothing has been written."""
    target = request.getfixturevalue(engine)
    plant_everywhere(sqlite, NOON)
    file, keys = taken(sqlite)
    keys.write_text(keys.read_text().rsplit("\n", 2)[0])
    with pytest.raises(WrongKeysFile, match="not whole"):
        restore(target, file, keys)
    assert is_empty(target)
    keys_file.write(sqlite, keys)
    restore(target, file, keys)
    assert rows(target, SINCE_THEN) == rows(sqlite, SINCE_THEN)


def test_other_field_keys_are_refused(sqlite, taken, tmp_path):
    database = Database(f"sqlite:///{tmp_path}/x.db", Keyring.parse(random_key_text()))
    with pytest.raises(WrongKey):
        restore(database, *taken(sqlite))
    assert is_empty(database)
    database.close()


def test_an_older_backup_is_migrated_in_a_copy(sqlite, nowhere, taken, keyring, tmp_path):
    file, keys = taken(sqlite)
    old = Database(f"sqlite:///{file}", keyring)
    take_back_to_the_first(old)
    old.close()
    before = file.read_bytes()
    restore(nowhere, file, keys)
    assert file.read_bytes() == before
    assert is_current(nowhere)
    with nowhere.read() as tx:
        assert len(knowledge.all_entries(tx)) > 100


def test_postgresql_knows_how_much_it_was_given(sqlite, empty_postgres, taken):
    plant_everywhere(sqlite, NOON)
    restore(empty_postgres, *taken(sqlite))
    with empty_postgres.read() as tx:
        told = "SELECT reltuples FROM pg_class WHERE oid = 'entries'::regclass"
        assert tx.connection.scalar(sa.text(told)) == len(rows(sqlite)["entries"])


def test_a_number_is_never_given_again(sqlite, nowhere, empty_postgres, taken):
    with sqlite.write() as tx:
        residents.meet(tx, HANAKO, NOON)
        last = residents.meet(tx, TARO, NOON).id
        residents.erase(tx, last)
    restore(empty_postgres, *taken(sqlite))
    restore(nowhere, *taken(empty_postgres, "second.db"))
    for database in (empty_postgres, nowhere):
        with database.write() as tx:
            assert residents.meet(tx, TARO, NOON).id == last + 1


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "helpdesk keys 2"}', "\x00"])
def test_what_is_no_file_of_keys(tmp_path, text):
    file = tmp_path / "keys"
    file.write_text(text)
    with pytest.raises(WrongKeysFile):
        list(keys_file.read(file))


def test_a_torn_file_of_keys_is_noticed(sqlite, tmp_path):
    whole, torn = tmp_path / "keys", tmp_path / "torn"
    keys_file.write(sqlite, whole)
    content = whole.read_bytes()
    for at in range(len(content) - 1):
        torn.write_bytes(content[:at])
        with pytest.raises(WrongKeysFile):
            list(keys_file.read(torn))


def test_the_file_of_keys_is_its_owners_alone_and_has_no_key_in_plain(database, tmp_path):
    with database.write() as tx:
        secret = residents.key_of(tx, residents.meet(tx, HANAKO, NOON).id).secret
    file = tmp_path / "there" / "keys"
    assert not keys_file.renew(database, file)
    assert not keys_file.renew(database, None)
    keys_file.write(database, file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert secret not in file.read_bytes()
    assert {key.kind for key in keys_file.read(file)} == {"system", "resident"}
    with database.write() as tx:
        erasure.erase(tx, residents.lookup(tx, HANAKO), COMMAND, NOON)
    assert keys_file.renew(database, file)
    assert {key.kind for key in keys_file.read(file)} == {"system"}


def test_keys_are_wrapped_anew_by_the_first(database, keyring, monkeypatch):
    plant_everywhere(database, NOON)
    monkeypatch.setattr("store.wrapped._AT_ONCE", 2)
    new = Keyring.parse(random_key_text())
    changed = Database(database.url.render_as_string(hide_password=False), Keyring(new.keys + keyring.keys))
    assert rewrap(changed) == sum(len(rows(database)[name]) for name in KEYS)
    assert rewrap(changed) == 0
    changed.close()
    alone = Database(database.url.render_as_string(hide_password=False), new)
    with alone.write() as tx:
        hanako = residents.lookup(tx, HANAKO)
        assert residents.address(tx, hanako) == HANAKO
        for each in particulars.of_resident(tx, hanako):
            assert particulars.read(tx, each, SERVICE, NOON)
    with alone.read() as tx:
        assert isinstance(chain.verify(tx), Intact)
    with pytest.raises(WrongKey):
        rewrap(database)
    alone.close()


def test_a_large_backup_takes_little_memory(sqlite, nowhere, taken):
    """Rows come and go in portions."""
    import tracemalloc

    with sqlite.write() as tx:
        for _ in range(10):
            tx.connection.execute(
                metadata.tables["tries"].insert(), [{"of": bytes(32), "tried_at": NOON}] * 1000
            )
        audit.record(tx, SERVICE, "x", Kind.BOOKING, "1", NOON + timedelta(days=1))
    tracemalloc.start()
    file, keys = taken(sqlite)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000
    shutil.copy(file, file.with_name("again"))
    assert restore(nowhere, file, keys).rows > 10_000
