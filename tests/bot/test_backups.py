import errno
import os

import pytest

from bot import progress, settings
from bot.__main__ import main
from bot.serving import open_database
from store import residents
from store.keyring import random_key_text
from tests.conftest import NOON
from tests.line import HANAKO


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A database with one resident, and how to go to another."""

    def go(name: str, **more: str):
        url = f"sqlite:///{tmp_path}/{name}/helpdesk.db"
        environment = {"DATABASE_URL": url, **more}
        for key in ("FIELD_KEYS", "KEYS_BACKUP"):
            monkeypatch.delenv(key, raising=False)
        for key, value in environment.items():
            monkeypatch.setenv(key, value)
        return open_database(settings.read(environment))

    database = go("var", FIELD_KEYS=(keys := random_key_text()))
    assert main(["migrate"]) == 0
    with database.write() as tx:
        residents.meet(tx, HANAKO, NOON)
    database.close()
    go.keys = keys
    return go


def address_in(database):
    with database.read() as tx:
        found = residents.lookup(tx, HANAKO)
        address = None if found is None else residents.address(tx, found)
    database.close()
    return address


def test_there_and_back(here, tmp_path, capsys):
    file, copy = str(tmp_path / "b.db"), str(tmp_path / "keys")
    here("var", FIELD_KEYS=here.keys, KEYS_BACKUP=copy).close()
    assert main(["backup", file]) == 0
    printed = capsys.readouterr().out
    assert "rows, without the keys" in printed
    assert f"{copy}: 7 keys" in printed
    other = here("new", FIELD_KEYS=here.keys, KEYS_BACKUP=copy)
    assert main(["restore", file]) == 0
    assert "rows are back" in capsys.readouterr().out
    assert address_in(other) == HANAKO
    assert main(["restore", file]) == 1
    told = capsys.readouterr().err
    assert "is not empty" in told
    assert "move the file away" in told


def test_a_sandbox_in_which_nobody_may_stand_back_keeps_nobody_from_a_backup(here, tmp_path, monkeypatch):
    """systemd's `SystemCallFilter=~@resources` refuses nice(2)."""

    def refused(_: int) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "nice", refused)
    (folder := tmp_path / "backups").mkdir()
    copy = str(tmp_path / "keys")
    here("var", FIELD_KEYS=here.keys, KEYS_BACKUP=copy, BACKUP_DIR=str(folder)).close()
    assert main(["backup"]) == 0
    assert len(list(folder.glob("*.db"))) == 1


def test_what_is_missing_is_said(here, tmp_path, capsys):
    file = str(tmp_path / "b.db")
    assert main(["restore", file]) == 1, "it has something in it"
    here("new", FIELD_KEYS=here.keys).close()
    assert main(["backup", file]) == 1
    assert "migrate" in capsys.readouterr().err
    assert main(["restore", file]) == 1
    assert "b.db" in capsys.readouterr().err
    here("var", FIELD_KEYS=here.keys).close()
    assert main(["backup", str(tmp_path / "nowhere" / "b.db")]) == 1
    assert "nowhere" in capsys.readouterr().err
    assert main(["backup", file]) == 0
    here("new", FIELD_KEYS=here.keys).close()
    assert main(["restore", file]) == 1
    assert "KEYS_BACKUP must name the copy" in capsys.readouterr().err
    here("new", FIELD_KEYS=random_key_text(), KEYS_BACKUP=str(tmp_path / "var" / "keys.backup")).close()
    assert main(["restore", file]) == 2
    assert "FIELD_KEYS does not open" in capsys.readouterr().err
    here("new", FIELD_KEYS=here.keys, KEYS_BACKUP=str(tmp_path / "b.db")).close()
    assert main(["restore", file]) == 1
    assert "no file of keys" in capsys.readouterr().err


def test_a_database_in_memory_has_no_backup(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("DATABASE_URL", "sqlite://")
    assert main(["backup", str(tmp_path / "b.db")]) == 1
    assert main(["restore", str(tmp_path / "b.db")]) == 1
    assert "memory" in capsys.readouterr().err


def test_after_rewrapping_the_old_key_is_not_needed(here, tmp_path, capsys):
    file, new = str(tmp_path / "b.db"), random_key_text()
    assert main(["backup", file]) == 0
    here("var", FIELD_KEYS=f"{new},{here.keys}").close()
    assert main(["rewrap"]) == 0
    assert "7 keys are wrapped anew" in capsys.readouterr().out
    assert address_in(here("var", FIELD_KEYS=new)) == HANAKO
    copy = str(tmp_path / "var" / "keys.backup")
    other = here("new", FIELD_KEYS=new, KEYS_BACKUP=copy)
    assert main(["restore", file]) == 0, "the copy of the keys is wrapped anew too"
    assert address_in(other) == HANAKO


def test_progress_is_told_now_and_then(here, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(progress, "SECONDS", 0)
    assert main(["backup", str(tmp_path / "b.db")]) == 0
    assert " of " in capsys.readouterr().err
