"""Whether a question without an answer was put with its like: the chore finds the others without reading all."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

UNGATHERED = "(outcome = 'none' OR verdict IN ('none', 'did not help')) AND text IS NOT NULL AND NOT gathered"


def upgrade() -> None:
    op.add_column("queries", sa.Column("gathered", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("UPDATE queries SET gathered = true WHERE id IN (SELECT query_id FROM clustered)")
    op.drop_index("ix_queries_unmatched", "queries")
    op.create_index(
        "ix_queries_ungathered",
        "queries",
        ["id"],
        sqlite_where=sa.text(UNGATHERED),
        postgresql_where=sa.text(UNGATHERED),
    )
