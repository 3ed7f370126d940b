"""A disk of a few megabytes that can be filled: a file system of its own, or where none may be mounted, limits."""

import contextlib
import errno
import os
import resource
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

MEGABYTES = 160
_PIECE = 1 << 16
_NOWHERE = 1
"""Bytes that any file may have under a limit: none can be written to at its end."""


@dataclass
class Disk:
    """A folder whose disk fills up when it is told to."""

    folder: Path
    mounted: bool
    programs: Callable[[], Iterable[int]]
    """Those that write there, by process id: for limits."""

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
        for program in self.programs():
            hard = resource.prlimit(program, resource.RLIMIT_FSIZE)[1]
            resource.prlimit(program, resource.RLIMIT_FSIZE, (size, hard))


@contextlib.contextmanager
def small_disk(folder: Path, programs: Callable[[], Iterable[int]] = lambda: [os.getpid()]) -> Iterator[Disk]:
    """An empty disk at this folder."""
    folder.mkdir()
    mounted = _mount("-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder))
    disk = Disk(folder, mounted, programs)
    try:
        yield disk
    finally:
        disk.free()
        if mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)


def read_only(disk: Disk) -> None:
    """Nothing can be changed there any more; for who is not the machine's administrator the folder is shut."""
    if disk.mounted:
        assert _mount("-o", "remount,ro", str(disk.folder))
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
