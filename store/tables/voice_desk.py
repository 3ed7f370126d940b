"""What staff keep of voices: their own tags, and which other section may read one for some days."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, metadata

voice_tags = sa.Table(
    "voice_tags",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("folded", sa.String(80), nullable=False, unique=True),
    sa.Column("merged_into", Id, sa.ForeignKey("voice_tags.id"), index=True),
    sa.Column("made_by", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.CheckConstraint("merged_into IS NULL OR merged_into <> id", name="merged"),
    sqlite_autoincrement=True,
)

voice_tag_acts = sa.Table(
    "voice_tag_acts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("tag_id", Id, sa.ForeignKey("voice_tags.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("act", sa.String(10), nullable=False),
    sa.Column("was", sa.String(40), nullable=False),
    sa.Column("became", sa.String(40), nullable=False),
    sa.Column("into", Id, nullable=False),
    sa.Column("moved", sa.JSON, nullable=False),
    sa.Column("by_id", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("undone_at", Instant),
    sqlite_autoincrement=True,
)

voice_tagged = sa.Table(
    "voice_tagged",
    metadata,
    sa.Column("case_id", Id, sa.ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("tag_id", Id, sa.ForeignKey("voice_tags.id", ondelete="CASCADE"), primary_key=True, index=True),
    sa.Column("by_id", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("at", Instant, nullable=False),
)

voice_shares = sa.Table(
    "voice_shares",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("case_id", Id, sa.ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("section", sa.String(64), nullable=False),
    sa.Column("by_id", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("until", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Index("ix_voice_shares_section_until", "section", "until"),
    sqlite_autoincrement=True,
)
