"""Who made an edition where nobody signed in did: the service itself, or a command at the terminal."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("editions", sa.Column("unattended", sa.String(length=8), nullable=True))
    op.execute("UPDATE editions SET unattended = 'command' WHERE by_id IS NULL")
