"""With a disk at most a quarter of an hour is lost: backups are whole or not there, a restore can be repeated."""

import base64
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import backup_health
from store import backup, backup_folder, backups_made, erasure, keys_file, residents, restoring
from store.audit import COMMAND
from store.backups_made import Made, Missed
from store.db import Database
from store.migrations import is_empty
from store.tables import metadata
from store.tables import residents as residents_table
from tests.backing_up import make
from tests.conftest import NOON, _admin
from tests.dying import Mortals
from tests.line import HANAKO, TARO, Clock
from tests.planted import plant_everywhere
from tests.promises.length import FULL
from tests.service import ROOT
from tests.versions import Contents, contents

HOW_OFTEN = 4
"""Kills in the short form."""
NOT_AS_IT_WAS = {"audit", "audit_head", "relay"}
"""Bringing back is audited; what waits to be relayed is left out."""


@pytest.fixture
def mortals(tmp_path: Path, keyring) -> Iterator[Mortals]:
    made = Mortals(tmp_path, ",".join(base64.b64encode(key.secret).decode() for key in keyring.keys))
    yield made
    made.end()


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request, tmp_path, keyring) -> Iterator[Database]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        with closing(Database(f"sqlite:///{tmp_path}/new/helpdesk.db", keyring)) as database:
            yield database
        return
    server = request.getfixturevalue("postgresql_server")
    _admin(server, "CREATE DATABASE brought_back")
    with closing(Database(server.replace("/postgres?", "/brought_back?"), keyring)) as database:
        yield database
    _admin(server, "DROP DATABASE brought_back WITH (FORCE)")


def url(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def moments(
    mortals: Mortals, job: str, database: Database, file: Path, keys: Path, most: int
) -> Iterator[int]:
    """Each moment until the job comes to its end; in the short form some of the first `most`."""
    chosen = range(1, 10**6) if FULL else sorted(random.Random(36).sample(range(1, most), HOW_OFTEN))
    for at in chosen:
        if mortals.run(job, url(database), dies_at=at, file=file, keys=keys):
            return
        yield at
    assert mortals.run(job, url(database), file=file, keys=keys)


def is_whole(file: Path, keys: Path, database: Database) -> bool:
    """Whether a backup has each row of the database, and the copy of the keys each resident's."""
    with closing(sqlite3.connect(file)) as raw:
        there = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
        for table in backup.tables():
            if table.name not in there:
                return False
            with database.read() as tx:
                count = tx.connection.scalar(sa.select(sa.func.count()).select_from(table))
            found = raw.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]
            if found != count and table.name != "relay":
                return False
        people = {owner for (owner,) in raw.execute("SELECT id FROM residents")}
    return people <= {key.owner for key in keys_file.read(keys) if key.kind == "resident"}


def shown_half(mortals: Mortals, job: str, database: Database, folder: Path, most: int) -> int:
    """How often a kill left a file that is no backup, or one whose keys are of before."""
    file, keys, half = folder / "b.db", folder / "keys", 0
    keys_file.write(database, keys)
    with database.write() as tx:
        residents.meet(tx, "U" + "7" * 32, NOON)
    for _ in moments(mortals, job, database, file, keys, most):
        half += file.exists() and not is_whole(file, keys, database)
        file.unlink(missing_ok=True)
    assert is_whole(file, keys, database)
    return half


@pytest.mark.parametrize("database", ["sqlite", "postgres"] if FULL else ["sqlite"], indirect=True)
def test_a_kill_at_any_moment_leaves_no_file_that_is_half_a_backup(database, mortals, tmp_path):
    plant_everywhere(database, NOON)
    assert shown_half(mortals, "back_up", database, tmp_path, 400) == 0
    assert [path.name for path in tmp_path.glob(".keys.*/*")] == [], "no keys of before are left lying"


def test_without_the_replacing_half_a_backup_is_noticed(sqlite, mortals, tmp_path):
    assert (
        mortals.run("back_up_in_place", url(sqlite), dies_at=150, file=tmp_path / "b.db", keys=tmp_path / "k")
        == 0
    )
    assert (tmp_path / "b.db").exists()
    assert not is_whole(tmp_path / "b.db", tmp_path / "k", sqlite)


def test_keys_that_are_written_after_the_backup_are_noticed(sqlite, mortals, tmp_path):
    file, keys = tmp_path / "b.db", tmp_path / "keys"
    keys_file.write(sqlite, keys)
    with sqlite.write() as tx:
        residents.meet(tx, HANAKO, NOON)
    last = mortals.run(
        "back_up_before_the_keys", url(sqlite), file=tmp_path / "first.db", keys=tmp_path / "k"
    )
    assert mortals.run("back_up_before_the_keys", url(sqlite), dies_at=last - 5, file=file, keys=keys) == 0
    assert file.exists()
    assert not is_whole(file, keys, sqlite)


def test_a_restore_that_is_killed_leaves_the_target_empty_and_can_be_repeated(
    sqlite, target, mortals, tmp_path
):
    plant_everywhere(sqlite, NOON)
    file, keys = tmp_path / "b.db", tmp_path / "keys"
    backup.back_up(sqlite, file, lambda *_: None, keys)
    kills = 0
    for _ in moments(mortals, "restore", target, file, keys, 600):
        kills += 1
        if not is_empty(target):  # after the commit there is nothing left to lose
            break
    assert kills >= HOW_OFTEN
    assert brought_back(sqlite) == brought_back(target)


def brought_back(database: Database) -> Contents:
    found = contents(database, metadata)
    return {name: rows for name, rows in found.items() if name not in NOT_AS_IT_WAS}


def test_a_restore_without_its_transaction_is_noticed(sqlite, keyring, mortals, tmp_path):
    file, keys = tmp_path / "b.db", tmp_path / "keys"
    backup.back_up(sqlite, file, lambda *_: None, keys)
    with closing(Database(f"sqlite:///{tmp_path}/new/helpdesk.db", keyring)) as target:
        job = "restore_without_a_transaction"
        assert mortals.run(job, url(target), dies_at=300, file=file, keys=keys) == 0
        assert not is_empty(target)


# The rounds -----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


def wrong(database: Database, folder: Path, clock: Clock) -> list[str]:
    """What doctor finds wrong of the backups' age and of the last try."""
    with database.read() as tx:
        found = list(backup_health.look(tx, folder, clock(), served=True))
    return [each.text for each in found if not each.well]


def test_a_round_is_noted_and_what_a_killed_one_left_goes(sqlite, folder):
    clock = Clock()
    (folder / ".helpdesk-20261124T000000Z.db.x").mkdir()
    assert len(wrong(sqlite, folder, clock)) == 1, "there is none yet"
    made = make(sqlite, folder, clock)
    assert isinstance(made, Made)
    assert {path.name for path in folder.iterdir()} == {".lock", Path(made.file).name}
    with sqlite.read() as tx:
        assert backups_made.newest(tx) == made
        assert backups_made.trouble(tx) is None
    assert wrong(sqlite, folder, clock) == []
    clock.passes(minutes=31)
    assert "31 minutes old" in wrong(sqlite, folder, clock)[0]


def test_without_the_folder_the_service_goes_on_and_says_so(sqlite, folder):
    clock = Clock()
    first = make(sqlite, folder, clock)
    Path(folder / ".lock").unlink()
    Path(first.file).unlink()
    folder.rmdir()
    clock.passes(minutes=10)
    assert isinstance(make(sqlite, folder, clock), Missed)
    assert "No such file" in wrong(sqlite, folder, clock)[0]
    with sqlite.write() as tx:
        assert backups_made.newest(tx) == first
        assert residents.meet(tx, HANAKO, NOON)


def test_a_full_disk_leaves_the_earlier_backups_and_no_half_one(sqlite, folder, keyring):
    clock = Clock()
    first = make(sqlite, folder, clock)
    code = (
        "import resource, sys; from pathlib import Path; from tests import dying;"
        "from store.db import Database; from store.keyring import Keyring;"
        "database = Database(sys.argv[1], Keyring.parse(sys.argv[2]));"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000));"
        "dying.back_up(database, Path(sys.argv[3]), Path(sys.argv[4]))"
    )
    keys = ",".join(base64.b64encode(key.secret).decode() for key in keyring.keys)
    given = [url(sqlite), keys, str(folder / "second.db"), str(folder.parent / "keys")]
    ended = subprocess.run(
        [sys.executable, "-c", code, *given], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "NotWritten" in ended.stderr
    assert [path.name for path in folder.glob("*.db")] == [Path(first.file).name]


def test_what_stays_is_all_of_four_hours_and_one_a_day():
    every = {NOON - timedelta(minutes=10 * number) for number in range(6 * 24 * 30)}
    kept = backup_folder.kept(frozenset(every), 14)
    assert len([each for each in kept if NOON - each <= timedelta(hours=4)]) == 25
    assert len(kept) == 25 + 14
    assert min(kept) < NOON - timedelta(days=13)
    assert backup_folder.kept(frozenset({NOON - timedelta(days=400)}), 14), "the newest stays, however old"


def test_who_was_erased_comes_back_from_no_round(sqlite, folder, target):
    clock = Clock()
    with sqlite.write() as tx:
        hanako, taro = (residents.meet(tx, who, NOON).id for who in (HANAKO, TARO))
    before = make(sqlite, folder, clock)
    with sqlite.write() as tx:
        erasure.erase(tx, hanako, COMMAND, NOON)
    clock.passes(minutes=10)
    make(sqlite, folder, clock)
    told = restoring.restore(target, Path(before.file), folder.parent / "keys", NOON, lambda *_: None)
    assert told.residents == 1
    with target.read() as tx:
        assert list(tx.connection.scalars(sa.select(residents_table.c.id))) == [taro]
