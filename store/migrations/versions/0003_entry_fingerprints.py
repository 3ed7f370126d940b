"""A fingerprint of each entry and its words, by which a process tells what has changed since it looked."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Empty until `store.knowledge.renew` has filled it, and in rows that an earlier version of the program writes.
    op.add_column("entries", sa.Column("fingerprint", sa.BigInteger(), nullable=True))
    op.create_index("ix_entries_id_fingerprint", "entries", ["id", "fingerprint"])
