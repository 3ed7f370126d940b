"""What the columns of the tables hold."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database. SQLite keeps no time zone, so it is put back."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: object) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: object) -> datetime | None:
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Sealed = sa.LargeBinary
"""AES-GCM ciphertext (see `store.keyring`)."""


def owner(nullable: bool = False) -> sa.Column[Any]:
    """Whose row it is; it goes when they go."""
    return sa.Column("resident_id", Id, sa.ForeignKey("residents.id", ondelete="CASCADE"), nullable=nullable)


def provenance() -> list[sa.Column[Any]]:
    """Says where a row comes from, and whether it is confirmed."""
    return [
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("source_url", sa.Text, nullable=False),
        sa.Column("published_on", sa.Date),
        sa.Column("confirmed_on", sa.Date),
        sa.Column("valid_until", sa.Date),
        sa.Column("status", sa.String(10), nullable=False),
    ]
