"""The database: SQLite embedded, or PostgreSQL; one transaction at a time is the only way in.

On SQLite every write transaction and every checkpoint, in any process, runs under one file lock. SQLite
3.7.0 to 3.51.2 can lose a commit when two connections write or checkpoint at one instant (the WAL-reset
bug, https://sqlite.org/wal.html#walresetbug), and a lock taken before BEGIN also makes writers queue
instead of failing as busy.
"""

import fcntl
import logging
import select
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url

from store.keyring import Key, Keyring

CHECKPOINT_BYTES = 4 * 1024 * 1024
"""How large the write-ahead log may grow before a writer moves it into the database."""

_BUSY_MILLISECONDS = 10_000
_GONE_AFTER = 4
"""Seconds without a sign of life after which the other side of a connection to PostgreSQL counts as gone. The system's
own limit is hours: for so long a request would wait for a database that lost its power, and for so long the database
would hold what a machine had locked that lost its own."""
_POSTGRESQL_READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tx:
    """An open transaction, and the keys to read what is sealed in it."""

    connection: Connection
    keyring: Keyring
    closing: "set[Callable[[Tx], None]]" = field(default_factory=set, compare=False)
    """What is done, once, just before the commit; not after a rollback."""
    keys: "dict[int, Key]" = field(default_factory=dict, compare=False)
    """Those of residents that were opened in it: a turn needs the same one again and again."""
    remembered: "dict[str, Key]" = field(default_factory=dict, compare=False)
    """Keys of the service's own, as this process last read them: one for all transactions of a `Database`."""


class Database:
    """Opens transactions. Safe to share between threads; not across a fork."""

    def __init__(self, url: str, keyring: Keyring) -> None:
        """`url` as in `sqlite:///var/helpdesk.db`, `sqlite://` (in memory) or `postgresql://...`."""
        self.url = _with_driver(make_url(url))
        self.keyring = keyring
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgresql_engine(self.url)
        self._remembered: dict[str, Key] = {}
        self._lock = _WriteLock(self.file) if self.is_sqlite else None
        self._reading = {} if self.is_sqlite else _POSTGRESQL_READING

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The database file, where there is one."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A transaction that sees one state of the database and changes nothing."""
        with self.engine.connect() as connection:
            if self._reading:
                connection.execution_options(**self._reading)
            yield self._tx(connection)
            # Not rolled back: with each rollback the driver forgets the statements that PostgreSQL has prepared.
            connection.commit()

    @contextmanager
    def glance(self) -> Iterator[Tx]:
        """For one statement that changes nothing."""
        with self.read() if self.is_sqlite else self._at_once() as tx:
            yield tx

    @contextmanager
    def write_one(self) -> Iterator[Tx]:
        """For one statement, which is a transaction by itself, with nothing left for a commit (`Tx.closing`).

        On SQLite it is not synced, as `write` says; on PostgreSQL the statement has to say so itself.
        """
        with self.write(synced=False) if self.is_sqlite else self._at_once() as tx:
            yield tx

    @contextmanager
    def _at_once(self) -> Iterator[Tx]:
        """PostgreSQL is not told of a beginning and an end."""
        with self.engine.connect() as connection:
            yield self._tx(connection.execution_options(isolation_level="AUTOCOMMIT"))

    @contextmanager
    def write(self, *, synced: bool = True, urgent: bool = False) -> Iterator[Tx]:
        """A transaction that is committed at the end, or rolled back when something raises.

        With `synced` the commit waits for the disk. Without, a kill cannot undo it, a power cut within the next
        moment may: for what can be found out again. `urgent` goes before what waits without: for short
        transactions that somebody outside waits for.
        """
        if self._lock is None:
            with self.engine.begin() as connection:
                if not synced:
                    connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
                yield from _closed(self._tx(connection))
            return
        with self._lock.held(urgent=urgent):
            options = {"sqlite_begin": "IMMEDIATE", "sqlite_synchronous": "FULL" if synced else "NORMAL"}
            with self.engine.connect().execution_options(**options) as connection, connection.begin():
                yield from _closed(self._tx(connection))
            self._checkpoint_if_large()

    def _tx(self, connection: Connection) -> Tx:
        return Tx(connection, self.keyring, remembered=self._remembered)

    def _checkpoint_if_large(self) -> None:
        """Never fails: what was written is committed, and the next writer tries again."""
        wal = self.file and self.file.with_name(self.file.name + "-wal")
        try:
            if wal and wal.exists() and wal.stat().st_size > CHECKPOINT_BYTES:
                self._checkpoint("PASSIVE")
        except (OSError, sqlite3.Error, sa.exc.SQLAlchemyError):
            log.exception("checkpoint failed")

    def _checkpoint(self, mode: str) -> bool:
        """Moves the log into the database; False where a reader kept it from being moved whole."""
        raw = self.engine.raw_connection()
        cursor = raw.cursor()
        try:
            cursor.execute("PRAGMA busy_timeout=0")  # writers are waiting: no time to wait for readers
            busy: int = cursor.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()[0]
        finally:
            cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
            raw.close()
        return not busy

    def forget(self) -> bool:
        """Overwrites what was erased also where it still stands in SQLite's write-ahead log.

        False where a reader holds the log; try again. PostgreSQL keeps its log apart from the database.
        """
        if self._lock is None:
            return True
        with self._lock.held():
            return self._checkpoint("TRUNCATE")

    def clock(self) -> datetime | None:
        """The time by PostgreSQL's clock; None for SQLite, which has this machine's."""
        if self.is_sqlite:
            return None
        with self.engine.connect() as connection:
            told: datetime | None = connection.scalar(sa.select(sa.func.clock_timestamp()))
        return told

    def close(self) -> None:
        """Closes every connection; on SQLite under the lock, since the last one to close checkpoints."""
        if self._lock is None:
            self.engine.dispose()
        else:
            with self._lock.held():
                self.engine.dispose()
            self._lock.close()


def _closed(tx: Tx) -> Iterator[Tx]:
    yield tx
    if tx.connection.in_transaction():
        for close in tx.closing:
            close(tx)


class _Queue:
    """A lock that goes to who has waited longest, the urgent first.

    `threading.Lock` goes to who comes at the right moment, which is mostly the thread that has just let go of
    it: the webhook would wait for as long as the worker is busy.
    """

    def __init__(self) -> None:
        self._state = threading.Lock()
        self._taken = False
        self._holder = 0
        """The thread that has it; 0 while nobody has."""
        self._urgent: deque[threading.Lock] = deque()
        self._others: deque[threading.Lock] = deque()

    def acquire(self, *, urgent: bool) -> None:
        """Raises RuntimeError for who has it already: they would wait for themselves for ever."""
        me = threading.get_ident()
        if self._holder == me:
            raise RuntimeError("a transaction that writes is begun within another of the same thread")
        with self._state:
            if not self._taken:
                self._taken, self._holder = True, me
                return
            called = threading.Lock()
            called.acquire()
            (self._urgent if urgent else self._others).append(called)
        called.acquire()
        self._holder = me

    def release(self) -> None:
        with self._state:
            self._holder = 0
            if waiting := self._urgent or self._others:
                waiting.popleft().release()
            else:
                self._taken = False

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._urgent) + len(self._others)


class _WriteLock:
    """One writer at a time: among this process's threads, and among processes by `flock`."""

    def __init__(self, database: Path | None) -> None:
        self._threads = _Queue()
        self._file = database and open(database.with_name(database.name + ".lock"), "ab")  # noqa: PTH123, SIM115 - kept open for the life of the database

    @contextmanager
    def held(self, *, urgent: bool = False) -> Iterator[None]:
        self._threads.acquire(urgent=urgent)
        try:
            if not self._file:
                yield
                return
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)
        finally:
            self._threads.release()

    def close(self) -> None:
        if self._file:
            self._file.close()


def _with_driver(url: URL) -> URL:
    # Platforms hand out postgres:// or postgresql://, which SQLAlchemy takes for psycopg 2 or refuses.
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url


def _postgresql_engine(url: URL) -> Engine:
    engine = sa.create_engine(
        url,
        pool_size=20,
        pool_use_lifo=True,  # few connections, each with its prepared statements, rather than all in turn
        hide_parameters=True,  # errors are logged, and residents' words are no matter for logs
        connect_args={
            "connect_timeout": _GONE_AFTER,
            "keepalives_idle": _GONE_AFTER - 3,
            "keepalives_interval": 1,
            "keepalives_count": 3,
            "tcp_user_timeout": _GONE_AFTER * 1000,
        },
    )
    sa.event.listen(engine, "connect", _prepare_postgresql)
    sa.event.listen(engine, "checkout", _still_there)
    sa.event.listen(engine, "checkout", _as_the_server_allows)
    return engine


def _still_there(connection: Any, _record: object, _proxy: object) -> None:
    """Gives up a connection that the server has closed while it lay idle: nothing else is said unasked.

    SQLAlchemy then makes a new one. To ask the server each time (`pool_pre_ping`) would be a fifth of a webhook's time.
    """
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if waiting.poll(0):
        raise sa.exc.DisconnectionError("the server has closed the connection")


def _as_the_server_allows(connection: Any, _record: object, _proxy: object) -> None:
    """After a transaction that only read SQLAlchemy asks for one that writes, also where the server allows none."""
    if connection.read_only is not None:
        connection.read_only = None


def _prepare_postgresql(connection: Any, _record: object) -> None:
    """The server, too, is to notice soon that this machine is gone, and to let go of what it had locked."""
    connection.autocommit = True
    connection.execute(
        f"SET tcp_keepalives_idle TO {_GONE_AFTER - 3}; SET tcp_keepalives_interval TO 1;"
        f"SET tcp_keepalives_count TO 3; SET tcp_user_timeout TO {_GONE_AFTER * 1000}"
    )
    connection.autocommit = False


def _sqlite_engine(url: URL) -> Engine:
    if not url.database:
        engine = sa.create_engine(
            url, poolclass=sa.StaticPool, connect_args={"check_same_thread": False}, hide_parameters=True
        )
    else:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(url, pool_size=20, hide_parameters=True)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is ours: the driver would open deferred transactions
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={_BUSY_MILLISECONDS}",
        "journal_mode=WAL",
        "synchronous=FULL",  # a commit that was acknowledged survives a power cut
        "wal_autocheckpoint=0",  # checkpoints run under the write lock only
        "foreign_keys=ON",
        "secure_delete=ON",  # what is erased is overwritten
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    raw = connection.connection.dbapi_connection
    assert raw is not None
    mode = options.get("sqlite_begin", "DEFERRED")
    reads = mode == "DEFERRED"
    if connection.info.get("reads") != reads:
        connection.info["reads"] = reads
        connection.exec_driver_sql(f"PRAGMA query_only={reads}")
    if synchronous := options.get("sqlite_synchronous"):
        connection.exec_driver_sql(f"PRAGMA synchronous={synchronous}")
    if reads:
        # Cannot fail, and is done for every request: a statement of SQLAlchemy's takes twenty times as long.
        raw.cursor().execute("BEGIN")
    else:
        connection.exec_driver_sql(f"BEGIN {mode}")
