"""What is sent in LINE, counted by day and by what it is about."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    about = sa.Column("about", sa.String(length=24), nullable=False, server_default="answer")
    op.add_column("outbox", about)
    op.create_table(
        "sendings",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("about", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "way", "about", name=op.f("pk_sendings")),
    )
