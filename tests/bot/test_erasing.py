import io
from datetime import date

import pytest
import sqlalchemy as sa

from bot import erasing, settings
from bot.__main__ import main
from bot.serving import open_database
from store import keys_file, particulars, queries, residents
from store.audit import SERVICE
from store.particulars import Field, Purpose
from store.queries import Query
from tests.conftest import NOON
from tests.line import HANAKO, TARO


@pytest.fixture
def told(tmp_path, monkeypatch, migrate_into):
    """The configured database, with something of Hanako's and Taro's."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/var/helpdesk.db")
    migrate_into(tmp_path / "var")
    database = open_database(settings.read({"DATABASE_URL": f"sqlite:///{tmp_path}/var/helpdesk.db"}))
    with database.write() as tx:
        for who in (HANAKO, TARO):
            resident = residents.meet(tx, who, NOON).id
            told = {Field.NAME: "花"}
            particulars.keep(tx, Purpose.EVENT, told, resident, date(2027, 1, 1), SERVICE, NOON)
            asked = Query("x", "q", "none")
            queries.record(tx, resident, asked, NOON, channel="LINE", message_ids=[])
    yield database
    database.close()


def known(database, address=HANAKO):
    with database.read() as tx:
        return residents.lookup(tx, address)


def test_it_says_what_goes_and_what_stays_and_asks(told, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))
    assert main(["erase", HANAKO]) == 1
    printed = capsys.readouterr().out
    assert "1 sets of personal data" in printed
    assert "1 questions as numbers" in printed
    assert "Nothing was erased" in printed
    assert known(told)
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    assert main(["erase", HANAKO]) == 0
    assert known(told) is None
    assert known(told, TARO)


def test_erasing_again_changes_nothing_and_is_well(told, capsys):
    for _ in range(2):
        assert main(["erase", HANAKO, "--yes"]) == 0
    assert "There is no such resident" in capsys.readouterr().err
    with told.read() as tx:
        erased = sa.text("SELECT actor, kind FROM audit WHERE act = 'resident.erased'")
        assert [tuple(row) for row in tx.connection.execute(erased)] == [("command", "resident")]


def test_a_resident_may_be_named_by_number(told):
    assert main(["erase", str(known(told)), "--yes"]) == 0
    assert known(told) is None
    assert known(told, TARO)
    assert main(["erase", "99999999999999", "--yes"]) == 0


def test_the_copy_of_the_keys_loses_the_key_also_after_an_interruption(told, tmp_path):
    keys = tmp_path / "var" / "keys.backup"
    assert main(["backup", str(tmp_path / "b.db")]) == 0
    hanako = known(told)
    with told.write() as tx:  # the command is killed after its transaction
        residents.erase(tx, hanako)
    assert ("resident", hanako) in {(key.kind, key.owner) for key in keys_file.read(keys)}
    assert main(["erase", HANAKO, "--yes"]) == 0
    assert ("resident", hanako) not in {(key.kind, key.owner) for key in keys_file.read(keys)}


def test_without_a_copy_of_the_keys_none_is_made(told, tmp_path, capsys):
    assert main(["erase", HANAKO, "--yes"]) == 0
    assert not (tmp_path / "var" / "keys.backup").exists()
    assert "no copy of the keys" in capsys.readouterr().out


def test_a_reader_who_holds_the_log_is_told_of(told, monkeypatch, capsys):
    monkeypatch.setattr(erasing, "_PAUSE", 0)
    with told.read() as tx:
        tx.connection.scalar(sa.text("SELECT count(*) FROM residents"))
        assert main(["erase", HANAKO, "--yes"]) == 1
    assert "run erase again" in capsys.readouterr().err
    assert main(["erase", HANAKO, "--yes"]) == 0
