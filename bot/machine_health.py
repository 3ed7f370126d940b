"""What `doctor` says of the machine: room on its disks, who may read the keys, its clock, and who watches."""

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.findings import Finding
from bot.metrics_door import MetricsDoor
from store.alone import is_served

LEAST_FREE: Final = 0.1
"""Of a disk; with less, somebody has a day or two to make room."""
ENOUGH: Final = 20 * 1024**3
"""Bytes that are enough, however large the disk is."""
SKEW: Final = timedelta(seconds=5)
"""By which clocks may differ: reply tokens live for a minute, sessions and promises are counted in seconds."""
_GIB: Final = 1024**3


def disks(places: Mapping[str, Path]) -> Iterator[Finding]:
    """Room where this machine writes. A place that is yet to be made is on the disk of the folder above."""
    for name, place in places.items():
        there = next(each for each in (place.absolute(), *place.absolute().parents) if each.exists())
        usage = shutil.disk_usage(there)
        told = (
            f"disk: {usage.free / _GIB:.1f} of {usage.total / _GIB:.1f} GiB are free for the {name} ({there})"
        )
        if usage.free >= min(ENOUGH, usage.total * LEAST_FREE):
            yield Finding(True, told)
        else:
            yield Finding(False, f"{told}; make room, or nothing can be kept soon")


def keys(files: Mapping[str, Path]) -> Iterator[Finding]:
    """Whether others on this machine could read the keys."""
    for name, file in files.items():
        if not file.exists():
            continue
        if not os.access(file, os.R_OK):
            yield Finding(
                False, f"keys: {file} ({name}) cannot be read by who runs this; see its owner and mode"
            )
        elif file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding(False, f"keys: others can read {file} ({name}): chmod 600 {file}")
        else:
            yield Finding(True, f"keys: {file} ({name}) is its owner's alone")


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
    ways = [f"at {door.host}:{door.port}"] if door.port else []
    ways += ["at /metrics with METRICS_TOKEN"] if door.token else []
    return Finding(True, f"metrics: {' and '.join(ways) or 'shown to nobody (METRICS_PORT, METRICS_TOKEN)'}")


def service(database: Path | None) -> Iterator[Finding]:
    """Whether the one process that may serve a file of SQLite does; nothing for PostgreSQL."""
    if database is not None:
        yield Finding(
            True, f"service: {'one `run` serves' if is_served(database) else 'nobody serves'} {database}"
        )
