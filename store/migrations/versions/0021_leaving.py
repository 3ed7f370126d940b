"""Who wants nothing of theirs to be kept."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "leaving",
        sa.Column("resident_id", ID, autoincrement=False, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("lightened", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_leaving_resident_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_leaving")),
    )
