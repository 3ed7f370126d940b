"""Indexes for a city of a million: what the sweep and the figures look for is found without reading everything."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE inbox SET done_at = received_at WHERE state <> 'waiting' AND done_at IS NULL")
    _where("ix_inbox_ended", "inbox", ["done_at"], "state <> 'waiting'")
    _where("ix_outbox_ended", "outbox", ["done_at"], "state <> 'waiting'")
    _where("ix_queries_worded", "queries", ["asked_at"], "text IS NOT NULL")
    _where("ix_residents_left", "residents", ["last_seen"], "NOT follows")
    op.create_index("ix_slots_ends_at", "slots", ["ends_at"])
    op.create_index("ix_bookings_made_at", "bookings", ["made_at"])
    op.create_index("ix_clustered_cluster_id_query_id", "clustered", ["cluster_id", "query_id"])
    op.drop_index("ix_clustered_cluster_id", "clustered")


def _where(name: str, table: str, columns: list[str], which: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(which), postgresql_where=sa.text(which))
