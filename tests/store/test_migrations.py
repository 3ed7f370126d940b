"""The migrations make the very tables that the statements are written for."""

from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import store.migrations
from store import keeping, knowledge, places
from store.db import Database
from store.keyring import Keyring
from store.migrations import HEAD, create_in_memory, is_current, is_ready, migrate
from store.tables import clustered, entries, metadata, queries
from tests import versions
from tests.earlier import take_back_to_the_first


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


def test_the_newest_step_is_known_by_name() -> None:
    here = Path(store.migrations.__file__).parent
    config = Config()
    config.set_main_option("script_location", str(here))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_database_of_the_first_version_gets_what_came_later(database: Database) -> None:
    take_back_to_the_first(database)
    assert is_ready(database)
    assert not is_current(database)
    migrate(database)
    assert is_current(database)
    with database.read() as tx:
        context = MigrationContext.configure(tx.connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert keeping.owned(tx) == {"faq", "offices", "shelters", "synonyms", "questions"}
        assert len(knowledge.all_entries(tx)) > 100
        assert None not in knowledge.fingerprints(tx).values()
        assert places.all_sections(tx) == ()


def test_what_was_with_its_like_is_gathered(keyring: Keyring, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/earlier.db", keyring)
    versions.bring_to(database, "0039")
    versions.fill(database, versions.tables_of(database))
    with database.write() as tx:
        tx.connection.execute(
            sa.text(
                "INSERT INTO queries (message_ids, channel, asked_at, handler, outcome) SELECT"
                " message_ids, channel, asked_at, handler, 'none' FROM queries LIMIT 1"
            )
        )
    migrate(database)
    with database.read() as tx:
        was, of = tx.connection.scalars(sa.select(clustered.c.query_id)).all(), queries.c
        assert was
        assert set(was) == set(tx.connection.scalars(sa.select(of.id).where(of.gathered)))
    database.close()


def test_an_empty_database_of_the_first_version_has_had_no_kind(keyring: Keyring, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/new.db", keyring)
    migrate(database)
    take_back_to_the_first(database)
    migrate(database)
    with database.read() as tx:
        assert keeping.owned(tx) == frozenset()
    database.close()


def test_in_memory_has_the_same_tables(keyring: Keyring) -> None:
    database = Database("sqlite://", keyring)
    create_in_memory(database)
    with database.read() as tx:
        assert compare_metadata(MigrationContext.configure(tx.connection), metadata) == []
