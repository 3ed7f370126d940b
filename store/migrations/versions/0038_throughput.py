"""Indexes that the inbox and the outbox are taken by."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

WAITING = "state = 'waiting'"


def upgrade() -> None:
    for table in ("inbox", "outbox"):
        op.create_index(
            f"ix_{table}_next",
            table,
            ["not_before", "id"],
            sqlite_where=sa.text(WAITING),
            postgresql_where=sa.text(WAITING),
        )
