"""What `web` and `worker` wait for before they serve: a database that answers, and `migrate`."""

import sys
import time
from collections.abc import Callable

from store import migrations
from store.db import Database
from store.failures import DatabaseFailure, is_passing, reason

LOOK_SECONDS = 1.0


def wait_until_done(step: Callable[[], None], rest: Callable[[float], None] = time.sleep) -> None:
    """Does the step; again each second while the database is away: platforms wait longer with each start that failed.

    A server that refuses the name or the password looks the same, and is waited for too. Raises whatever is not the
    database's trouble alone.
    """
    told = ""
    while True:
        try:
            return step()
        except DatabaseFailure as error:
            if not is_passing(error):
                raise
            if (why := reason(error)) != told:
                sys.stderr.write(f"Waiting for the database: {why}\n`python -m bot doctor` says more.\n")
            told = why
        rest(LOOK_SECONDS)


def wait_until_current(database: Database, rest: Callable[[float], None] = time.sleep) -> None:
    """Returns once the database has had every step. Raises `store.migrations.UnknownVersion` where it has had more."""
    if _is_current(database):
        return
    sys.stdout.write("The database is of an earlier version: waiting for `python -m bot migrate`.\n")
    sys.stdout.flush()
    while not _is_current(database):
        rest(LOOK_SECONDS)


def _is_current(database: Database) -> bool:
    if not migrations.is_ready(database):
        return False
    migrations.refuse_later(database)
    return migrations.is_current(database)
