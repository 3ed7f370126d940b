"""The rounds of backups: begun when they are due by one process of all, given up at the end, told where they fail."""

import logging
import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.backup_rounds import AGAIN, CHORE, EVERY, Rounds
from store import backup, backup_folder, backups_made, chores
from store.backups_made import Made, Missed
from store.db import Database
from tests.backing_up import make
from tests.line import Clock
from tests.service import Setting

Spoil = Callable[[Callable[[Path], None]], None]
ROOM = 10 * 2**30
"""Bytes."""


@dataclass
class Begun:
    """A program in the place of Python's, which notes that it was begun, and ends as it is told to."""

    folder: Path

    def ends(self, how: str) -> None:
        script = self.folder / "python"
        script.write_text(f'#!/bin/sh\necho "$*" >> {self.folder}/begun\n{how}\n')
        script.chmod(0o755)

    @property
    def times(self) -> int:
        noted = self.folder / "begun"
        return len(noted.read_text().splitlines()) if noted.exists() else 0


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Begun:
    made = Begun(tmp_path)
    made.ends("exit 0")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    return made


def rounds(database: Database, clock: Clock) -> Rounds:
    return Rounds(database, clock, threading.Event())


def test_one_is_begun_every_ten_minutes(sqlite: Database, begun: Begun) -> None:
    clock = Clock()
    each = rounds(sqlite, clock)
    for minute in range(31):
        each.step()
        assert begun.times == 1 + minute // 10
        clock.passes(minutes=1)
    assert (begun.folder / "begun").read_text().splitlines()[0] == "-m bot backup"


@pytest.mark.parametrize("how", ["exit 1", "kill -9 $$"])
def test_what_failed_is_tried_again_after_a_minute(
    sqlite: Database, begun: Begun, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Also what was killed, and has noted nothing: else twenty minutes could be lost with the disk."""
    clock = Clock()
    each = rounds(sqlite, clock)
    begun.ends(how)
    with caplog.at_level(logging.ERROR):
        each.step()
    assert "no backup was made" in caplog.text
    begun.ends("exit 0")
    for _ in range(2):
        clock.passes(seconds=AGAIN.total_seconds())
        each.step()
        assert begun.times == 2, "and goes on as before"
    clock.passes(seconds=EVERY.total_seconds())
    each.step()
    assert begun.times == 3


def begun_by_two(database: Database, begun: Begun) -> int:
    """How many were begun by two processes that look at one moment."""
    both, clock = threading.Barrier(2), Clock()

    def step(each: Rounds) -> None:
        both.wait()
        each.step()

    with ThreadPoolExecutor(2) as at_once:
        list(at_once.map(step, [rounds(database, clock), rounds(database, clock)]))
    return begun.times


def test_of_two_processes_one_begins_it(database: Database, begun: Begun) -> None:
    assert begun_by_two(database, begun) == 1


def test_without_the_claim_both_do(database: Database, begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(chores, "is_due", lambda *_: True)
    assert begun_by_two(database, begun) == 1, "the look before it is there to write less"
    monkeypatch.setattr(chores, "claim", lambda *_: True)
    assert begun_by_two(database, begun) == 3


def test_the_end_of_the_service_waits_for_none(
    sqlite: Database, begun: Begun, caplog: pytest.LogCaptureFixture
) -> None:
    begun.ends(f"echo $$ > {begun.folder}/number; exec sleep 600")
    stopping = threading.Event()
    thread = threading.Thread(target=Rounds(sqlite, Clock(), stopping).step)
    thread.start()
    until = time.monotonic() + 60
    while not (number := begun.folder / "number").exists() or not number.read_text():
        assert time.monotonic() < until
        time.sleep(0.01)
    stopping.set()
    thread.join(60)
    assert not thread.is_alive()
    assert not Path(f"/proc/{number.read_text().strip()}").exists()
    assert "no backup was made" not in caplog.text
    with sqlite.read() as tx:
        assert chores.has_failed(tx, CHORE), "it comes soon after the next start"


def test_a_real_one(sqlite: Database, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setting = Setting(sqlite.url.render_as_string(hide_password=False), sqlite.keyring, "http://127.0.0.1:9")
    places = {"BACKUP_DIR": str(folder), "KEYS_BACKUP": str(folder.parent / "keys")}
    for name, value in {**setting.environment, **places}.items():
        monkeypatch.setenv(name, value)
    rounds(sqlite, Clock()).step()
    with sqlite.read() as tx:
        made = backups_made.newest(tx)
        assert not chores.has_failed(tx, CHORE)
    assert made is not None
    assert list(folder.glob("*.db")) == [Path(made.file)]


# What is made ---------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets how many bytes the disk has free."""

    def set_to(left: int) -> None:
        usage = shutil._ntuple_diskusage(ROOM, ROOM - left, left)  # type: ignore[attr-defined]
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    return set_to


def test_the_disk_of_the_database_keeps_half_a_gigabyte(
    sqlite: Database, folder: Path, free: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, reserve = Clock(), 512 * 2**20
    free(reserve - 1)
    missed = make(sqlite, folder, clock)
    assert isinstance(missed, Missed)
    assert "would be full" in missed.problem
    free(reserve)
    first = make(sqlite, folder, clock)
    assert isinstance(first, Made)
    clock.passes(minutes=10)
    free(reserve + first.bytes - 1)
    assert isinstance(make(sqlite, folder, clock), Missed), "the next will be as large as the last"
    assert [file.name for file in folder.glob("*.db")] == [Path(first.file).name], "which stays"
    monkeypatch.setattr(backup_folder, "RESERVE", 0)
    assert isinstance(make(sqlite, folder, clock), Made), "the control"


def test_a_disk_apart_may_fill_up(
    sqlite: Database, folder: Path, free: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_folder, "is_shared", lambda *_: False)
    free(1)
    assert isinstance(make(sqlite, folder, Clock()), Made)


def tear(file: Path) -> None:
    """Half a page of the entries was never written; an index still tells how many there are."""
    with closing(sqlite3.connect(file)) as raw:
        (size,) = raw.execute("PRAGMA page_size").fetchone()
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entries'").fetchone()
    with file.open("r+b") as torn:
        torn.seek((root - 1) * size + size // 2)
        torn.write(bytes(size // 2))


def lose(file: Path) -> None:
    """A row is missing."""
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("DELETE FROM entries WHERE id = (SELECT min(id) FROM entries)")


@pytest.fixture
def spoil(monkeypatch: pytest.MonkeyPatch) -> Spoil:
    """Has something happen to each backup between writing and looking."""
    written = backup._written

    def spoil_by(harm: Callable[[Path], None]) -> None:
        def written_and_spoilt(
            database: Database, file: Path, progress: backup.Progress
        ) -> Mapping[str, int]:
            counts = written(database, file, progress)
            harm(file)
            return counts

        monkeypatch.setattr(backup, "_written", written_and_spoilt)

    return spoil_by


@pytest.mark.parametrize("harm", [tear, lose])
def test_what_is_not_what_was_read_is_not_shown(
    sqlite: Database, folder: Path, spoil: Spoil, harm: Callable[[Path], None]
) -> None:
    clock = Clock()
    first = make(sqlite, folder, clock)
    clock.passes(minutes=10)
    spoil(harm)
    missed = make(sqlite, folder, clock)
    assert isinstance(missed, Missed)
    assert "does not hold what was read" in missed.problem
    assert [str(file) for file in folder.glob("*.db")] == [first.file]


def test_who_counts_rows_alone_shows_half_a_page(
    sqlite: Database, folder: Path, spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the look at every page."""

    def count(file: Path, counts: Mapping[str, int]) -> None:
        with closing(sqlite3.connect(file)) as raw:
            assert {name: backup._count(raw, name) for name in counts} == counts

    spoil(tear)
    monkeypatch.setattr(backup, "_look_at", count)
    assert isinstance(make(sqlite, folder, Clock()), Made)
