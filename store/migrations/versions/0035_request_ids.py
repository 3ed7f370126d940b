"""The request by which an event came and an answer went, so that one line of the log leads to the next."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("inbox", "outbox", "notices"):
        op.add_column(table, sa.Column("origin", sa.String(length=64), nullable=True))
    # What is counted each time somebody looks whether all is well: few among millions.
    for table, state in (("inbox", "failed"), ("outbox", "dead"), ("relay", "dead"), ("tellings", "dead")):
        these = sa.text(f"state = '{state}'")
        op.create_index(f"ix_{table}_{state}", table, ["id"], sqlite_where=these, postgresql_where=these)
