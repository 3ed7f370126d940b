"""Who may come in: accounts of the people at the city, their sessions, one-time links, and what was done."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata, owner

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("shown", sa.Text, nullable=False),
    sa.Column("role", sa.String(12), nullable=False),
    sa.Column("section", sa.String(64)),
    sa.Column("personal", sa.Boolean, nullable=False),
    sa.Column("leads", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("outside", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("password", sa.Text),
    sa.Column("totp", Sealed),
    sa.Column("totp_step", Id),
    sa.Column("issuer", sa.Text),
    sa.Column("subject", sa.Text),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("signed_in_at", Instant),
    sa.UniqueConstraint("issuer", "subject"),
    sqlite_autoincrement=True,
)


def _account() -> sa.ForeignKey:
    return sa.ForeignKey("accounts.id", ondelete="CASCADE")


sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("digest", sa.LargeBinary(32), nullable=False, unique=True),
    sa.Column("account_id", Id, _account(), nullable=False, index=True),
    sa.Column("proven", sa.Boolean, nullable=False),
    sa.Column("device", sa.String(200), nullable=False),
    sa.Column("begun_at", Instant, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

tries = sa.Table(
    "tries",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("of", sa.LargeBinary(32), nullable=False),
    sa.Column("tried_at", Instant, nullable=False),
    sa.Index("ix_tries_of_tried_at", "of", "tried_at"),
    sqlite_autoincrement=True,
)

links = sa.Table(
    "links",
    metadata,
    sa.Column("digest", sa.LargeBinary(32), primary_key=True),
    sa.Column("purpose", sa.String(20), nullable=False),
    owner(nullable=True),
    sa.Column("account_id", Id, _account(), index=True),
    sa.Column("about", Id, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("spent_at", Instant),
    sa.CheckConstraint("resident_id IS NULL OR account_id IS NULL", name="one_owner"),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("place", Id, unique=True),
    sa.Column("at", Instant, nullable=False, index=True),
    sa.Column("actor", sa.String(12), nullable=False),
    sa.Column("actor_id", Id),
    sa.Column("act", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("subject", sa.String(64), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("chained", sa.LargeBinary(32)),
    sa.Index("ix_audit_kind_subject", "kind", "subject"),
    sqlite_autoincrement=True,
)

audit_head = sa.Table(
    "audit_head",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("first", Id, nullable=False),
    sa.Column("before_first", sa.LargeBinary(32), nullable=False),
    sa.Column("last", Id, nullable=False),
    sa.Column("chained", sa.LargeBinary(32), nullable=False),
)

run_settings = sa.Table(
    "run_settings",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
)
