"""What comes next is found by its time, and nothing else is: PostgreSQL read all that waits to find one resident's."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in ("inbox", "outbox"):
        op.drop_index(f"ix_{table}_next", table)
        which = sa.text("state = 'waiting' AND not_before IS NOT NULL")
        op.create_index(f"ix_{table}_next", table, ["not_before", "id"], postgresql_where=which)
