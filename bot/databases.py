"""The database that a command works on, opened and closed."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime

from bot import clock
from bot.settings import Settings
from store.db import Database


@contextmanager
def opened(configured: Settings) -> Iterator[Database]:
    """The configured database as it is."""
    with closing(Database(configured.database_url, configured.keyring)) as database:
        yield database


@contextmanager
def migrated(configured: Settings) -> Iterator[Database]:
    """The configured database, with its tables and, where it was empty, its seeds."""
    from bot import seeds
    from store.migrations import migrate

    with closing(Database(configured.database_url, configured.keyring)) as database:
        migrate(database)
        seeds.fill_if_empty(database, configured.data_dir, clock.now())
        yield database


@contextmanager
def knowing(configured: Settings, now: datetime) -> Iterator[Database]:
    """The configured database where it knows something; else one in memory, filled from DATA_DIR as of now."""
    from bot import seeds, trial
    from store import migrations

    with closing(Database(configured.database_url, configured.keyring)) as database:
        if migrations.is_ready(database) and _knows_something(database):
            if not migrations.is_current(database):
                migrations.migrate(database)
                seeds.fill_if_empty(database, configured.data_dir, now)
            yield database
            return
    with closing(Database("sqlite://", configured.keyring)) as database:
        migrations.create_in_memory(database)
        needed = [kind for kind in seeds.FILES if kind != "questions"]  # these answer nobody
        seeds.fill_if_empty(database, configured.data_dir, now, needed)
        trial.offer(database, configured.data_dir, now)
        yield database


def _knows_something(database: Database) -> bool:
    from store import knowledge

    with database.read() as tx:
        return knowledge.version(tx) > 0
