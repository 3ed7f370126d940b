"""Notices by choice: what residents want to hear of, and what was sent to them."""

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
