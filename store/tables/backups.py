"""Backups that were taken, and those that could not be."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, metadata

backups = sa.Table(
    "backups",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("begun_at", Instant, nullable=False),
    sa.Column("done_at", Instant, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("rows", Id),
    sa.Column("bytes", Id),
    sa.Column("problem", sa.Text),
    sa.CheckConstraint("(problem IS NULL) = (bytes IS NOT NULL)", name="taken_or_not"),
    sa.CheckConstraint("(problem IS NULL) = (rows IS NOT NULL)", name="counted"),
    sqlite_autoincrement=True,
)
