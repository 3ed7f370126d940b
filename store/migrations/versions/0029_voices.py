"""What residents tell the city: proposals, letters to the mayor, and their categories."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _voices()
    _categories()
    _once_of_forms()


def _voices() -> None:
    op.create_table(
        "voices",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=True),
        sa.Column("place", sa.LargeBinary(), nullable=True),
        sa.Column("may_publish", sa.Boolean(), nullable=False),
        sa.Column("wants_answer", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("joined_to", ID, nullable=True),
        sa.CheckConstraint("joined_to <> case_id", name=op.f("ck_voices_joined")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_voices_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["joined_to"], ["cases.id"], name=op.f("fk_voices_joined_to")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_voices")),
    )
    op.create_index(op.f("ix_voices_joined_to"), "voices", ["joined_to"], unique=False)
    op.create_index(op.f("ix_voices_received_on"), "voices", ["received_on"], unique=False)


def _categories() -> None:
    op.create_table(
        "voice_categories",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=True),
        sa.Column("asks_place", sa.Boolean(), nullable=False),
        sa.Column("asks_photograph", sa.Boolean(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("easy", sa.Text(), nullable=False),
        sa.Column("english", sa.Text(), nullable=False),
        sa.Column("simplified", sa.Text(), nullable=False),
        sa.Column("traditional", sa.Text(), nullable=False),
        sa.Column("korean", sa.Text(), nullable=False),
        sa.Column("vietnamese", sa.Text(), nullable=False),
        *_provenance(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice_categories")),
    )


def _provenance() -> list[sa.Column[Any]]:
    return [
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
    ]


def _once_of_forms() -> None:
    """A form that anybody may send makes one case, however often it is sent."""
    forms = sa.text("origin = 'form'")
    op.create_index(
        "ix_cases_once_form", "cases", ["once"], unique=True, sqlite_where=forms, postgresql_where=forms
    )
