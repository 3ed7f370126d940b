"""Callbacks, slips, calls for help, and who leads or is of a contractor."""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
