"""The commands `backup`, `restore` and `rewrap`: the database in one file, and its keys in another."""

import sys
from datetime import datetime
from pathlib import Path

from bot import backup_rounds
from bot.clock import Clock
from bot.databases import opened
from bot.progress import Progress
from bot.settings import Settings
from bot.standing_back import stand_back
from store import audit, backup, backups_made, keys_file, migrations, restoring, wrapped
from store.audit import COMMAND, Kind
from store.backup import NotWritten
from store.backup_folder import Busy
from store.backups_made import Made, Missed
from store.db import Database
from store.keys_file import WrongKeysFile
from store.restoring import NotABackup, NotEmpty


def back_up(settings: Settings, file: Path | None, clock: Clock) -> int:
    """Writes the file, or the next one into BACKUP_DIR, and the copy of the keys anew; the exit code."""
    if settings.keys_backup is None:
        sys.stderr.write("A database in memory has nothing to back up.\n")
        return 1
    if file is None and settings.backup_dir is None:
        sys.stderr.write("Name a file, or set BACKUP_DIR.\n")
        return 1
    with opened(settings) as database:
        if not migrations.is_ready(database) or not migrations.is_current(database):
            sys.stderr.write("The database is not up to date: run `python -m bot migrate` first.\n")
            return 1
        if file is not None:
            return _into_a_file(database, file, settings.keys_backup, clock)
        assert settings.backup_dir is not None
        return _into_the_folder(
            database, settings.backup_dir, settings.backup_days, settings.keys_backup, clock
        )


def _into_a_file(database: Database, file: Path, keys: Path, clock: Clock) -> int:
    begun = clock()
    try:
        with database.write() as tx:
            audit.record(tx, COMMAND, "database.backed_up", Kind.DATABASE, "", begun)
        written = backup.back_up(database, file, Progress(), keys)
    except OSError as error:
        sys.stderr.write(f"{error.filename or file} cannot be written: {error.strerror}\n")
        return 1
    except NotWritten as error:
        sys.stderr.write(f"{error}\n")
        return 1
    with database.write() as tx:
        backups_made.record(tx, Made(begun, clock(), str(file), written.rows, written.bytes))
    sys.stdout.write(f"{file}: {written.rows} rows, without the keys\n")
    sys.stdout.write(f"{keys}: {written.keys} keys. Keep it apart from the backups, the latest only.\n")
    return 0


def _into_the_folder(database: Database, folder: Path, days: int, keys: Path, clock: Clock) -> int:
    stand_back()
    try:
        made = backup_rounds.make(database, folder, days, keys, clock)
    except Busy:
        sys.stderr.write(f"Another process is writing a backup into {folder}.\n")
        return 1
    if isinstance(made, Missed):
        sys.stderr.write(f"No backup was made: {made.problem}\n")
        return 1
    sys.stdout.write(f"{made.file}: {made.rows} rows, without the keys, in {made.seconds:.1f} s\n")
    return 0


def restore(settings: Settings, file: Path, now: datetime) -> int:
    """Brings a backup into the configured database, which is empty; the exit code."""
    if settings.keys_backup is None:
        sys.stderr.write("A database in memory would be gone at once: set DATABASE_URL.\n")
        return 1
    with opened(settings) as database:
        try:
            told = restoring.restore(database, file, settings.keys_backup, now, Progress())
        except NotEmpty:
            sys.stderr.write(_not_empty(database))
            return 1
        except (NotABackup, WrongKeysFile) as error:
            sys.stderr.write(f"{error}\nNothing was restored.\n")
            return 1
        except OSError as error:
            sys.stderr.write(f"{error.filename}: {error.strerror}\n")
            if error.filename == str(settings.keys_backup):
                sys.stderr.write("KEYS_BACKUP must name the copy of the keys that belongs to the backup.\n")
            return 1
    sys.stdout.write(f"{file}: {told.rows} rows are back.\n")
    if told.residents or told.particulars or told.cases:
        sys.stdout.write(
            f"Erased again, since they were erased after the backup: {told.residents} residents, "
            f"{told.particulars} sets of personal data, {told.cases} cases.\n"
        )
    return 0


def _not_empty(database: Database) -> str:
    shown = database.url.render_as_string(hide_password=True)
    what = "move the file away" if database.is_sqlite else "make a new one with createdb"
    return f"{shown} is not empty, and nothing in it was touched: set DATABASE_URL to an empty database, or {what}.\n"


def rewrap(settings: Settings, now: datetime) -> int:
    """Wraps every key by the first of FIELD_KEYS, also in the copy of the keys; the exit code."""
    with opened(settings) as database:
        if not migrations.is_ready(database) or not migrations.is_current(database):
            sys.stderr.write("The database is not up to date: run `python -m bot migrate` first.\n")
            return 1
        count = wrapped.rewrap(database)
        with database.write() as tx:
            audit.record(tx, COMMAND, "database.rewrapped", Kind.DATABASE, "", now, count=str(count))
        database.forget()
        renewed = keys_file.renew(database, settings.keys_backup)
    sys.stdout.write(f"{count} keys are wrapped anew, by the first of FIELD_KEYS")
    sys.stdout.write(f", and so is {settings.keys_backup}" if renewed else "")
    sys.stdout.write(". The others can be taken out of FIELD_KEYS.\n")
    return 0
