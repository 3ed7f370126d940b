"""Photographs that residents send with what they tell the city."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "photographs",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=True),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("message_id", sa.String(length=64), nullable=True),
        sa.Column("form", sa.String(length=64), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("why", sa.String(length=16), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("bytes", sa.Integer(), nullable=True),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("leased_by", sa.String(length=40), nullable=True),
        sa.UniqueConstraint("resident_id", "message_id", name=op.f("uq_photographs_resident_id_message_id")),
        sa.CheckConstraint(
            "state <> 'waiting' OR message_id IS NOT NULL", name=op.f("ck_photographs_fetched")
        ),
        sa.CheckConstraint("(state = 'kept') = (picture IS NOT NULL)", name=op.f("ck_photographs_kept")),
        sa.CheckConstraint("(state = 'refused') = (why IS NOT NULL)", name=op.f("ck_photographs_refused")),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_photographs_resident_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_photographs_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photographs")),
        sqlite_autoincrement=True,
    )
    for column in ("case_id", "form", "made_at"):
        op.create_index(op.f(f"ix_photographs_{column}"), "photographs", [column])
    op.create_table(
        "photograph_keys",
        sa.Column("photograph_id", ID, autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photograph_id"],
            ["photographs.id"],
            name=op.f("fk_photograph_keys_photograph_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("photograph_id", name=op.f("pk_photograph_keys")),
    )
