"""Voices that the city shares and publishes, after personal data is taken out."""

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
