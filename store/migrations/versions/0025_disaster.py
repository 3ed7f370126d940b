"""Disaster mode: what was switched on, by whom, and until when."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _disasters()
    _measures()
    _acts()


def _disasters() -> None:
    op.create_table(
        "disasters",
        sa.Column("id", ID, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=True),
        sa.Column("lasts_minutes", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("proposed_by", ID, nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("how", sa.String(length=15), nullable=True),
        sa.Column("confirmed_by", ID, nullable=True),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(started_at IS NULL) = (confirmed_by IS NULL)", name=op.f("ck_disasters_confirmed")
        ),
        sa.CheckConstraint("(started_at IS NULL) = (expires_at IS NULL)", name=op.f("ck_disasters_expires")),
        sa.CheckConstraint("(ended_at IS NULL) = (state <> 'ended')", name=op.f("ck_disasters_ended")),
        sa.CheckConstraint("state <> 'on' OR started_at IS NOT NULL", name=op.f("ck_disasters_started")),
        *(
            sa.ForeignKeyConstraint([each], ["accounts.id"], name=op.f(f"fk_disasters_{each}"))
            for each in ("proposed_by", "confirmed_by", "ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disasters")),
        sqlite_autoincrement=True,
    )
    for alone in ("on", "proposed"):
        where = sa.text(f"state = '{alone}'")
        op.create_index(
            f"ix_disasters_one_{alone}",
            "disasters",
            ["state"],
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )


def _measures() -> None:
    op.create_table(
        "disaster_measures",
        sa.Column("id", ID, nullable=False),
        sa.Column("disaster_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        *(sa.Column(each, sa.Text(), nullable=False) for each in ("name", "ward", "words", "translated")),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("begins_at", INSTANT, nullable=True),
        sa.Column("ends_at", INSTANT, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("as_of", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("said_by", ID, nullable=False),
        sa.Column("said_at", INSTANT, nullable=False),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(ended_by IS NULL) = (ended_at IS NULL)", name=op.f("ck_disaster_measures_ended")
        ),
        _of_a_disaster("disaster_measures"),
        *(
            sa.ForeignKeyConstraint([each], ["accounts.id"], name=op.f(f"fk_disaster_measures_{each}"))
            for each in ("said_by", "ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disaster_measures")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_disaster_measures_disaster_id"), "disaster_measures", ["disaster_id"])
    standing = sa.text("ended_at IS NULL AND subject <> ''")
    op.create_index(
        "ix_disaster_measures_one_of_a_subject",
        "disaster_measures",
        ["disaster_id", "kind", "subject"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def _acts() -> None:
    op.create_table(
        "disaster_acts",
        sa.Column("id", ID, nullable=False),
        sa.Column("disaster_id", ID, nullable=False),
        sa.Column("act", sa.String(length=15), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("until", INSTANT, nullable=True),
        _of_a_disaster("disaster_acts"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_disaster_acts_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disaster_acts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_disaster_acts_disaster_id"), "disaster_acts", ["disaster_id"])


def _of_a_disaster(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_disaster_id")
    return sa.ForeignKeyConstraint(["disaster_id"], ["disasters.id"], name=name, ondelete="CASCADE")
