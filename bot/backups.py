"""The commands `backup`, `restore` and `rewrap`: the database in one file, and its keys in another."""

import sys
from datetime import datetime
from pathlib import Path

from bot.databases import opened
from bot.progress import Progress
from bot.settings import Settings
from store import audit, backup, keys_file, migrations, wrapped
from store.audit import COMMAND, Kind
from store.backup import NotABackup, NotEmpty
from store.db import Database
from store.keys_file import WrongKeysFile


def back_up(settings: Settings, file: Path, now: datetime) -> int:
    """Writes the file, and the copy of the keys anew; the exit code."""
    if settings.keys_backup is None:
        sys.stderr.write("A database in memory has nothing to back up.\n")
        return 1
    with opened(settings) as database:
        if not migrations.is_ready(database) or not migrations.is_current(database):
            sys.stderr.write("The database is not up to date: run `python -m bot migrate` first.\n")
            return 1
        try:
            with database.write() as tx:
                audit.record(tx, COMMAND, "database.backed_up", Kind.DATABASE, "", now)
            rows = backup.back_up(database, file, Progress())
            keys = keys_file.write(database, settings.keys_backup)
        except OSError as error:
            sys.stderr.write(f"{error.filename or file} cannot be written: {error.strerror}\n")
            return 1
    sys.stdout.write(f"{file}: {rows} rows, without the keys\n")
    sys.stdout.write(
        f"{settings.keys_backup}: {keys} keys. Keep it apart from the backups, the latest only.\n"
    )
    return 0


def restore(settings: Settings, file: Path, now: datetime) -> int:
    """Brings a backup into the configured database, which is empty; the exit code."""
    if settings.keys_backup is None:
        sys.stderr.write("A database in memory would be gone at once: set DATABASE_URL.\n")
        return 1
    with opened(settings) as database:
        try:
            told = backup.restore(database, file, settings.keys_backup, now, Progress())
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
