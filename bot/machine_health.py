"""What `doctor` says of the machine: room on its disks, who may read the keys, its clock, and who watches."""

import os
import stat
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.findings import Finding
from bot.metrics_door import MetricsDoor
from bot.room import Room, room_for
from store.alone import is_served
from store.set_back import SKEW

LEAST_FREE: Final = 0.1
"""Of a disk; with less, somebody has a day or two to make room."""
ENOUGH: Final = 20 * 1024**3
"""Bytes that are enough, however large the disk is."""


def disks(places: Mapping[str, Path]) -> Iterator[Finding]:
    """Room where this machine writes."""
    for name, place in places.items():
        try:
            yield _room(name, room_for(place))
        except OSError as error:
            yield Finding(False, f"disk: {place}, for the {name}, cannot be looked at: {error.strerror}")


def _room(name: str, room: Room) -> Finding:
    free, total = (f"{size / 1024**3:.1f}" for size in (room.free, room.total))
    told = f"disk: {free} of {total} GiB are free for the {name} ({room.folder})"
    well = room.free >= min(ENOUGH, room.total * LEAST_FREE)
    return Finding(well, told if well else f"{told}; make room, or nothing can be kept soon")


def keys(files: Mapping[str, Path]) -> Iterator[Finding]:
    """Whether others on this machine could read the keys."""
    for name, file in files.items():
        try:
            yield _key(name, file)
        except FileNotFoundError:
            continue
        except OSError as error:
            told = f"keys: {file} ({name}) cannot be read by who runs this: {error.strerror}"
            yield Finding(False, f"{told}; see its owner and mode")


def _key(name: str, file: Path) -> Finding:
    with file.open("rb") as opened:
        mode = os.fstat(opened.fileno()).st_mode
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding(False, f"keys: others can read {file} ({name}): chmod 600 {file}")
    return Finding(True, f"keys: {file} ({name}) is its owner's alone")


def clocks(theirs: str, told: datetime | None, now: datetime) -> Iterator[Finding]:
    """This machine's clock against another's; nothing where the other did not tell."""
    if told is None:
        return
    apart = abs(now - told)
    said = f"time: this machine and {theirs} are {apart.total_seconds():.0f} s apart"
    mend = "let one source (NTP, chrony) set both"
    yield Finding(apart <= SKEW, said if apart <= SKEW else f"{said}; {mend}")


def watched(door: MetricsDoor) -> Finding:
    """Who can read the metrics."""
    ways = [f"at {door.where}"] if door.port else []
    ways += ["at /metrics with METRICS_TOKEN"] if door.token else []
    return Finding(True, f"metrics: {' and '.join(ways) or 'shown to nobody (METRICS_PORT, METRICS_TOKEN)'}")


def service(database: Path | None) -> Iterator[Finding]:
    """Whether the one process that may serve a file of SQLite does; nothing for PostgreSQL."""
    if database is not None:
        yield Finding(
            True, f"service: {'one `run` serves' if is_served(database) else 'nobody serves'} {database}"
        )
