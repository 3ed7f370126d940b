"""The migrations make the very tables that the statements are written for."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from store import knowledge
from store.db import Database
from store.keyring import Keyring
from store.migrations import create_in_memory, is_ready, migrate
from store.tables import entries, metadata


def test_the_migrations_make_the_tables(database: Database) -> None:
    with database.read() as tx:
        context = MigrationContext.configure(tx.connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate(database)
    assert is_ready(database)


def test_migrating_makes_the_words_of_another_analyzer_anew(database: Database) -> None:
    with database.write() as tx:
        tx.connection.execute(entries.update().values(tokens="[]", analyzer_version=-1))
    migrate(database)
    with database.write() as tx:
        assert knowledge.renew(tx) == 0
        assert sum(1 for _ in knowledge.prepared_entries(tx)) > 100


def test_in_memory_has_the_same_tables(keyring: Keyring) -> None:
    database = Database("sqlite://", keyring)
    create_in_memory(database)
    with database.read() as tx:
        assert compare_metadata(MigrationContext.configure(tx.connection), metadata) == []
