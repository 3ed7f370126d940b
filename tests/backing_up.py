"""A backup as the rounds make it."""

from pathlib import Path

from bot import backup_rounds
from store.backups_made import Made, Missed
from store.db import Database
from tests.line import Clock


def make(database: Database, folder: Path, clock: Clock) -> Made | Missed:
    return backup_rounds.make(database, folder, 14, folder.parent / "keys", clock)
