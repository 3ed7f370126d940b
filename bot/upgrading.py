"""Waiting for `migrate`: `web` and `worker` never change the schema, and may be started before it is changed."""

import sys
import time
from collections.abc import Callable

from store import migrations
from store.db import Database

LOOK_SECONDS = 1.0


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
