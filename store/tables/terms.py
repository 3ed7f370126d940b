"""On what terms programmes are booked, which closures their slots were closed for, and what the clock brings."""

from typing import Any

import sqlalchemy as sa

from store.tables.columns import Instant, metadata, provenance


def _before(name: str) -> list[sa.Column[Any]]:
    """So many days before, at that time in Japan; both or none."""
    return [sa.Column(f"{name}_days", sa.Integer), sa.Column(f"{name}_at", sa.Time)]


booking_terms = sa.Table(
    "booking_terms",
    metadata,
    sa.Column("programme", sa.String(64), primary_key=True),
    sa.Column("section", sa.String(64)),
    sa.Column("open", sa.Boolean, nullable=False),
    sa.Column("sort", sa.String(10), nullable=False),
    sa.Column("modes", sa.JSON, nullable=False),
    sa.Column("minutes", sa.Integer),
    sa.Column("seats", sa.Integer),
    sa.Column("ahead", sa.Integer, nullable=False),
    *_before("opens"),
    *_before("line_until"),
    *_before("phone_until"),
    sa.Column("line_share", sa.Integer),
    sa.Column("residence", sa.JSON, nullable=False),
    sa.Column("ages_least", sa.Integer),
    sa.Column("ages_most", sa.Integer),
    sa.Column("insurance", sa.JSON, nullable=False),
    sa.Column("limit_times", sa.Integer),
    sa.Column("limit_period", sa.String(10)),
    sa.Column("exclusions", sa.JSON, nullable=False),
    sa.Column("asks_opposing_party", sa.Boolean, nullable=False),
    sa.Column("accommodations", sa.JSON, nullable=False),
    sa.Column("allocation", sa.String(10), nullable=False),
    *_before("draw"),
    sa.Column("waiting_list", sa.Boolean, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    *provenance(),
)

closings = sa.Table(
    "closings",
    metadata,
    sa.Column("cause", sa.String(100), primary_key=True),
    sa.Column("applied_at", Instant, nullable=False),
)

chores = sa.Table(
    "chores",
    metadata,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("begun_at", Instant, nullable=False),
    sa.Column("done_at", Instant),
    sa.Column("failed_at", Instant),
)
