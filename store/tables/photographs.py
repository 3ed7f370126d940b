"""Photographs that residents send with what they tell the city, each under a key of its own."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata, owner

photographs = sa.Table(
    "photographs",
    metadata,
    sa.Column("id", Id, primary_key=True),
    owner(nullable=True),
    sa.Column("case_id", Id, sa.ForeignKey("cases.id", ondelete="CASCADE"), index=True),
    sa.Column("message_id", sa.String(64)),
    sa.Column("form", sa.String(64), index=True),
    sa.Column("made_at", Instant, nullable=False, index=True),
    sa.Column("why", sa.String(16)),
    sa.Column("width", sa.Integer),
    sa.Column("height", sa.Integer),
    sa.Column("bytes", sa.Integer),
    sa.Column("picture", Sealed),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("not_before", Instant, nullable=False),
    sa.Column("leased_until", Instant),
    sa.Column("leased_by", sa.String(40)),
    sa.UniqueConstraint("resident_id", "message_id"),
    sa.CheckConstraint("state <> 'waiting' OR message_id IS NOT NULL", name="fetched"),
    sa.CheckConstraint("(state = 'kept') = (picture IS NOT NULL)", name="kept"),
    sa.CheckConstraint("(state = 'refused') = (why IS NOT NULL)", name="refused"),
    sqlite_autoincrement=True,
)

photograph_keys = sa.Table(
    "photograph_keys",
    metadata,
    sa.Column(
        "photograph_id",
        Id,
        sa.ForeignKey("photographs.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("wrapped", Sealed, nullable=False),
)
