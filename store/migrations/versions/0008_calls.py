"""What operators log."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "calls",
        sa.Column("id", ID, nullable=False),
        sa.Column("operator_id", ID, nullable=False),
        sa.Column("once", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("sort", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("entry_id", sa.String(length=64), nullable=True),
        sa.Column("section", sa.String(length=64), nullable=True),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("query_id", ID, nullable=True),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("logged_at", INSTANT, nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.CheckConstraint("sort = 'application' OR outcome <> 'application'", name=op.f("ck_calls_applied")),
        sa.ForeignKeyConstraint(["operator_id"], ["accounts.id"], name=op.f("fk_calls_operator_id")),
        sa.ForeignKeyConstraint(
            ["query_id"], ["queries.id"], name=op.f("fk_calls_query_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("operator_id", "once", name=op.f("uq_calls_operator_id_once")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_calls_logged_at"), "calls", ["logged_at"])
    op.create_index(op.f("ix_calls_query_id"), "calls", ["query_id"])
