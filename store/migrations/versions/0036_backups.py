"""Backups that were taken, and those that could not be."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "backups",
        sa.Column("id", ID, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("rows", ID, nullable=True),
        sa.Column("bytes", ID, nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.CheckConstraint("(problem IS NULL) = (bytes IS NOT NULL)", name=op.f("ck_backups_taken_or_not")),
        sa.CheckConstraint("(problem IS NULL) = (rows IS NOT NULL)", name=op.f("ck_backups_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backups")),
        sqlite_autoincrement=True,
    )
