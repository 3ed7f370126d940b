"""What entries say in plain Japanese and in other languages."""

import sqlalchemy as sa

from store.tables.columns import metadata, provenance

translations = sa.Table(
    "translations",
    metadata,
    sa.Column("entry", sa.String(64), primary_key=True),
    sa.Column("language", sa.String(10), primary_key=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    *provenance(),
)
