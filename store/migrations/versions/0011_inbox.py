"""Questions nobody could answer, by meaning."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
UNMATCHED = "(outcome = 'none' OR verdict IN ('none', 'did not help')) AND text IS NOT NULL"


def upgrade() -> None:
    # "none of these" did not fit into the column, which PostgreSQL minds.
    op.execute("UPDATE queries SET verdict = 'none' WHERE verdict = 'none of these'")
    _clusters()
    _clustered()
    _acts()
    op.create_index(
        "ix_queries_unmatched",
        "queries",
        ["id"],
        sqlite_where=sa.text(UNMATCHED),
        postgresql_where=sa.text(UNMATCHED),
    )


def _clusters() -> None:
    op.create_table(
        "clusters",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("entry_id", sa.String(length=64), nullable=True),
        sa.Column("merged_into", ID, nullable=True),
        sa.Column("looked", ID, server_default="0", nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clusters")),
        sqlite_autoincrement=True,
    )


def _clustered() -> None:
    op.create_table(
        "clustered",
        sa.Column("query_id", ID, nullable=False),
        sa.Column("cluster_id", ID, nullable=True),
        sa.Column("known_entry", sa.String(length=64), nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["query_id"], ["queries.id"], name=op.f("fk_clustered_query_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["cluster_id"], ["clusters.id"], name=op.f("fk_clustered_cluster_id")),
        sa.PrimaryKeyConstraint("query_id", name=op.f("pk_clustered")),
    )
    op.create_index(op.f("ix_clustered_cluster_id"), "clustered", ["cluster_id"])


def _acts() -> None:
    op.create_table(
        "cluster_acts",
        sa.Column("id", ID, nullable=False),
        sa.Column("cluster_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["cluster_id"], ["clusters.id"], name=op.f("fk_cluster_acts_cluster_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_cluster_acts_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster_acts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_cluster_acts_cluster_id"), "cluster_acts", ["cluster_id"])
