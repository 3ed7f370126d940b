"""What the call centre hands to a section in writing."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata

slips = sa.Table(
    "slips",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("receipt", sa.String(7), nullable=False, unique=True),
    sa.Column("made_by", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("once", sa.String(64), nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("section", sa.String(64), nullable=False),
    sa.Column("subject", Sealed),
    sa.Column("words", Sealed),
    sa.Column("particulars_id", Id, sa.ForeignKey("particulars.id", ondelete="SET NULL"), index=True),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("taken_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("taken_at", Instant),
    sa.Column("done_at", Instant, index=True),
    sa.Column("result", Sealed),
    sa.UniqueConstraint("made_by", "once"),
    sa.Index("ix_slips_section_state", "section", "state"),
    sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done"),
    sa.CheckConstraint("(state = 'new') = (taken_by IS NULL)", name="taken"),
    sqlite_autoincrement=True,
)
