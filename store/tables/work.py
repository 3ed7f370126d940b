"""What came and what is to be sent, until it is done."""

from typing import Any

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata, owner


def _work() -> list[sa.Column[Any]]:
    """What a row of work needs to be tried again later."""
    return [
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("not_before", Instant, nullable=False),
    ]


def waits(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Rows that wait. The state is written out: a parameter would keep a prepared statement from the index of those."""
    return table.c.state == sa.literal_column("'waiting'")


def _lease() -> list[sa.Column[Any]]:
    """What it needs to be worked on by one worker at a time, outside of a transaction."""
    return [sa.Column("leased_until", Instant), sa.Column("leased_by", sa.String(40))]


_ENDED = sa.text("state <> 'waiting'")
"""What only the sweep looks for: indexed by when it ended, so that an hour's look does not read a month's rows."""

_BY_TIME = sa.text("state = 'waiting' AND not_before IS NOT NULL")
"""No row is without a time, but only who asks for a time is offered an index of this: where statistics say that nothing
waits, PostgreSQL would find what waits of one resident in it, by reading all that does."""

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("event_id", sa.String(64), nullable=False, unique=True),
    owner(nullable=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("occurred_at", Instant, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("may_reply", sa.Boolean, nullable=False),
    sa.Column("body", Sealed),
    sa.Column("done_at", Instant),
    sa.Column("origin", sa.String(64)),
    *_work(),
    sa.Index(
        "ix_inbox_failed",
        "id",
        sqlite_where=sa.text("state = 'failed'"),
        postgresql_where=sa.text("state = 'failed'"),
    ),
    sa.Index(
        "ix_inbox_waiting",
        "resident_id",
        "occurred_at",
        "id",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    ),
    sa.Index(
        "ix_inbox_next",
        "not_before",
        "id",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=_BY_TIME,
    ),
    sa.Index("ix_inbox_ended", "done_at", sqlite_where=_ENDED, postgresql_where=_ENDED),
    sqlite_autoincrement=True,
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", Id, primary_key=True),
    owner(),
    sa.Column("inbox_id", Id, sa.ForeignKey("inbox.id", ondelete="SET NULL"), unique=True),
    # No foreign key: a notice goes in its own time, and SQLite would copy the whole table to get one.
    sa.Column("notice_id", Id),
    sa.Column("not_after", Instant),
    sa.Column("body", Sealed),
    sa.Column("reply_token", Sealed),
    sa.Column("reply_until", Instant),
    sa.Column("retry_key", sa.String(36), nullable=False, unique=True),
    sa.Column("about", sa.String(24), nullable=False, server_default="answer"),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("replied_at", Instant),
    sa.Column("pushed_at", Instant),
    sa.Column("may_be_doubled", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("done_at", Instant),
    sa.Column("http_status", sa.Integer),
    sa.Column("request_id", sa.String(64)),
    sa.Column("origin", sa.String(64)),
    *_work(),
    *_lease(),
    sa.Index(
        "ix_outbox_dead",
        "id",
        sqlite_where=sa.text("state = 'dead'"),
        postgresql_where=sa.text("state = 'dead'"),
    ),
    sa.Index(
        "ix_outbox_waiting",
        "resident_id",
        "id",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    ),
    sa.Index(
        "ix_outbox_next",
        "not_before",
        "id",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=_BY_TIME,
    ),
    sa.Index("ix_outbox_ended", "done_at", sqlite_where=_ENDED, postgresql_where=_ENDED),
    sqlite_autoincrement=True,
)

undelivered = sa.Table(
    "undelivered",
    metadata,
    sa.Column("outbox_id", Id, sa.ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("why", sa.String(10), nullable=False),
    sa.Column("given_up_at", Instant, nullable=False, index=True),
    sa.Column("settled_at", Instant),
    sa.Column("settled_as", sa.String(10)),
    sa.CheckConstraint("(settled_at IS NULL) = (settled_as IS NULL)", name="settled"),
)
"""What was given up, until somebody at the city has seen to it; its words stay sealed in the outbox so long."""

relay = sa.Table(
    "relay",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("fingerprint", sa.LargeBinary(32), nullable=False, unique=True),
    sa.Column("body", Sealed),
    sa.Column("signature", sa.String(64), nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("done_at", Instant),
    sa.Column("http_status", sa.Integer),
    *_work(),
    *_lease(),
    sa.Index(
        "ix_relay_dead",
        "id",
        sqlite_where=sa.text("state = 'dead'"),
        postgresql_where=sa.text("state = 'dead'"),
    ),
    sa.Index(
        "ix_relay_waiting",
        "id",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    ),
    sqlite_autoincrement=True,
)

sendings = sa.Table(
    "sendings",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("way", sa.String(8), primary_key=True),
    sa.Column("about", sa.String(24), primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
)
"""Rows of the outbox go in time, and with who is erased; what they cost is counted here."""
