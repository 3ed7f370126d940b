"""Drafts on which the city asks for opinions, and the opinions."""

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
