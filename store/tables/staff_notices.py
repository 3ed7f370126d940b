"""Who at the city is told of cases, what they are told, and what became of each telling."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata

contacts = sa.Table(
    "contacts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("section", sa.String(64), nullable=False, index=True),
    sa.Column("rank", sa.Integer, nullable=False),
    sa.Column("way", sa.String(12), nullable=False),
    sa.Column("label", sa.String(40), nullable=False),
    sa.Column("address", Sealed, nullable=False),
    sa.Column("secret", Sealed),
    sa.Column("digest", sa.Boolean, nullable=False),
    sa.Column("office_hours", sa.Boolean, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.CheckConstraint("rank > 0", name="rank"),
    sa.CheckConstraint("(way = 'webhook') = (secret IS NOT NULL)", name="secret"),
    sqlite_autoincrement=True,
)

staff_notices = sa.Table(
    "staff_notices",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("occasion", sa.String(64), nullable=False),
    sa.Column("case_id", Id, sa.ForeignKey("cases.id", ondelete="CASCADE")),
    sa.Column("alarm_id", Id),
    sa.Column("contact_id", Id, sa.ForeignKey("contacts.id", ondelete="CASCADE")),
    sa.Column("section", sa.String(64)),
    sa.Column("rank", sa.Integer, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("settled_at", Instant),
    sa.UniqueConstraint("case_id", "kind", "occasion"),
    sa.UniqueConstraint("alarm_id", "kind", "occasion"),
    sa.UniqueConstraint("contact_id", "kind", "occasion"),
    sa.CheckConstraint(
        "CASE WHEN case_id IS NULL THEN 0 ELSE 1 END + CASE WHEN alarm_id IS NULL THEN 0 ELSE 1 END"
        " + CASE WHEN contact_id IS NULL THEN 0 ELSE 1 END = 1",
        name="about_one",
    ),
    sa.CheckConstraint("(alarm_id IS NULL) OR (section IS NOT NULL)", name="alarm_section"),
    sa.CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name="settled"),
    sa.Index("ix_staff_notices_state_made_at", "state", "made_at"),
    sqlite_autoincrement=True,
)
"""What is to be told, once for each occasion. `rank`: who of the section is told, the first first."""

tellings = sa.Table(
    "tellings",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("notice_id", Id, sa.ForeignKey("staff_notices.id", ondelete="CASCADE"), nullable=False),
    sa.Column("contact_id", Id, sa.ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("way", sa.String(12), nullable=False),
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("body", sa.Text),
    sa.Column("retry_key", sa.String(36), nullable=False, unique=True),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("begun_at", Instant),
    sa.Column("may_be_doubled", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("done_at", Instant),
    sa.Column("why", sa.String(16)),
    sa.Column("status", sa.Integer),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("not_before", Instant, nullable=False),
    sa.Column("leased_until", Instant),
    sa.Column("leased_by", sa.String(40)),
    sa.UniqueConstraint("notice_id", "contact_id"),
    sa.Index(
        "ix_tellings_dead",
        "id",
        sqlite_where=sa.text("state = 'dead'"),
        postgresql_where=sa.text("state = 'dead'"),
    ),
    sa.Index(
        "ix_tellings_waiting",
        "way",
        "not_before",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    ),
    sqlite_autoincrement=True,
)
"""One notice to one contact: worked on as the outbox is."""
