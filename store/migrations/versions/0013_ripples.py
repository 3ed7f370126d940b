"""What a proposal would change, and who is to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _ripples()
    _flips()
    _to_tell()
    _notices_of_answers()


def _ripples() -> None:
    op.create_table(
        "ripples",
        sa.Column("proposal_id", ID, autoincrement=False, nullable=False),
        sa.Column("proposal_version", sa.Integer(), nullable=False),
        sa.Column("knowledge_version", ID, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("last_label", sa.String(length=64), nullable=False),
        sa.Column("last_query", ID, nullable=False),
        sa.Column("replayed", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_ripples_proposal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_ripples")),
    )


def _flips() -> None:
    op.create_table(
        "ripple_flips",
        sa.Column("id", ID, nullable=False),
        sa.Column("proposal_id", ID, nullable=False),
        sa.Column("label", sa.String(length=64), nullable=True),
        sa.Column("query_id", ID, nullable=True),
        sa.Column("effect", sa.String(length=10), nullable=False),
        sa.Column("before_outcome", sa.String(length=8), nullable=False),
        sa.Column("before_entries", sa.JSON(), nullable=False),
        sa.Column("after_outcome", sa.String(length=8), nullable=False),
        sa.Column("after_entries", sa.JSON(), nullable=False),
        sa.CheckConstraint("(label IS NULL) <> (query_id IS NULL)", name=op.f("ck_ripple_flips_of_one")),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["ripples.proposal_id"],
            name=op.f("fk_ripple_flips_proposal_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["query_id"], ["queries.id"], name=op.f("fk_ripple_flips_query_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ripple_flips")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ripple_flips_proposal_id"), "ripple_flips", ["proposal_id"])
    op.create_index(op.f("ix_ripple_flips_query_id"), "ripple_flips", ["query_id"])


def _to_tell() -> None:
    op.create_table(
        "to_tell",
        sa.Column("query_id", ID, autoincrement=False, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["query_id"], ["queries.id"], name=op.f("fk_to_tell_query_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_to_tell_resident_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("query_id", name=op.f("pk_to_tell")),
    )
    op.create_index(op.f("ix_to_tell_asked_at"), "to_tell", ["asked_at"])
    op.create_index("ix_to_tell_resident_id", "to_tell", ["resident_id"])


def _notices_of_answers() -> None:
    """A notice is about a booking, or about a question that has found its answer."""
    with op.batch_alter_table("notices", table_kwargs={"sqlite_autoincrement": True}) as notices:
        notices.alter_column("booking_id", existing_type=ID, nullable=True)
        notices.add_column(sa.Column("query_id", ID, nullable=True))
        notices.add_column(sa.Column("entry_id", sa.String(length=64), nullable=True))
        notices.create_foreign_key(
            op.f("fk_notices_query_id"), "queries", ["query_id"], ["id"], ondelete="CASCADE"
        )
        notices.create_check_constraint(
            op.f("ck_notices_about_one"), "(booking_id IS NULL) <> (query_id IS NULL)"
        )
        notices.create_check_constraint(
            op.f("ck_notices_answered_by"), "(query_id IS NULL) = (entry_id IS NULL)"
        )
        notices.create_index(op.f("ix_notices_query_id"), ["query_id"])
