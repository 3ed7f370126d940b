"""What may go wrong with the database itself, named for those who do not know SQLAlchemy."""

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

DatabaseFailure = (DBAPIError, PoolTimeout, OSError)
"""The database is away, full, read-only or locked: trying again later may help."""
_PASSING_CLASSES: Final = ("08", "25", "40", "53", "55", "57", "58")
"""PostgreSQL's: connection, read-only, rolled back, no room, not now, stopped by somebody, its own disk."""
_PASSING_CODES: Final = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
)


def reason(error: BaseException) -> str:
    """What the database itself said, in one line; it may quote a value, so it is for a terminal and not for the log."""
    return str(getattr(error, "orig", None) or error).partition("\n")[0]


def is_passing(error: Exception) -> bool:
    """Whether the trouble is the database's alone: the same statements will do once there is room, or it is back.

    Of all others, such as a value that no column takes, they may be the cause themselves.
    """
    if not isinstance(error, DBAPIError):
        return isinstance(error, PoolTimeout | OSError)
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _PASSING_CODES
    state: str | None = getattr(cause, "sqlstate", None)
    return is_away(error) or (state is not None and state[:2] in _PASSING_CLASSES)


def is_away(error: Exception) -> bool:
    """Whether PostgreSQL does not answer, or no connection is free: who tries again at once waits as long again."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError) or isinstance(error.orig, sqlite3.Error):
        return False
    is_unanswered = isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", None) is None
    return is_unanswered or error.connection_invalidated
