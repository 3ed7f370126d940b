"""Drafts on which the city asks for opinions, and the opinions."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _plans()
    _opinion_groups()
    _opinions()
    _opinion_keys()
    _opinion_results()
    _opinion_acts()
    _notices_of_opinions()


def _plans() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=True),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("until", sa.Time(), nullable=True),
        sa.Column("ways", sa.Text(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("here", sa.Boolean(), nullable=False),
        sa.Column("asks_name", sa.Boolean(), nullable=False),
        sa.Column("results_on", sa.Date(), nullable=True),
        sa.Column("results_at", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
    )


def _opinion_groups() -> None:
    op.create_table(
        "opinion_groups",
        sa.Column("id", ID, nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("treatment", sa.String(length=12), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("opinions", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_groups")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_opinion_groups_plan_id"), "opinion_groups", ["plan_id"], unique=False)


def _opinions() -> None:
    op.create_table(
        "opinions",
        sa.Column("id", ID, nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("receipt", sa.String(length=7), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("resident_id", ID, nullable=True),
        sa.Column("entered_by", ID, nullable=True),
        sa.Column("person", ID, nullable=True),
        sa.Column("particulars_id", ID, nullable=True),
        sa.Column("wants_to_be_told", sa.Boolean(), nullable=False),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.Column("erased_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f("ck_opinions_withdrawn")
        ),
        sa.CheckConstraint(
            "erased_at IS NULL OR (words IS NULL AND resident_id IS NULL)", name=op.f("ck_opinions_erased")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["accounts.id"], name=op.f("fk_opinions_entered_by")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["opinion_groups.id"], name=op.f("fk_opinions_group_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["particulars_id"],
            ["particulars.id"],
            name=op.f("fk_opinions_particulars_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_opinions_resident_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinions")),
        sa.UniqueConstraint("once", name=op.f("uq_opinions_once")),
        sa.UniqueConstraint("receipt", name=op.f("uq_opinions_receipt")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_opinions_group_id"), "opinions", ["group_id"], unique=False)
    op.create_index(op.f("ix_opinions_particulars_id"), "opinions", ["particulars_id"], unique=False)
    op.create_index("ix_opinions_plan_id_state", "opinions", ["plan_id", "state"], unique=False)
    op.create_index(op.f("ix_opinions_resident_id"), "opinions", ["resident_id"], unique=False)


def _opinion_keys() -> None:
    op.create_table(
        "opinion_keys",
        sa.Column("opinion_id", ID, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opinion_id"], ["opinions.id"], name=op.f("fk_opinion_keys_opinion_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("opinion_id", name=op.f("pk_opinion_keys")),
    )


def _opinion_results() -> None:
    op.create_table(
        "opinion_results",
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("submitted_by", ID, nullable=True),
        sa.Column("submitted_at", INSTANT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("published_by", ID, nullable=True),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.Column("opinions", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_opinion_results_published")
        ),
        sa.CheckConstraint(
            "state <> 'published' OR (published_by <> submitted_by AND opinions IS NOT NULL AND people IS NOT NULL)",
            name=op.f("ck_opinion_results_approved"),
        ),
        sa.CheckConstraint(
            "state = 'draft' OR submitted_by IS NOT NULL", name=op.f("ck_opinion_results_submitted")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["accounts.id"], name=op.f("fk_opinion_results_published_by")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["accounts.id"], name=op.f("fk_opinion_results_submitted_by")
        ),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_opinion_results")),
    )
    op.create_index(
        op.f("ix_opinion_results_published_at"), "opinion_results", ["published_at"], unique=False
    )


def _opinion_acts() -> None:
    op.create_table(
        "opinion_acts",
        sa.Column("id", ID, nullable=False),
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_opinion_acts_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_acts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_opinion_acts_plan_id"), "opinion_acts", ["plan_id"], unique=False)


def _notices_of_opinions() -> None:
    """A notice is about a booking, a question that has found its answer, a case, or an opinion."""
    with op.batch_alter_table("notices", table_kwargs={"sqlite_autoincrement": True}) as notices:
        notices.drop_constraint(op.f("ck_notices_about_one"), type_="check")
        notices.add_column(sa.Column("opinion_id", ID, nullable=True))
        notices.create_foreign_key(
            op.f("fk_notices_opinion_id"), "opinions", ["opinion_id"], ["id"], ondelete="CASCADE"
        )
        notices.create_unique_constraint(
            op.f("uq_notices_opinion_id_kind_occasion"), ["opinion_id", "kind", "occasion"]
        )
        notices.create_check_constraint(
            op.f("ck_notices_about_one"),
            "CASE WHEN booking_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN query_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN case_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN opinion_id IS NULL THEN 0 ELSE 1 END = 1",
        )
