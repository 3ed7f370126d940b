"""Sections that end and who follows them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sections", sa.Column("valid_from", sa.Date(), nullable=True))
    op.add_column("sections", sa.Column("valid_to", sa.Date(), nullable=True))
    op.add_column("sections", sa.Column("successor", sa.String(length=64), nullable=True))
    op.add_column("sections", sa.Column("former", sa.JSON(), server_default="[]", nullable=False))
