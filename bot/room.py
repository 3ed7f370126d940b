"""Where a process of the service writes on this machine, and how much room there is."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings
from store.db import Database


@dataclass(frozen=True, slots=True)
class Room:
    """How much a disk has, in bytes."""

    folder: Path
    """By which it was found."""
    free: int
    total: int


def places(settings: Settings, database: Database) -> Mapping[str, Path]:
    """What a process writes, by name."""
    found = {
        "database": database.file,
        "index": settings.index_dir,
        "keys": settings.keys_backup,
        "backups": settings.backup_dir,
    }
    return {name: path for name, path in found.items() if path is not None}


def room_for(place: Path) -> Room:
    """On the disk of the place; where it is yet to be made, of the nearest folder above. Raises OSError."""
    there = next(each for each in (place.absolute(), *place.absolute().parents) if each.exists())
    usage = shutil.disk_usage(there)
    return Room(there, usage.free, usage.total)
