"""What a proposal would change in the answers, and who is to be told an answer later."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, metadata, owner

ripples = sa.Table(
    "ripples",
    metadata,
    sa.Column(
        "proposal_id",
        Id,
        sa.ForeignKey("proposals.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("proposal_version", sa.Integer, nullable=False),
    sa.Column("knowledge_version", Id, nullable=False),
    sa.Column("begun_at", Instant, nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("last_label", sa.String(64), nullable=False),
    sa.Column("last_query", Id, nullable=False),
    sa.Column("replayed", sa.Integer, nullable=False),
    sa.Column("before", sa.JSON, nullable=False),
    sa.Column("after", sa.JSON, nullable=False),
    sa.Column("finished_at", Instant),
)

ripple_flips = sa.Table(
    "ripple_flips",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column(
        "proposal_id",
        Id,
        sa.ForeignKey("ripples.proposal_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("label", sa.String(64)),
    sa.Column("query_id", Id, sa.ForeignKey("queries.id", ondelete="CASCADE"), index=True),
    sa.Column("effect", sa.String(10), nullable=False),
    sa.Column("before_outcome", sa.String(8), nullable=False),
    sa.Column("before_entries", sa.JSON, nullable=False),
    sa.Column("after_outcome", sa.String(8), nullable=False),
    sa.Column("after_entries", sa.JSON, nullable=False),
    sa.CheckConstraint("(label IS NULL) <> (query_id IS NULL)", name="of_one"),
    sqlite_autoincrement=True,
)

to_tell = sa.Table(
    "to_tell",
    metadata,
    sa.Column(
        "query_id",
        Id,
        sa.ForeignKey("queries.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    owner(),
    sa.Column("asked_at", Instant, nullable=False, index=True),
    sa.Index("ix_to_tell_resident_id", "resident_id"),
)
