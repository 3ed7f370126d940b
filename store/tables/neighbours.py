"""Authorities that are not the city's."""

import sqlalchemy as sa

from store.tables.columns import metadata, provenance

neighbours = sa.Table(
    "neighbours",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("aliases", sa.JSON, nullable=False),
    sa.Column("deals", sa.JSON, nullable=False),
    sa.Column("leaves", sa.JSON, nullable=False),
    sa.Column("does", sa.Text, nullable=False),
    sa.Column("telephone", sa.Text, nullable=False),
    sa.Column("hours", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    *provenance(),
)
