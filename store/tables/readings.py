"""How names of places are read."""

import sqlalchemy as sa

from store.tables.columns import metadata, provenance

readings = sa.Table(
    "readings",
    metadata,
    sa.Column("word", sa.String(100), primary_key=True),
    sa.Column("reading", sa.Text, nullable=False),
    *provenance(),
)
