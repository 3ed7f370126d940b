"""Voices as they are made ready, and as they are published.

What is made ready is sealed under the key of its case, and goes with it. What is published is clear, and the table
refuses what nobody confirmed: a text other than the one that was seen, a find that nobody decided on, and whoever
would confirm what they wrote themselves.
"""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata

voice_preparations = sa.Table(
    "voice_preparations",
    metadata,
    sa.Column("case_id", Id, sa.ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("texts", Sealed, nullable=False),
    sa.Column("remark", Sealed),
    sa.Column("undecided", sa.Integer, nullable=False),
    sa.Column("shows_month", sa.Boolean, nullable=False),
    sa.Column("shows_ward", sa.Boolean, nullable=False),
    sa.Column("written_by", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("written_at", Instant, nullable=False),
    sa.Column("ready_at", Instant, index=True),
    sa.CheckConstraint("undecided >= 0", name="counted"),
    sa.CheckConstraint("ready_at IS NULL OR undecided = 0", name="ready"),
)

published_voices = sa.Table(
    "published_voices",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("case_id", Id, sa.ForeignKey("cases.id", ondelete="SET NULL"), index=True),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("category", sa.String(64), nullable=False),
    sa.Column("category_name", sa.Text, nullable=False),
    sa.Column("fiscal_year", sa.Integer, nullable=False),
    sa.Column("month", sa.Integer),
    sa.Column("ward", sa.String(40), nullable=False),
    sa.Column("section", sa.String(64), nullable=False),
    sa.Column("section_name", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("words", sa.Text),
    sa.Column("answer", sa.Text),
    sa.Column("sought", sa.Text),
    sa.Column("undecided", sa.Integer, nullable=False),
    sa.Column("seen_digest", sa.String(64), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("written_by", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("confirmed_by", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("published_at", Instant, nullable=False, index=True),
    sa.Column("withdrawn_at", Instant),
    sa.Column("withdrawn_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("withdrawn_why", sa.String(12)),
    sa.CheckConstraint("digest = seen_digest", name="as_seen"),
    sa.CheckConstraint("undecided = 0", name="decided"),
    sa.CheckConstraint("confirmed_by <> written_by", name="second"),
    sa.CheckConstraint("month IS NULL OR month BETWEEN 1 AND 12", name="month"),
    sa.CheckConstraint("(withdrawn_at IS NULL) = (title IS NOT NULL)", name="title"),
    sa.CheckConstraint("(withdrawn_at IS NULL) = (words IS NOT NULL)", name="words"),
    sa.CheckConstraint("(withdrawn_at IS NULL) = (answer IS NOT NULL)", name="answer"),
    sa.CheckConstraint("(withdrawn_at IS NULL) = (sought IS NOT NULL)", name="sought"),
    sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_why IS NULL)", name="withdrawn"),
    sa.Index(
        "uq_published_voices_case_id",
        "case_id",
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    ),
    sqlite_autoincrement=True,
)
