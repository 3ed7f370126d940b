"""The tables. A sealed column holds AES-GCM ciphertext (see `keyring`)."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database. SQLite keeps no time zone, so it is put back."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: object) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: object) -> datetime | None:
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Sealed = sa.LargeBinary


def _owner(nullable: bool = False) -> sa.Column[Any]:
    return sa.Column("resident_id", Id, sa.ForeignKey("residents.id", ondelete="CASCADE"), nullable=nullable)


def _work() -> list[sa.Column[Any]]:
    """What a row of work needs to be tried again later."""
    return [
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("not_before", Instant, nullable=False),
    ]


def _lease() -> list[sa.Column[Any]]:
    """What it needs to be worked on by one worker at a time, outside of a transaction."""
    return [sa.Column("leased_until", Instant), sa.Column("leased_by", sa.String(40))]


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
    sqlite_autoincrement=True,
)

resident_keys = sa.Table(
    "resident_keys",
    metadata,
    sa.Column("resident_id", Id, sa.ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("wrapped", Sealed, nullable=False),
)

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("event_id", sa.String(64), nullable=False, unique=True),
    _owner(nullable=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("occurred_at", Instant, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("may_reply", sa.Boolean, nullable=False),
    sa.Column("body", Sealed),
    sa.Column("done_at", Instant),
    *_work(),
    sa.Index(
        "ix_inbox_waiting",
        "resident_id",
        "occurred_at",
        "id",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    ),
    sqlite_autoincrement=True,
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", Id, primary_key=True),
    _owner(),
    sa.Column("inbox_id", Id, sa.ForeignKey("inbox.id", ondelete="SET NULL"), unique=True),
    sa.Column("body", Sealed),
    sa.Column("reply_token", Sealed),
    sa.Column("reply_until", Instant),
    sa.Column("retry_key", sa.String(36), nullable=False, unique=True),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("replied_at", Instant),
    sa.Column("pushed_at", Instant),
    sa.Column("may_be_doubled", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("done_at", Instant),
    sa.Column("http_status", sa.Integer),
    sa.Column("request_id", sa.String(64)),
    *_work(),
    *_lease(),
    sa.Index(
        "ix_outbox_waiting",
        "resident_id",
        "id",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    ),
    sqlite_autoincrement=True,
)

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
        "ix_relay_waiting",
        "id",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    ),
    sqlite_autoincrement=True,
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
    sqlite_autoincrement=True,
)

buttons = sa.Table(
    "buttons",
    metadata,
    sa.Column("token", sa.LargeBinary(32), primary_key=True),
    _owner(),
    sa.Column("act", sa.String(40), nullable=False),
    sa.Column("subject", Id, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("spent_at", Instant),
)


def _provenance() -> list[sa.Column[Any]]:
    return [
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("source_url", sa.Text, nullable=False),
        sa.Column("published_on", sa.Date),
        sa.Column("confirmed_on", sa.Date),
        sa.Column("valid_until", sa.Date),
        sa.Column("status", sa.String(10), nullable=False),
    ]


knowledge = sa.Table(
    "knowledge",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("version", Id, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
)

entries = sa.Table(
    "entries",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("tone", sa.String(12), nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("phrasings", sa.JSON, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("section", sa.Text, nullable=False),
    sa.Column("telephone", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    *_provenance(),
    sa.Column("tokens", sa.Text, nullable=False),
    sa.Column("analyzer_version", sa.Integer, nullable=False),
    sa.Column("fingerprint", sa.BigInteger),
    sa.Index("ix_entries_id_fingerprint", "id", "fingerprint"),  # read whole, without the rows
)

entry_vectors = sa.Table(
    "entry_vectors",
    metadata,
    sa.Column("entry_id", sa.String(64), primary_key=True),
    sa.Column("model", sa.String(200), primary_key=True),
    sa.Column("fingerprint", sa.LargeBinary(32), nullable=False),
    sa.Column("titles", sa.Integer, nullable=False),
    sa.Column("dimensions", sa.Integer, nullable=False),
    sa.Column("vectors", sa.LargeBinary, nullable=False),
    sa.Column("version", Id, nullable=False, index=True),
)

offices = sa.Table(
    "offices",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kana", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("ward", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("latitude", sa.Float),
    sa.Column("longitude", sa.Float),
    sa.Column("telephone", sa.Text, nullable=False),
    sa.Column("telephone_of", sa.Text, nullable=False),
    sa.Column("aliases", sa.JSON, nullable=False),
    sa.Column("hours", sa.Text, nullable=False),
    sa.Column("hours_note", sa.Text, nullable=False),
    sa.Column("description", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    sa.Column("english", sa.Text, nullable=False),
    sa.Column("remarks", sa.Text, nullable=False),
    sa.Column("municipality_code", sa.Text, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    *_provenance(),
)

shelters = sa.Table(
    "shelters",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("ward", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("latitude", sa.Float, nullable=False),
    sa.Column("longitude", sa.Float, nullable=False),
    sa.Column("for_everybody", sa.Boolean, nullable=False),
    sa.Column("remarks", sa.Text, nullable=False),
    *_provenance(),
)

synonyms = sa.Table(
    "synonyms",
    metadata,
    sa.Column("headword", sa.String(100), primary_key=True),
    sa.Column("words", sa.JSON, nullable=False),
    sa.Column("weight", sa.Float, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
)

sections = sa.Table(
    "sections",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("office", sa.String(64), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kana", sa.Text, nullable=False),
    sa.Column("aliases", sa.JSON, nullable=False),
    sa.Column("handles", sa.JSON, nullable=False),
    sa.Column("floor", sa.Text, nullable=False),
    sa.Column("telephone", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    *_provenance(),
)

procedures = sa.Table(
    "procedures",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("aliases", sa.JSON, nullable=False),
    sa.Column("section", sa.Text, nullable=False),
    sa.Column("done_at", sa.JSON, nullable=False),
    sa.Column("not_at", sa.JSON, nullable=False),
    sa.Column("why_not", sa.Text, nullable=False),
    sa.Column("condition", sa.Text, nullable=False),
    sa.Column("faq", sa.String(64)),
    *_provenance(),
)

hours = sa.Table(
    "hours",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("office", sa.String(64), nullable=False),
    sa.Column("section", sa.String(64)),
    sa.Column("service", sa.String(10), nullable=False),
    sa.Column("weekly", sa.Text, nullable=False),
    sa.Column("last_admission", sa.Integer, nullable=False),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
    sa.Column("span", sa.String(10), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    *_provenance(),
)

closures = sa.Table(
    "closures",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("office", sa.String(64)),
    sa.Column("section", sa.String(64)),
    sa.Column("service", sa.String(10)),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("first", sa.Date, nullable=False),
    sa.Column("last", sa.Date, nullable=False),
    sa.Column("opens", sa.Time),
    sa.Column("closes", sa.Time),
    sa.Column("reason", sa.Text, nullable=False),
    *_provenance(),
)

programmes = sa.Table(
    "programmes",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("aliases", sa.JSON, nullable=False),
    sa.Column("held_by", sa.Text, nullable=False),
    sa.Column("office", sa.String(64)),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("ward", sa.Text, nullable=False),
    sa.Column("frequency", sa.Text, nullable=False),
    sa.Column("recurrence", sa.Text, nullable=False),
    sa.Column("starts", sa.Time),
    sa.Column("ends", sa.Time),
    sa.Column("on_holidays", sa.Boolean, nullable=False),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
    sa.Column("booking", sa.Text, nullable=False),
    sa.Column("telephone", sa.Text, nullable=False),
    sa.Column("description", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    *_provenance(),
)

programme_days = sa.Table(
    "programme_days",
    metadata,
    sa.Column("programme", sa.String(64), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("held", sa.String(10), nullable=False),
    sa.Column("starts", sa.Time),
    sa.Column("ends", sa.Time),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    *_provenance(),
)

kinds = sa.Table(
    "kinds",
    metadata,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("kept_since", Instant, nullable=False),
)

labelled_questions = sa.Table(
    "labelled_questions",
    metadata,
    sa.Column("query_id", sa.String(64), primary_key=True),
    sa.Column("faq_id", sa.String(64), primary_key=True),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("relevance", sa.Integer, nullable=False),
    sa.Column("handler", sa.String(12), nullable=False),
)
