"""Disasters: rehearsed, proposed, on, ended; what is said while they last; who did what."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, metadata

disasters = sa.Table(
    "disasters",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("section", sa.String(64)),
    sa.Column("lasts_minutes", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("edition", sa.Integer, nullable=False),
    sa.Column("proposed_by", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("proposed_at", Instant, nullable=False),
    sa.Column("how", sa.String(15)),
    sa.Column("confirmed_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("started_at", Instant),
    sa.Column("expires_at", Instant),
    sa.Column("ended_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("ended_at", Instant),
    sa.CheckConstraint("(started_at IS NULL) = (confirmed_by IS NULL)", name="confirmed"),
    sa.CheckConstraint("(started_at IS NULL) = (expires_at IS NULL)", name="expires"),
    sa.CheckConstraint("(ended_at IS NULL) = (state <> 'ended')", name="ended"),
    sa.CheckConstraint("state <> 'on' OR started_at IS NOT NULL", name="started"),
    sqlite_autoincrement=True,
)
"""`version` rises with what is decided about it, `edition` also with each thing that is said."""

for _alone in ("on", "proposed"):
    _of_the_state = sa.text(f"state = '{_alone}'")
    sa.Index(
        f"ix_disasters_one_{_alone}",
        disasters.c.state,
        unique=True,
        sqlite_where=_of_the_state,
        postgresql_where=_of_the_state,
    )

_standing = sa.text("ended_at IS NULL AND subject <> ''")

disaster_measures = sa.Table(
    "disaster_measures",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column(
        "disaster_id", Id, sa.ForeignKey("disasters.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("kind", sa.String(15), nullable=False),
    sa.Column("subject", sa.String(100), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("ward", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("translated", sa.Text, nullable=False),
    sa.Column("latitude", sa.Float),
    sa.Column("longitude", sa.Float),
    sa.Column("begins_at", Instant),
    sa.Column("ends_at", Instant),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("source_url", sa.Text, nullable=False),
    sa.Column("as_of", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("said_by", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("said_at", Instant, nullable=False),
    sa.Column("ended_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("ended_at", Instant),
    sa.Index(
        "ix_disaster_measures_one_of_a_subject",
        "disaster_id",
        "kind",
        "subject",
        unique=True,
        sqlite_where=_standing,
        postgresql_where=_standing,
    ),
    sa.CheckConstraint("(ended_by IS NULL) = (ended_at IS NULL)", name="ended"),
    sqlite_autoincrement=True,
)
"""A change ends the row and writes another, so that what was said when stays to be read."""

disaster_acts = sa.Table(
    "disaster_acts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column(
        "disaster_id", Id, sa.ForeignKey("disasters.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("act", sa.String(15), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("account_id", Id, sa.ForeignKey("accounts.id")),
    sa.Column("until", Instant),
    sqlite_autoincrement=True,
)
"""What was decided about a disaster; the service itself where there is no account."""
