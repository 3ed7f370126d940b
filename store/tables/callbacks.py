"""Whom the city has promised to call back, and when."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata

callbacks = sa.Table(
    "callbacks",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("made_by", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("once", sa.String(64), nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("promised_at", Instant, nullable=False),
    sa.Column("section", sa.String(64)),
    sa.Column("about", Sealed),
    sa.Column("particulars_id", Id, sa.ForeignKey("particulars.id", ondelete="SET NULL"), index=True),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("taken_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("taken_at", Instant),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("tried_at", Instant),
    sa.Column("reason", sa.String(12)),
    sa.Column("settled_at", Instant, index=True),
    sa.UniqueConstraint("made_by", "once"),
    sa.Index("ix_callbacks_state_promised_at", "state", "promised_at"),
    sa.CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name="settled"),
    sa.CheckConstraint("(state = 'given_up') = (reason IS NOT NULL)", name="given_up"),
    sa.CheckConstraint("state = 'waiting' OR taken_by IS NOT NULL", name="by_somebody"),
    sqlite_autoincrement=True,
)
