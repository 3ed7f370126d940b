"""What is proposed to be changed in the knowledge, and what has been changed in it.

A record stands in a column as the cells of its file, by their headings, empty ones left out: a program that has more
columns reads it all the same.
"""

import json
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from store.tables.columns import Id, Instant, metadata


class CellsOfRecord(TypeDecorator[Mapping[str, str]]):
    """The cells of a record; NULL where there is none."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, str] | None, _dialect: object) -> str | None:
        filled = value and {name: cell for name, cell in value.items() if cell}
        return None if filled is None else json.dumps(filled, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, _dialect: object) -> dict[str, str] | None:
        return None if value is None else json.loads(value)


def _account(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, Id, sa.ForeignKey("accounts.id"), nullable=nullable)


proposals = sa.Table(
    "proposals",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("section", sa.String(64)),
    sa.Column("cluster_id", Id, sa.ForeignKey("clusters.id"), index=True),
    _account("by_id", nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    _account("changed_by_id", nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("submitted_at", Instant),
    _account("decided_by_id"),
    sa.Column("decided_at", Instant),
    sa.Column("publish_at", Instant),
    sa.Column("published_at", Instant),
    sa.Column("override", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("obstacle", sa.Text),
    sa.CheckConstraint("state <> 'approved' OR publish_at IS NOT NULL", name="approved_when"),
    sa.CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_when"),
    sa.CheckConstraint("decided_by_id IS NULL OR decided_by_id <> by_id", name="two_persons"),
    sa.Index("ix_proposals_state_publish_at", "state", "publish_at"),
    sqlite_autoincrement=True,
)

proposal_authors = sa.Table(
    "proposal_authors",
    metadata,
    sa.Column("proposal_id", Id, sa.ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("account_id", Id, sa.ForeignKey("accounts.id"), primary_key=True),
)

proposal_changes = sa.Table(
    "proposal_changes",
    metadata,
    sa.Column("proposal_id", Id, sa.ForeignKey("proposals.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("key", sa.String(400), nullable=False),
    sa.Column("sort", sa.String(8), nullable=False),
    sa.Column("before", CellsOfRecord),
    sa.Column("after", CellsOfRecord),
    sa.UniqueConstraint("proposal_id", "kind", "key"),
    sa.CheckConstraint("before IS NOT NULL OR after IS NOT NULL", name="something"),
    sa.Index("ix_proposal_changes_kind_key", "kind", "key"),
)

editions = sa.Table(
    "editions",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("at", Instant, nullable=False, index=True),
    _account("by_id"),
    sa.Column("unattended", sa.String(8)),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("proposal_id", Id, sa.ForeignKey("proposals.id"), unique=True),
    sa.Column("version", Id, nullable=False),
    sqlite_autoincrement=True,
)

revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("edition_id", Id, sa.ForeignKey("editions.id", ondelete="CASCADE"), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("key", sa.String(400), nullable=False),
    sa.Column("sort", sa.String(8), nullable=False),
    sa.Column("before", CellsOfRecord),
    sa.Column("after", CellsOfRecord),
    sa.CheckConstraint("before IS NOT NULL OR after IS NOT NULL", name="something"),
    sa.Index("ix_revisions_kind_key_id", "kind", "key", "id"),
    sa.Index("ix_revisions_edition_id_kind_sort", "edition_id", "kind", "sort"),
    sqlite_autoincrement=True,
)
