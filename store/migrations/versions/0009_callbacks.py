"""Callbacks, slips, calls for help, who leads or is of a contractor, and readings of places."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for right in ("leads", "outside"):
        op.add_column("accounts", sa.Column(right, sa.Boolean(), nullable=False, server_default=sa.false()))
    _callbacks()
    _slips()
    _calls_for_help()
    _readings()


def _callbacks() -> None:
    op.create_table(
        "callbacks",
        sa.Column("id", ID, nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("once", sa.String(length=64), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("promised_at", INSTANT, nullable=False),
        sa.Column("section", sa.String(length=64), nullable=True),
        sa.Column("about", sa.LargeBinary(), nullable=True),
        sa.Column("particulars_id", ID, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("taken_by", ID, nullable=True),
        sa.Column("taken_at", INSTANT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", INSTANT, nullable=True),
        sa.Column("reason", sa.String(length=12), nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name=op.f("ck_callbacks_settled")),
        sa.CheckConstraint("(state = 'given_up') = (reason IS NOT NULL)", name=op.f("ck_callbacks_given_up")),
        sa.CheckConstraint(
            "state = 'waiting' OR taken_by IS NOT NULL", name=op.f("ck_callbacks_by_somebody")
        ),
        *_accounts("callbacks", "made_by", "taken_by"),
        _particulars("callbacks"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callbacks")),
        sa.UniqueConstraint("made_by", "once", name=op.f("uq_callbacks_made_by_once")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_callbacks_particulars_id"), "callbacks", ["particulars_id"])
    op.create_index(op.f("ix_callbacks_settled_at"), "callbacks", ["settled_at"])
    op.create_index("ix_callbacks_state_promised_at", "callbacks", ["state", "promised_at"])


def _slips() -> None:
    op.create_table(
        "slips",
        sa.Column("id", ID, nullable=False),
        sa.Column("receipt", sa.String(length=7), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("once", sa.String(length=64), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("section", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("particulars_id", ID, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("taken_by", ID, nullable=True),
        sa.Column("taken_at", INSTANT, nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("result", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name=op.f("ck_slips_done")),
        sa.CheckConstraint("(state = 'new') = (taken_by IS NULL)", name=op.f("ck_slips_taken")),
        *_accounts("slips", "made_by", "taken_by"),
        _particulars("slips"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slips")),
        sa.UniqueConstraint("receipt", name=op.f("uq_slips_receipt")),
        sa.UniqueConstraint("made_by", "once", name=op.f("uq_slips_made_by_once")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_slips_particulars_id"), "slips", ["particulars_id"])
    op.create_index(op.f("ix_slips_done_at"), "slips", ["done_at"])
    op.create_index("ix_slips_section_state", "slips", ["section", "state"])


def _calls_for_help() -> None:
    op.create_table(
        "calls_for_help",
        sa.Column("id", ID, nullable=False),
        sa.Column("operator_id", ID, nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("answered_by", ID, nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(answered_by IS NULL) = (answered_at IS NULL)", name=op.f("ck_calls_for_help_answered")
        ),
        *_accounts("calls_for_help", "operator_id", "answered_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls_for_help")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_calls_for_help_ended_at"), "calls_for_help", ["ended_at"])
    is_open = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_calls_for_help_open",
        "calls_for_help",
        ["operator_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("word", sa.String(length=100), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_readings")),
    )


def _accounts(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], ["accounts.id"], name=op.f(f"fk_{table}_{column}"))
        for column in columns
    ]


def _particulars(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["particulars_id"],
        ["particulars.id"],
        name=op.f(f"fk_{table}_particulars_id"),
        ondelete="SET NULL",
    )
