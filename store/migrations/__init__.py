"""Bringing a database to the present schema: all pending steps in one transaction."""

from pathlib import Path

import sqlalchemy as sa

from store import chain, knowledge
from store.db import Database, Tx
from store.keyring import new_key
from store.tables import metadata, system_keys

_HERE = Path(__file__).parent
HEAD = "0041"
"""The newest step; Alembic itself is slow to import."""
_LOCK = 7_205_759
"""Any number: PostgreSQL's advisory lock that keeps two machines from migrating at once."""


class UnknownVersion(Exception):
    """The database has had steps that this version of the program does not know."""


def migrate(database: Database) -> None:
    """Runs the pending steps; does nothing where there are none."""
    with database.write() as tx:
        upgrade(tx)
        make_system_keys(tx)
        knowledge.renew(tx)


def upgrade(tx: Tx) -> None:
    """The tables alone, as they are now. Raises UnknownVersion."""
    _hold_others_off(tx)
    if _steps(tx) == [HEAD]:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = tx.connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise UnknownVersion from error


def create_in_memory(database: Database) -> None:
    """The present schema at once, for a database that lives as long as one command."""
    with database.write() as tx:
        metadata.create_all(tx.connection)
        make_system_keys(tx)


def is_ready(database: Database) -> bool:
    """Whether the database exists and has had its first migration."""
    if database.file and not database.file.exists():
        return False
    return sa.inspect(database.engine).has_table("knowledge")


def is_empty(database: Database) -> bool:
    """Whether the database has none of our tables; one that does not exist yet is empty."""
    if database.file and not database.file.exists():
        return True
    return _has_none(sa.inspect(database.engine))


def begin_in_empty(tx: Tx) -> bool:
    """Makes the present tables in a database that has none of ours; False, and does nothing, in any other."""
    _hold_others_off(tx)
    if not _has_none(sa.inspect(tx.connection)):
        return False
    upgrade(tx)
    return True


def _has_none(database: sa.Inspector) -> bool:
    return not set(database.get_table_names()) & set(metadata.tables)


def _hold_others_off(tx: Tx) -> None:
    if tx.connection.dialect.name == "postgresql":
        tx.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def is_current(database: Database) -> bool:
    """Whether a database that is ready has had every step."""
    with database.read() as tx:
        return _steps(tx) == [HEAD]


def refuse_later(database: Database) -> None:
    """Raises UnknownVersion where the database has had steps of a later version of the program."""
    with database.read() as tx:
        if any(step > HEAD for step in _steps(tx)):
            raise UnknownVersion


def _steps(tx: Tx) -> list[str]:
    """The newest steps that the database has had: one, or none where it has had none."""
    if not sa.inspect(tx.connection).has_table("alembic_version"):
        return []
    return list(tx.connection.scalars(sa.text("SELECT version_num FROM alembic_version")))


def make_system_keys(tx: Tx) -> None:
    """Makes those of the service's own keys that are not there yet."""
    known = set(tx.connection.scalars(sa.select(system_keys.c.name)))
    for name in ("lookup", "inbox", "accounts", "audit", "persons", "desk"):
        if name not in known:
            wrapped = tx.keyring.wrap(new_key(), f"system:{name}")
            tx.connection.execute(system_keys.insert().values(name=name, wrapped=wrapped))
    if "audit" not in known:
        chain.begin(tx)
