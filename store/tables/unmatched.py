"""Questions that nobody could answer, by meaning: clusters, which question is in which, and what staff did."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, metadata

clusters = sa.Table(
    "clusters",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("version", Id, nullable=False),
    sa.Column("label", sa.Text),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("section", sa.String(64)),
    sa.Column("reason", sa.Text),
    sa.Column("entry_id", sa.String(64)),
    sa.Column("merged_into", Id),  # no foreign key: a backup brings rows back in the order of their ids
    sa.Column(
        "looked", Id, nullable=False, server_default="0"
    ),  # the version of the knowledge that was asked last
    sa.Column("made_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

clustered = sa.Table(
    "clustered",
    metadata,
    sa.Column("query_id", Id, sa.ForeignKey("queries.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("cluster_id", Id, sa.ForeignKey("clusters.id")),
    sa.Column("known_entry", sa.String(64)),
    sa.Column("settled_at", Instant),
    sa.Index("ix_clustered_cluster_id_query_id", "cluster_id", "query_id"),
)

cluster_acts = sa.Table(
    "cluster_acts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("cluster_id", Id, sa.ForeignKey("clusters.id"), nullable=False, index=True),
    sa.Column("account_id", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("act", sa.String(12), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("version", Id, nullable=False),
    sa.Column("before", sa.JSON, nullable=False),
    sa.Column("undone_at", Instant),
    sqlite_autoincrement=True,
)
