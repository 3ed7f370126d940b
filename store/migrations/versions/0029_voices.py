"""What residents tell the city: proposals, letters to the mayor, and their categories."""

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
