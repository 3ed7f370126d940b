"""What is said at once to who is in danger, and the numbers below it."""

import sqlalchemy as sa

from store.tables.columns import metadata, provenance

danger_lines = sa.Table(
    "danger_lines",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("hours", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    *provenance(),
)

danger_texts = sa.Table(
    "danger_texts",
    metadata,
    sa.Column("danger", sa.String(30), primary_key=True),
    sa.Column("severity", sa.String(10), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("lines", sa.JSON, nullable=False),
    sa.Column("cannot_speak", sa.JSON, nullable=False),
    *provenance(),
)

danger_translations = sa.Table(
    "danger_translations",
    metadata,
    sa.Column("danger", sa.String(30), primary_key=True),
    sa.Column("severity", sa.String(10), primary_key=True),
    sa.Column("language", sa.String(10), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    *provenance(),
)

danger_line_names = sa.Table(
    "danger_line_names",
    metadata,
    sa.Column("line", sa.String(64), primary_key=True),
    sa.Column("language", sa.String(10), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("hours", sa.Text, nullable=False),
    *provenance(),
)
