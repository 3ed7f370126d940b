"""The keys by which other programs ask."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, metadata

api_tokens = sa.Table(
    "api_tokens",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("digest", sa.LargeBinary(32), nullable=False, unique=True),
    sa.Column("a_minute", sa.Integer, nullable=False),
    sa.Column("made_by", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("revoked_at", Instant),
    sa.Column("used_at", Instant),
    sa.Column("taken_until", Instant),
    sa.CheckConstraint("a_minute > 0", name="a_minute"),
    sqlite_autoincrement=True,
)
