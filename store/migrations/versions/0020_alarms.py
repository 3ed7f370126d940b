"""Dangers that staff are told of, and the texts of danger that they keep."""

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
