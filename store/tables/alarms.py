"""Of which dangers staff are told at once, and those that they were told of."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata, owner

alarm_rules = sa.Table(
    "alarm_rules",
    metadata,
    sa.Column("danger", sa.String(30), primary_key=True),
    sa.Column("section", sa.String(64), nullable=False),
    sa.Column("talks", sa.Boolean, nullable=False),
)
"""A kind of danger without a row is told to nobody."""

alarms = sa.Table(
    "alarms",
    metadata,
    sa.Column("id", Id, primary_key=True),
    owner(),
    sa.Column("danger", sa.String(30), nullable=False),
    sa.Column("severity", sa.String(10), nullable=False),
    sa.Column("section", sa.String(64), nullable=False),
    sa.Column("raised_at", Instant, nullable=False, index=True),
    sa.Column("words", Sealed),
    sa.Column("seen_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("seen_at", Instant),
    sa.Column("handled_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("handled_at", Instant),
    sa.Column("note", Sealed),
    sa.Index("ix_alarms_resident_id_danger_raised_at", "resident_id", "danger", "raised_at"),
    sa.CheckConstraint("(seen_by IS NULL) = (seen_at IS NULL)", name="seen"),
    sa.CheckConstraint("(handled_by IS NULL) = (handled_at IS NULL)", name="handled"),
    sqlite_autoincrement=True,
)
"""The words and the note are sealed under the resident's key: who is erased takes both along."""
