"""Notices by choice: what residents want to hear of, what staff write for them, and how it is sent."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, metadata, owner, provenance

topics = sa.Table(
    "topics",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("words", sa.JSON, nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("easy", sa.Text, nullable=False),
    sa.Column("english", sa.Text, nullable=False),
    sa.Column("simplified", sa.Text, nullable=False),
    sa.Column("traditional", sa.Text, nullable=False),
    sa.Column("korean", sa.Text, nullable=False),
    sa.Column("vietnamese", sa.Text, nullable=False),
    *provenance(),
)

subscribers = sa.Table(
    "subscribers",
    metadata,
    sa.Column("resident_id", Id, sa.ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("ward", sa.Text, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column(
        "resident_id", Id, sa.ForeignKey("subscribers.resident_id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("topic_id", sa.String(64), primary_key=True, index=True),
    sa.Column("chosen_at", Instant, nullable=False),
)

mailings = sa.Table(
    "mailings",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Column("link", sa.Text, nullable=False),
    sa.Column("topics", sa.JSON, nullable=False),
    sa.Column("wards", sa.JSON, nullable=False),
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("section", sa.String(64)),
    sa.Column("send_at", Instant),
    sa.Column("not_after", Instant, nullable=False),
    sa.Column("written_by", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("written_at", Instant, nullable=False),
    sa.Column("submitted_at", Instant),
    sa.Column("decided_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("decided_at", Instant),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("begun_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("stopped_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("unit", sa.String(30), nullable=False, unique=True),
    sa.Column("full_since", Instant),
    sa.Column("left", sa.Integer, nullable=False),
    sa.Column("helped", sa.Integer, nullable=False),
    sa.Column("turned_off", sa.Integer, nullable=False),
    sa.Column("seen", sa.Integer),
    sa.Column("clicked", sa.Integer),
    sa.Column("read_at", Instant),
    sqlite_autoincrement=True,
)

mailing_words = sa.Table(
    "mailing_words",
    metadata,
    sa.Column("mailing_id", Id, sa.ForeignKey("mailings.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("language", sa.String(10), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

mailing_authors = sa.Table(
    "mailing_authors",
    metadata,
    sa.Column("mailing_id", Id, sa.ForeignKey("mailings.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("account_id", Id, sa.ForeignKey("accounts.id"), primary_key=True),
)

mailing_batches = sa.Table(
    "mailing_batches",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("mailing_id", Id, sa.ForeignKey("mailings.id", ondelete="CASCADE"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("language", sa.String(10), nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("not_before", Instant, nullable=False),
    sa.Column("leased_until", Instant),
    sa.Column("leased_by", sa.String(40)),
    sa.Column("retry_key", sa.String(36), nullable=False, unique=True),
    sa.Column("body", sa.LargeBinary),
    sa.Column("tried_at", Instant),
    sa.Column("unsure", sa.Boolean, nullable=False),
    sa.Column("http_status", sa.Integer),
    sa.Column("request_id", sa.String(64)),
    sa.Column("done_at", Instant),
    sa.UniqueConstraint("mailing_id", "number"),
    sa.Index(
        "ix_mailing_batches_waiting",
        "not_before",
        "id",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    ),
    sqlite_autoincrement=True,
)

mailing_recipients = sa.Table(
    "mailing_recipients",
    metadata,
    sa.Column("mailing_id", Id, sa.ForeignKey("mailings.id", ondelete="CASCADE"), nullable=False),
    owner(),
    sa.Column("batch", sa.Integer, nullable=False),
    sa.Column("answered", sa.Boolean, nullable=False),
    sa.Index("ix_mailing_recipients_mailing_id_batch", "mailing_id", "batch"),
    sa.Index("ix_mailing_recipients_resident_id", "resident_id"),
    sa.PrimaryKeyConstraint("mailing_id", "resident_id"),
)

line_plan = sa.Table(
    "line_plan",
    metadata,
    sa.Column("as_of", Instant, primary_key=True),
    sa.Column("most", sa.Integer),
    sa.Column("used", sa.Integer, nullable=False),
)
