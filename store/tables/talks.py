"""Residents, their keys, and what was said with them."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata, owner

system_keys = sa.Table(
    "system_keys",
    metadata,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("wrapped", Sealed, nullable=False),
)

residents = sa.Table(
    "residents",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("lookup", sa.LargeBinary(32), nullable=False, unique=True),
    sa.Column("address", Sealed, nullable=False),
    sa.Column("follows", sa.Boolean, nullable=False),
    sa.Column("first_seen", Instant, nullable=False),
    sa.Column("last_seen", Instant, nullable=False),
    sa.Column("language", sa.String(10)),
    sa.Column("language_chosen", sa.Boolean, nullable=False, server_default=sa.false()),
    sqlite_autoincrement=True,
)

_LEFT = sa.text("NOT follows")
sa.Index("ix_residents_left", residents.c.last_seen, sqlite_where=_LEFT, postgresql_where=_LEFT)

resident_keys = sa.Table(
    "resident_keys",
    metadata,
    sa.Column("resident_id", Id, sa.ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("wrapped", Sealed, nullable=False),
)

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("resident_id", Id, sa.ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("topic", sa.String(40), nullable=False),
    sa.Column("slots", Sealed, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
)

queries = sa.Table(
    "queries",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("resident_id", Id, sa.ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    sa.Column("message_ids", sa.Text, nullable=False),
    sa.Column("channel", sa.String(12), nullable=False),
    sa.Column("asked_at", Instant, nullable=False, index=True),
    sa.Column("text", Sealed),
    sa.Column("handler", sa.String(40), nullable=False),
    sa.Column("outcome", sa.String(12), nullable=False),
    sa.Column("entry_id", sa.String(64)),
    sa.Column("score", sa.Float),
    sa.Column("verdict", sa.String(12)),
    sa.Column("gathered", sa.Boolean, nullable=False, server_default=sa.false()),
    sqlite_autoincrement=True,
)

UNGATHERED = sa.text(
    "(outcome = 'none' OR verdict IN ('none', 'did not help')) AND text IS NOT NULL AND NOT gathered"
)
"""A question with its words that found no answer, or none that helped, and that was not looked at yet to put it with
its like; in the words of the index below, or SQLite would not use it."""
_WORDED = sa.text("text IS NOT NULL")
sa.Index("ix_queries_worded", queries.c.asked_at, sqlite_where=_WORDED, postgresql_where=_WORDED)
"""Years of questions stay for the figures; the sweep looks for those that still have words."""
sa.Index("ix_queries_ungathered", queries.c.id, sqlite_where=UNGATHERED, postgresql_where=UNGATHERED)

buttons = sa.Table(
    "buttons",
    metadata,
    sa.Column("token", sa.LargeBinary(32), primary_key=True),
    owner(),
    sa.Column("act", sa.String(40), nullable=False),
    sa.Column("subject", Id, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("spent_at", Instant),
)
