"""Meetings with the mayor and other hearings; the ways to be heard when something went wrong."""

import sqlalchemy as sa

from store.tables.columns import metadata, provenance

hearings = sa.Table(
    "hearings",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("aliases", sa.JSON, nullable=False),
    sa.Column("sort", sa.Text, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("day", sa.Date),
    sa.Column("dates", sa.Text, nullable=False),
    sa.Column("starts", sa.Time),
    sa.Column("ends", sa.Time),
    sa.Column("office", sa.String(64)),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("ward", sa.Text, nullable=False),
    sa.Column("theme", sa.Text, nullable=False),
    sa.Column("whom", sa.Text, nullable=False),
    sa.Column("programme", sa.String(64)),
    sa.Column("apply", sa.Text, nullable=False),
    sa.Column("apply_by", sa.Date),
    sa.Column("people", sa.Integer),
    sa.Column("report", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    *provenance(),
)

ways = sa.Table(
    "ways",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("aliases", sa.JSON, nullable=False),
    sa.Column("need", sa.Text, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("whom", sa.Text, nullable=False),
    sa.Column("limits", sa.Text, nullable=False),
    sa.Column("how", sa.Text, nullable=False),
    sa.Column("telephone", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    sa.Column("entry", sa.String(64)),
    sa.Column("place", sa.Integer, nullable=False),
    *provenance(),
)
