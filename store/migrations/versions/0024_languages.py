"""The language in which a resident is answered, and whether they chose it themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("residents", sa.Column("language", sa.String(10), nullable=True))
    op.add_column(
        "residents",
        sa.Column("language_chosen", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
