"""Cases: what residents and callers hand to a person, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _cases()
    _keys()
    _entries()
    _looks()
    _notices_of_cases()


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", ID, nullable=False),
        sa.Column("receipt", sa.String(length=7), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=False),
        sa.Column("resident_id", ID, nullable=True),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("section", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=True),
        sa.Column("entry_id", sa.String(length=64), nullable=True),
        sa.Column("ward", sa.String(length=40), nullable=False),
        sa.Column("reach", sa.String(length=12), nullable=False),
        sa.Column("particulars_id", ID, nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("ending", sa.String(length=12), nullable=True),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("first_promised_at", INSTANT, nullable=True),
        sa.Column("promised_at", INSTANT, nullable=True),
        sa.Column("waits_since", INSTANT, nullable=False),
        sa.Column("taken_by", ID, nullable=True),
        sa.Column("taken_at", INSTANT, nullable=True),
        sa.Column("acted_at", INSTANT, nullable=True),
        sa.Column("first_answered_at", INSTANT, nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("erased_at", INSTANT, nullable=True),
        *_held_by_the_database(),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_cases_resident_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_cases_made_by")),
        sa.ForeignKeyConstraint(
            ["particulars_id"], ["particulars.id"], name=op.f("fk_cases_particulars_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["taken_by"], ["accounts.id"], name=op.f("fk_cases_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sqlite_autoincrement=True,
    )
    for column in ("particulars_id", "opened_at", "closed_at"):
        op.create_index(op.f(f"ix_cases_{column}"), "cases", [column])
    op.create_index("ix_cases_section_state", "cases", ["section", "state"])
    op.create_index("ix_cases_state_promised_at", "cases", ["state", "promised_at"])


def _held_by_the_database() -> tuple[sa.Constraint, ...]:
    return (
        sa.UniqueConstraint("receipt", name=op.f("uq_cases_receipt")),
        sa.UniqueConstraint("resident_id", "once", name=op.f("uq_cases_resident_id_once")),
        sa.UniqueConstraint("made_by", "once", name=op.f("uq_cases_made_by_once")),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_cases_closed")),
        sa.CheckConstraint("(state = 'closed') = (ending IS NOT NULL)", name=op.f("ck_cases_ended")),
        sa.CheckConstraint("state <> 'new' OR taken_by IS NULL", name=op.f("ck_cases_free")),
        sa.CheckConstraint(
            "state NOT IN ('taken', 'answered') OR taken_by IS NOT NULL", name=op.f("ck_cases_taken")
        ),
        sa.CheckConstraint("state <> 'answered' OR answered_at IS NOT NULL", name=op.f("ck_cases_answered")),
        sa.CheckConstraint(
            "erased_at IS NULL OR (state = 'closed' AND subject IS NULL AND resident_id IS NULL)",
            name=op.f("ck_cases_erased"),
        ),
    )


def _of_a_case(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["case_id"], ["cases.id"], name=op.f(f"fk_{table}_case_id"), ondelete="CASCADE"
    )


def _keys() -> None:
    op.create_table(
        "case_keys",
        sa.Column("case_id", ID, autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        _of_a_case("case_keys"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_keys")),
    )


def _entries() -> None:
    op.create_table(
        "case_entries",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("from_section", sa.String(length=64), nullable=True),
        sa.Column("to_section", sa.String(length=64), nullable=True),
        sa.Column("neighbour", sa.String(length=64), nullable=True),
        sa.Column("read_at", INSTANT, nullable=True),
        _of_a_case("case_entries"),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_case_entries_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_entries")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_case_entries_case_id"), "case_entries", ["case_id"])
    op.create_index("ix_case_entries_kind_at", "case_entries", ["kind", "at"])


def _looks() -> None:
    op.create_table(
        "case_looks",
        sa.Column("case_id", ID, autoincrement=False, nullable=False),
        sa.Column("account_id", ID, autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        _of_a_case("case_looks"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_case_looks_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "account_id", name=op.f("pk_case_looks")),
    )
    op.create_index(op.f("ix_case_looks_at"), "case_looks", ["at"])


def _notices_of_cases() -> None:
    """A notice is about a booking, a question that has found its answer, or a case."""
    with op.batch_alter_table("notices", table_kwargs={"sqlite_autoincrement": True}) as notices:
        notices.drop_constraint(op.f("ck_notices_about_one"), type_="check")
        notices.add_column(sa.Column("case_id", ID, nullable=True))
        notices.add_column(sa.Column("case_entry_id", ID, nullable=True))
        notices.create_foreign_key(
            op.f("fk_notices_case_id"), "cases", ["case_id"], ["id"], ondelete="CASCADE"
        )
        notices.create_foreign_key(
            op.f("fk_notices_case_entry_id"), "case_entries", ["case_entry_id"], ["id"], ondelete="CASCADE"
        )
        notices.create_unique_constraint(
            op.f("uq_notices_case_id_kind_occasion"), ["case_id", "kind", "occasion"]
        )
        notices.create_check_constraint(
            op.f("ck_notices_about_one"),
            "(booking_id IS NOT NULL AND query_id IS NULL AND case_id IS NULL)"
            " OR (booking_id IS NULL AND query_id IS NOT NULL AND case_id IS NULL)"
            " OR (booking_id IS NULL AND query_id IS NULL AND case_id IS NOT NULL)",
        )
        notices.create_check_constraint(
            op.f("ck_notices_of_entry"), "case_entry_id IS NULL OR case_id IS NOT NULL"
        )
