"""Operators who ask their supervisor for help, and who comes."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata

_OPEN = sa.text("ended_at IS NULL")

calls_for_help = sa.Table(
    "calls_for_help",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("operator_id", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("raised_at", Instant, nullable=False),
    sa.Column("note", Sealed),
    sa.Column("answered_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("answered_at", Instant),
    sa.Column("ended_at", Instant, index=True),
    sa.Index(
        "uq_calls_for_help_open", "operator_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    ),
    sa.CheckConstraint("(answered_by IS NULL) = (answered_at IS NULL)", name="answered"),
    sqlite_autoincrement=True,
)
