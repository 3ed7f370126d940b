"""What `doctor` says of backups: how old the newest is, why the last could not be made, and what dies with the disk."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.findings import Finding
from store import backup_folder, backups_made
from store.backups_made import Made
from store.db import Tx

STALE: Final = timedelta(minutes=30)
"""After so long without a backup something is wrong with those that the service makes by itself."""
STALE_BY_HAND: Final = timedelta(hours=26)
"""The same of those that somebody makes each night."""


def look(tx: Tx, folder: Path | None, now: datetime, *, served: bool) -> Iterator[Finding]:
    """`served`: whether a LINE channel is configured, so that there is something to lose."""
    newest, trouble = backups_made.newest(tx), backups_made.trouble(tx)
    if newest is None:
        told = "backups: none was made yet; BACKUP_DIR says where the service puts one every 10 minutes"
        yield Finding(not served and folder is None, told)
    else:
        yield _age(newest, STALE if folder else STALE_BY_HAND, now)
    if trouble is not None:
        yield Finding(
            False, f"backups: the last try, at {trouble.at:%Y-%m-%d %H:%M} UTC, failed: {trouble.problem}"
        )


def _age(newest: Made, most: timedelta, now: datetime) -> Finding:
    minutes = (now - newest.begun_at) // timedelta(minutes=1)
    told = (
        f"backups: the newest is {minutes} minutes old, {newest.bytes:,} bytes, took {newest.seconds:.1f} s"
    )
    well = now - newest.begun_at <= most
    return Finding(well, told if well else f"{told}: what came since then is in none")


def places(folder: Path | None, keys: Path | None, database: Path | None) -> Iterator[Finding]:
    """Whether the disk of the database would take the backups or the copy of the keys with it, where they are made."""
    if folder is None:
        return
    try:
        yield from _places(folder, keys, database)
    except OSError as error:
        yield Finding(False, f"backups: {error.filename} cannot be looked at: {error.strerror}")


def _places(folder: Path, keys: Path | None, database: Path | None) -> Iterator[Finding]:
    if not folder.is_dir():
        yield Finding(False, f"backups: there is no folder {folder}; is its disk there?")
    elif backup_folder.is_shared(folder, database):
        yield Finding(False, f"backups: {folder} is on the disk of the database, and dies with it")
    if keys and database and keys.exists() and backup_folder.is_shared(keys, database):
        told = "without it no backup can be read; set KEYS_BACKUP to another disk"
        yield Finding(False, f"backups: {keys} is on the disk of the database, and dies with it: {told}")
