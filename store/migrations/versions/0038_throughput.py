"""Indexes that the inbox and the outbox are taken by."""

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
