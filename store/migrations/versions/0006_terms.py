"""On what terms programmes are booked."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "booking_terms",
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("sort", sa.String(length=10), nullable=False),
        sa.Column("modes", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("ahead", sa.Integer(), nullable=False),
        *_before("opens"),
        *_before("line_until"),
        *_before("phone_until"),
        sa.Column("line_share", sa.Integer(), nullable=True),
        sa.Column("residence", sa.JSON(), nullable=False),
        sa.Column("ages_least", sa.Integer(), nullable=True),
        sa.Column("ages_most", sa.Integer(), nullable=True),
        sa.Column("insurance", sa.JSON(), nullable=False),
        sa.Column("limit_times", sa.Integer(), nullable=True),
        sa.Column("limit_period", sa.String(length=10), nullable=True),
        sa.Column("exclusions", sa.JSON(), nullable=False),
        sa.Column("asks_opposing_party", sa.Boolean(), nullable=False),
        sa.Column("accommodations", sa.JSON(), nullable=False),
        sa.Column("allocation", sa.String(length=10), nullable=False),
        *_before("draw"),
        sa.Column("waiting_list", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("programme", name=op.f("pk_booking_terms")),
    )
    op.create_table(
        "closings",
        sa.Column("cause", sa.String(length=100), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("cause", name=op.f("pk_closings")),
    )
    op.create_table(
        "chores",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_chores")),
    )


def _before(name: str) -> list[sa.Column[Any]]:
    return [
        sa.Column(f"{name}_days", sa.Integer(), nullable=True),
        sa.Column(f"{name}_at", sa.Time(), nullable=True),
    ]
