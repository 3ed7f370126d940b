"""A disk of a few megabytes that can be filled: a file system of its own, or where none may be mounted, limits."""

import contextlib
import errno
import os
import resource
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from store.db import Database
from store.tables import metadata

MEGABYTES = 160
_PIECE = 1 << 16
_NOWHERE = 1
"""Bytes that any file may have under a limit: none can be written to at its end."""
_LOOK = (
    "CREATE OR REPLACE FUNCTION look_for_room() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN {} RETURN NULL; END $$"
)


@dataclass
class Disk:
    """A folder whose disk fills up when it is told to."""

    folder: Path
    mounted: bool
    """Where it is not, this process may write into no file while it is full."""

    def fill(self) -> None:
        """Not a byte more can be written from now on."""
        if not self.mounted:
            self._limit(_NOWHERE)
            return
        with (self.folder / "filling").open("wb", buffering=0) as file:
            size = _PIECE
            while size:
                try:
                    file.write(b"\1" * size)
                except OSError as full:
                    if full.errno != errno.ENOSPC:
                        raise
                    size //= 2

    def free(self) -> None:
        if self.mounted:
            (self.folder / "filling").unlink(missing_ok=True)
        else:
            self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))


@dataclass(frozen=True)
class SaysFull:
    """PostgreSQL that says its disk is full, where none can be had: a limit on its files would end it."""

    database: Database

    def __post_init__(self) -> None:
        self.free()
        for table in metadata.sorted_tables:
            told = f"CREATE TRIGGER room BEFORE INSERT OR UPDATE ON {table.name} FOR EACH STATEMENT"
            self._run(f"{told} EXECUTE FUNCTION look_for_room()")

    def fill(self) -> None:
        self._run(_LOOK.format("RAISE 'could not extend file' USING ERRCODE = 'disk_full';"))

    def free(self) -> None:
        self._run(_LOOK.format(""))

    def _run(self, statement: str) -> None:
        with self.database.engine.begin() as connection:
            connection.exec_driver_sql(statement)


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """An empty disk at this folder."""
    folder.mkdir()
    mounted = _mount("-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder))
    disk = Disk(folder, mounted)
    try:
        yield disk
    finally:
        disk.free()
        if mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)


def read_only(disk: Disk) -> None:
    """Nothing can be changed there any more: the folder is shut, or full, since that stops no root."""
    if disk.mounted:
        assert _mount("-o", "remount,ro", str(disk.folder))
    elif os.getuid() == 0:
        disk.fill()
    for path in () if disk.mounted else (*disk.folder.iterdir(), disk.folder):
        path.chmod(path.stat().st_mode & 0o555)


def writable(disk: Disk) -> None:
    """The end of `read_only`."""
    if disk.mounted:
        assert _mount("-o", "remount,rw", str(disk.folder))
    for path in () if disk.mounted else (disk.folder, *disk.folder.iterdir()):
        path.chmod(path.stat().st_mode | 0o200)


def _mount(*arguments: str) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
    return False
