"""Notices by choice: what residents want to hear of, and what was sent to them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _line_plan()
    _topics()
    _mailings()
    _subscribers()
    _mailing_authors()
    _mailing_batches()
    _mailing_recipients()
    _mailing_words()
    _subscriptions()


def _line_plan() -> None:
    op.create_table(
        "line_plan",
        sa.Column("as_of", INSTANT, nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("as_of", name=op.f("pk_line_plan")),
    )


def _topics() -> None:
    op.create_table(
        "topics",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("easy", sa.Text(), nullable=False),
        sa.Column("english", sa.Text(), nullable=False),
        sa.Column("simplified", sa.Text(), nullable=False),
        sa.Column("traditional", sa.Text(), nullable=False),
        sa.Column("korean", sa.Text(), nullable=False),
        sa.Column("vietnamese", sa.Text(), nullable=False),
        *_provenance(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
    )


def _mailings() -> None:
    op.create_table(
        "mailings",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("wards", sa.JSON(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=True),
        sa.Column("send_at", INSTANT, nullable=True),
        sa.Column("not_after", INSTANT, nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("submitted_at", INSTANT, nullable=True),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("stopped_by", ID, nullable=True),
        sa.Column("unit", sa.String(length=30), nullable=False),
        sa.Column("full_since", INSTANT, nullable=True),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.Column("turned_off", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=True),
        sa.Column("clicked", sa.Integer(), nullable=True),
        sa.Column("read_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["accounts.id"], name=op.f("fk_mailings_decided_by")),
        sa.ForeignKeyConstraint(["stopped_by"], ["accounts.id"], name=op.f("fk_mailings_stopped_by")),
        sa.ForeignKeyConstraint(["written_by"], ["accounts.id"], name=op.f("fk_mailings_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailings")),
        sa.UniqueConstraint("unit", name=op.f("uq_mailings_unit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_mailings_state"), "mailings", ["state"], unique=False)


def _subscribers() -> None:
    op.create_table(
        "subscribers",
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("ward", sa.Text(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_subscribers_resident_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_subscribers")),
    )


def _mailing_authors() -> None:
    op.create_table(
        "mailing_authors",
        sa.Column("mailing_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_mailing_authors_account_id")),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["mailings.id"], name=op.f("fk_mailing_authors_mailing_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mailing_id", "account_id", name=op.f("pk_mailing_authors")),
    )


def _mailing_batches() -> None:
    op.create_table(
        "mailing_batches",
        sa.Column("id", ID, nullable=False),
        sa.Column("mailing_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("leased_by", sa.String(length=40), nullable=True),
        sa.Column("retry_key", sa.String(length=36), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("tried_at", INSTANT, nullable=True),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.String(length=64), nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["mailings.id"], name=op.f("fk_mailing_batches_mailing_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_batches")),
        sa.UniqueConstraint("mailing_id", "number", name=op.f("uq_mailing_batches_mailing_id_number")),
        sa.UniqueConstraint("retry_key", name=op.f("uq_mailing_batches_retry_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_mailing_batches_waiting",
        "mailing_batches",
        ["not_before", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def _mailing_recipients() -> None:
    op.create_table(
        "mailing_recipients",
        sa.Column("mailing_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["mailings.id"], name=op.f("fk_mailing_recipients_mailing_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_mailing_recipients_resident_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("mailing_id", "resident_id", name=op.f("pk_mailing_recipients")),
    )
    op.create_index(
        "ix_mailing_recipients_mailing_id_batch", "mailing_recipients", ["mailing_id", "batch"], unique=False
    )
    op.create_index("ix_mailing_recipients_resident_id", "mailing_recipients", ["resident_id"], unique=False)


def _mailing_words() -> None:
    op.create_table(
        "mailing_words",
        sa.Column("mailing_id", ID, nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["mailings.id"], name=op.f("fk_mailing_words_mailing_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("mailing_id", "language", name=op.f("pk_mailing_words")),
    )


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("topic_id", sa.String(length=64), nullable=False),
        sa.Column("chosen_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["subscribers.resident_id"],
            name=op.f("fk_subscriptions_resident_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("resident_id", "topic_id", name=op.f("pk_subscriptions")),
    )
    op.create_index(op.f("ix_subscriptions_topic_id"), "subscriptions", ["topic_id"], unique=False)


def _provenance() -> list[sa.Column[Any]]:
    return [
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
    ]
