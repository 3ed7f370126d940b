"""Disaster mode: what was switched on, by whom, and until when."""

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
