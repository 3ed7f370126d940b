"""What operators log: a row a call, and what came of it."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata

calls = sa.Table(
    "calls",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("operator_id", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("once", sa.String(64), nullable=False),
    sa.Column("channel", sa.String(12), nullable=False),
    sa.Column("sort", sa.String(12), nullable=False),
    sa.Column("outcome", sa.String(12), nullable=False),
    sa.Column("text", Sealed),
    sa.Column("entry_id", sa.String(64)),
    sa.Column("section", sa.String(64)),
    sa.Column("counts", sa.Boolean, nullable=False),
    sa.Column("query_id", Id, sa.ForeignKey("queries.id", ondelete="SET NULL"), index=True),
    sa.Column("began_at", Instant, nullable=False),
    sa.Column("logged_at", Instant, nullable=False, index=True),
    sa.Column("undone_at", Instant),
    sa.UniqueConstraint("operator_id", "once"),
    sa.CheckConstraint("sort = 'application' OR outcome <> 'application'", name="applied"),
    sqlite_autoincrement=True,
)
