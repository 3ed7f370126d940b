"""Cases: what residents and callers hand to a person, all that is said about it, and who looks at it.

The words are sealed under a key of the case's own. Without the row in `case_keys` nobody can read them, in no copy
of the database.
"""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata

cases = sa.Table(
    "cases",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("receipt", sa.String(7), nullable=False, unique=True),
    sa.Column("origin", sa.String(8), nullable=False),
    sa.Column("once", sa.String(64), nullable=False),
    sa.Column("resident_id", Id, sa.ForeignKey("residents.id", ondelete="SET NULL")),
    sa.Column("made_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("section", sa.String(64), nullable=False),
    sa.Column("subject", Sealed),
    sa.Column("entry_id", sa.String(64)),
    sa.Column("ward", sa.String(40), nullable=False),
    sa.Column("reach", sa.String(12), nullable=False),
    sa.Column("particulars_id", Id, sa.ForeignKey("particulars.id", ondelete="SET NULL"), index=True),
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("ending", sa.String(12)),
    sa.Column("opened_at", Instant, nullable=False, index=True),
    sa.Column("first_promised_at", Instant),
    sa.Column("promised_at", Instant),
    sa.Column("waits_since", Instant, nullable=False),
    sa.Column("taken_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("taken_at", Instant),
    sa.Column("acted_at", Instant),
    sa.Column("first_answered_at", Instant),
    sa.Column("answered_at", Instant),
    sa.Column("closed_at", Instant, index=True),
    sa.Column("moves", sa.Integer, nullable=False),
    sa.Column("reopened", sa.Integer, nullable=False),
    sa.Column("unread", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("erased_at", Instant),
    sa.UniqueConstraint("resident_id", "once"),
    sa.UniqueConstraint("made_by", "once"),
    sa.Index(
        "ix_cases_once_form",
        "once",
        unique=True,
        sqlite_where=sa.text("origin = 'form'"),
        postgresql_where=sa.text("origin = 'form'"),
    ),
    sa.Index("ix_cases_section_state", "section", "state"),
    sa.Index("ix_cases_state_promised_at", "state", "promised_at"),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
    sa.CheckConstraint("(state = 'closed') = (ending IS NOT NULL)", name="ended"),
    sa.CheckConstraint("state <> 'new' OR taken_by IS NULL", name="free"),
    sa.CheckConstraint("state NOT IN ('taken', 'answered') OR taken_by IS NOT NULL", name="taken"),
    sa.CheckConstraint("state <> 'answered' OR answered_at IS NOT NULL", name="answered"),
    sa.CheckConstraint(
        "erased_at IS NULL OR (state = 'closed' AND subject IS NULL AND resident_id IS NULL)", name="erased"
    ),
    sqlite_autoincrement=True,
)


def _of() -> sa.ForeignKey:
    return sa.ForeignKey("cases.id", ondelete="CASCADE")


case_keys = sa.Table(
    "case_keys",
    metadata,
    sa.Column("case_id", Id, _of(), primary_key=True),
    sa.Column("wrapped", Sealed, nullable=False),
)

case_entries = sa.Table(
    "case_entries",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("case_id", Id, _of(), nullable=False, index=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by_id", Id, sa.ForeignKey("accounts.id")),
    sa.Column("words", Sealed),
    sa.Column("from_section", sa.String(64)),
    sa.Column("to_section", sa.String(64)),
    sa.Column("neighbour", sa.String(64)),
    sa.Column("read_at", Instant),
    sa.Index("ix_case_entries_kind_at", "kind", "at"),
    sqlite_autoincrement=True,
)

case_looks = sa.Table(
    "case_looks",
    metadata,
    sa.Column("case_id", Id, _of(), primary_key=True),
    sa.Column("account_id", Id, sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("at", Instant, nullable=False, index=True),
)
