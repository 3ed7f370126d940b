"""What may go wrong with the database itself, named for those who do not know SQLAlchemy."""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

DatabaseFailure = (DBAPIError, PoolTimeout, OSError)
"""The database is away, full, read-only or locked: trying again later may help."""
