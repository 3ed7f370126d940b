"""Dangers that staff are told of, and the texts of danger that they keep."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "danger_lines",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        *_provenance(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_danger_lines")),
    )
    op.create_table(
        "danger_texts",
        sa.Column("danger", sa.String(length=30), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("cannot_speak", sa.JSON(), nullable=False),
        *_provenance(),
        sa.PrimaryKeyConstraint("danger", "severity", name=op.f("pk_danger_texts")),
    )
    op.create_table(
        "alarm_rules",
        sa.Column("danger", sa.String(length=30), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=False),
        sa.Column("talks", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("danger", name=op.f("pk_alarm_rules")),
    )
    _alarms()


def _alarms() -> None:
    op.create_table(
        "alarms",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("danger", sa.String(length=30), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("seen_by", ID, nullable=True),
        sa.Column("seen_at", INSTANT, nullable=True),
        sa.Column("handled_by", ID, nullable=True),
        sa.Column("handled_at", INSTANT, nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(seen_by IS NULL) = (seen_at IS NULL)", name=op.f("ck_alarms_seen")),
        sa.CheckConstraint("(handled_by IS NULL) = (handled_at IS NULL)", name=op.f("ck_alarms_handled")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_alarms_resident_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["seen_by"], ["accounts.id"], name=op.f("fk_alarms_seen_by")),
        sa.ForeignKeyConstraint(["handled_by"], ["accounts.id"], name=op.f("fk_alarms_handled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_alarms_raised_at"), "alarms", ["raised_at"])
    op.create_index(
        "ix_alarms_resident_id_danger_raised_at", "alarms", ["resident_id", "danger", "raised_at"]
    )


def _provenance() -> list[sa.Column[object]]:
    return [
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
    ]
