"""Proposals to work together with the city, by their stages."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
MOVES = (
    ("new", "submitted"),
    ("submitted", "advised"),
    ("submitted", "declined"),
    ("submitted", "withdrawn"),
    ("advised", "decided"),
    ("advised", "declined"),
    ("advised", "withdrawn"),
    ("decided", "agreed"),
    ("decided", "withdrawn"),
    ("agreed", "carried_out"),
    ("agreed", "withdrawn"),
    ("carried_out", "evaluated"),
)


def upgrade() -> None:
    moves = op.create_table(
        "collaboration_moves",
        sa.Column("before", sa.String(length=12), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("before", "stage", name=op.f("pk_collaboration_moves")),
    )
    op.bulk_insert(moves, [{"before": before, "stage": stage} for before, stage in MOVES])
    _drafts()
    _collaborations()
    _steps()
    _published()
    _notices_of_collaborations()
    _answerers()


def _drafts() -> None:
    op.create_table(
        "collaboration_drafts",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_collaboration_drafts_resident_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collaboration_drafts")),
        sqlite_autoincrement=True,
    )
    for column in ("begun_at", "resident_id"):
        op.create_index(op.f(f"ix_collaboration_drafts_{column}"), "collaboration_drafts", [column])


def _collaborations() -> None:
    op.create_table(
        "collaborations",
        sa.Column("id", ID, nullable=False),
        sa.Column("receipt", sa.String(length=7), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=False),
        sa.Column("resident_id", ID, nullable=True),
        sa.Column("particulars_id", ID, nullable=True),
        sa.Column("section", sa.String(length=64), nullable=False),
        *(
            sa.Column(name, sa.LargeBinary(), nullable=True)
            for name in ("title", "what", "why", "roles", "period", "cost")
        ),
        sa.Column("may_be_named", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", INSTANT, nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("kept_from", sa.Date(), nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("erased_at", INSTANT, nullable=True),
        sa.UniqueConstraint("receipt", name=op.f("uq_collaborations_receipt")),
        sa.UniqueConstraint("resident_id", "once", name=op.f("uq_collaborations_resident_id_once")),
        sa.CheckConstraint(
            "erased_at IS NULL OR (what IS NULL AND resident_id IS NULL)",
            name=op.f("ck_collaborations_erased"),
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_collaborations_resident_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["particulars_id"],
            ["particulars.id"],
            name=op.f("fk_collaborations_particulars_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collaborations")),
        sqlite_autoincrement=True,
    )
    for column in ("particulars_id", "section", "closed_at"):
        op.create_index(op.f(f"ix_collaborations_{column}"), "collaborations", [column])
    op.create_table(
        "collaboration_keys",
        sa.Column("collaboration_id", ID, autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        _of("collaboration_keys"),
        sa.PrimaryKeyConstraint("collaboration_id", name=op.f("pk_collaboration_keys")),
    )


def _steps() -> None:
    op.create_table(
        "collaboration_steps",
        sa.Column("id", ID, nullable=False),
        sa.Column("collaboration_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("after_number", sa.Integer(), nullable=True),
        sa.Column("before", sa.String(length=12), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("next_decides", sa.Text(), nullable=False),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        *_walk(),
        _of("collaboration_steps"),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_collaboration_steps_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collaboration_steps")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_collaboration_steps_stage"), "collaboration_steps", ["stage"])


def _walk() -> tuple[sa.Constraint, ...]:
    """Each step comes after the one before it, by a move that is allowed."""
    name = "collaboration_steps"
    return (
        sa.UniqueConstraint(
            "collaboration_id",
            "number",
            "stage",
            name=op.f(f"uq_{name}_collaboration_id_number_stage"),
        ),
        sa.UniqueConstraint("collaboration_id", "number", name=op.f(f"uq_{name}_collaboration_id_number")),
        sa.ForeignKeyConstraint(
            ["before", "stage"],
            ["collaboration_moves.before", "collaboration_moves.stage"],
            name=op.f(f"fk_{name}_move"),
        ),
        sa.ForeignKeyConstraint(
            ["collaboration_id", "after_number", "before"],
            [f"{name}.collaboration_id", f"{name}.number", f"{name}.stage"],
            name=op.f(f"fk_{name}_after"),
        ),
        sa.CheckConstraint("(number = 1) = (after_number IS NULL)", name=op.f(f"ck_{name}_first")),
        sa.CheckConstraint("(number = 1) = (before = 'new')", name=op.f(f"ck_{name}_begins")),
        sa.CheckConstraint("after_number IS NULL OR after_number = number - 1", name=op.f(f"ck_{name}_next")),
    )


def _published() -> None:
    op.create_table(
        "collaboration_agreements",
        sa.Column("collaboration_id", ID, autoincrement=False, nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("title", "summary", "partner", "citys_part", "partners_part")
        ),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.CheckConstraint("ends >= begins", name=op.f("ck_collaboration_agreements_in_order")),
        _of("collaboration_agreements"),
        _by("collaboration_agreements", "written_by"),
        sa.PrimaryKeyConstraint("collaboration_id", name=op.f("pk_collaboration_agreements")),
    )
    op.create_table(
        "collaboration_evaluations",
        sa.Column("collaboration_id", ID, autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("reached", "by_city", "by_partner")),
        sa.Column("written_by", ID, nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("published_by", ID, nullable=True),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(published_by IS NULL) = (published_at IS NULL)",
            name=op.f("ck_collaboration_evaluations_published"),
        ),
        sa.CheckConstraint(
            "published_by IS NULL OR published_by <> written_by",
            name=op.f("ck_collaboration_evaluations_by_another"),
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR (reached <> '' AND by_city <> '' AND by_partner <> '')",
            name=op.f("ck_collaboration_evaluations_whole"),
        ),
        _of("collaboration_evaluations"),
        _by("collaboration_evaluations", "written_by"),
        _by("collaboration_evaluations", "published_by"),
        sa.PrimaryKeyConstraint("collaboration_id", "year", name=op.f("pk_collaboration_evaluations")),
    )
    op.create_index("ix_collaboration_evaluations_year", "collaboration_evaluations", ["year"])


def _notices_of_collaborations() -> None:
    """A notice may be about a step of a proposal."""
    with op.batch_alter_table("notices", table_kwargs={"sqlite_autoincrement": True}) as notices:
        notices.drop_constraint(op.f("ck_notices_about_one"), type_="check")
        notices.add_column(sa.Column("collaboration_step_id", ID, nullable=True))
        notices.create_foreign_key(
            op.f("fk_notices_collaboration_step_id"),
            "collaboration_steps",
            ["collaboration_step_id"],
            ["id"],
            ondelete="CASCADE",
        )
        notices.create_unique_constraint(op.f("uq_notices_collaboration_step_id"), ["collaboration_step_id"])
        notices.create_check_constraint(op.f("ck_notices_about_one"), ABOUT_ONE)


def _answerers() -> None:
    """Who answers a labelled question may have a longer name."""
    with op.batch_alter_table("labelled_questions") as questions:
        questions.alter_column(
            "handler", existing_type=sa.String(length=12), type_=sa.String(length=20), existing_nullable=False
        )


ABOUT_ONE = (
    " + ".join(
        f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END"
        for column in ("booking_id", "query_id", "case_id", "opinion_id", "collaboration_step_id")
    )
    + " = 1"
)


def _of(table: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        ["collaboration_id"],
        ["collaborations.id"],
        name=op.f(f"fk_{table}_collaboration_id"),
        ondelete="CASCADE",
    )


def _by(table: str, column: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint([column], ["accounts.id"], name=op.f(f"fk_{table}_{column}"))
