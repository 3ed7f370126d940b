"""Who wants nothing of theirs to be kept, until it is erased."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, metadata

leaving = sa.Table(
    "leaving",
    metadata,
    sa.Column(
        "resident_id",
        Id,
        sa.ForeignKey("residents.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("waits", sa.Boolean, nullable=False),
    sa.Column("lightened", sa.Boolean, nullable=False),
)
