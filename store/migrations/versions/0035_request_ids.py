"""The request by which an event came and an answer went, so that one line of the log leads to the next."""

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
