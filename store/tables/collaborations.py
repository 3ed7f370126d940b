"""Proposals to work together with the city: what was proposed, each stage that it reached, agreement and evaluation.

What was proposed, and what the proposer was told, is sealed under a key of the proposal's own. Without the row in
`collaboration_keys` nobody can read it, in no copy of the database. Agreements and evaluations are what the city makes
public.
"""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata, owner

collaboration_moves = sa.Table(
    "collaboration_moves",
    metadata,
    sa.Column("before", sa.String(12), primary_key=True),
    sa.Column("stage", sa.String(12), primary_key=True),
)
"""Which stage may follow which: the rows are `store.collaboration_stages.MOVES`."""

collaboration_drafts = sa.Table(
    "collaboration_drafts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    owner(),
    sa.Column("words", Sealed, nullable=False),
    sa.Column("begun_at", Instant, nullable=False, index=True),
    sa.Index("ix_collaboration_drafts_resident_id", "resident_id"),
    sqlite_autoincrement=True,
)

collaborations = sa.Table(
    "collaborations",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("receipt", sa.String(7), nullable=False, unique=True),
    sa.Column("once", sa.String(64), nullable=False),
    sa.Column("resident_id", Id, sa.ForeignKey("residents.id", ondelete="SET NULL")),
    sa.Column("particulars_id", Id, sa.ForeignKey("particulars.id", ondelete="SET NULL"), index=True),
    sa.Column("section", sa.String(64), nullable=False, index=True),
    sa.Column("title", Sealed),
    sa.Column("what", Sealed),
    sa.Column("why", Sealed),
    sa.Column("roles", Sealed),
    sa.Column("period", Sealed),
    sa.Column("cost", Sealed),
    sa.Column("may_be_named", sa.Boolean, nullable=False),
    sa.Column("submitted_at", Instant, nullable=False),
    sa.Column("steps", sa.Integer, nullable=False),
    sa.Column("kept_from", sa.Date, nullable=False),
    sa.Column("closed_at", Instant, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("erased_at", Instant),
    sa.UniqueConstraint("resident_id", "once"),
    sa.CheckConstraint("erased_at IS NULL OR (what IS NULL AND resident_id IS NULL)", name="erased"),
    sqlite_autoincrement=True,
)


def _of() -> sa.ForeignKey:
    return sa.ForeignKey("collaborations.id", ondelete="CASCADE")


collaboration_keys = sa.Table(
    "collaboration_keys",
    metadata,
    sa.Column("collaboration_id", Id, _of(), primary_key=True),
    sa.Column("wrapped", Sealed, nullable=False),
)

collaboration_steps = sa.Table(
    "collaboration_steps",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("collaboration_id", Id, _of(), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("after_number", sa.Integer),
    sa.Column("before", sa.String(12), nullable=False),
    sa.Column("stage", sa.String(12), nullable=False, index=True),
    sa.Column("on_day", sa.Date, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by_id", Id, sa.ForeignKey("accounts.id")),
    sa.Column("decided_by", sa.Text, nullable=False),
    sa.Column("words", Sealed),
    sa.Column("next_decides", sa.Text, nullable=False),
    sa.Column("next_due_on", sa.Date),
    sa.UniqueConstraint("collaboration_id", "number", "stage"),
    sa.UniqueConstraint("collaboration_id", "number"),
    sa.ForeignKeyConstraint(
        ["before", "stage"],
        ["collaboration_moves.before", "collaboration_moves.stage"],
        name="fk_collaboration_steps_move",
    ),
    sa.ForeignKeyConstraint(
        ["collaboration_id", "after_number", "before"],
        ["collaboration_steps.collaboration_id", "collaboration_steps.number", "collaboration_steps.stage"],
        name="fk_collaboration_steps_after",
    ),
    sa.CheckConstraint("(number = 1) = (after_number IS NULL)", name="first"),
    sa.CheckConstraint("(number = 1) = (before = 'new')", name="begins"),
    sa.CheckConstraint("after_number IS NULL OR after_number = number - 1", name="next"),
    sqlite_autoincrement=True,
)
"""Each stage follows upon the one before it, by the rows of `collaboration_moves`: the database holds the walk."""

collaboration_agreements = sa.Table(
    "collaboration_agreements",
    metadata,
    sa.Column("collaboration_id", Id, _of(), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("partner", sa.Text, nullable=False),
    sa.Column("citys_part", sa.Text, nullable=False),
    sa.Column("partners_part", sa.Text, nullable=False),
    sa.Column("begins", sa.Date, nullable=False),
    sa.Column("ends", sa.Date, nullable=False),
    sa.Column("written_by", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("written_at", Instant, nullable=False),
    sa.CheckConstraint("ends >= begins", name="in_order"),
)

collaboration_evaluations = sa.Table(
    "collaboration_evaluations",
    metadata,
    sa.Column("collaboration_id", Id, _of(), primary_key=True),
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("reached", sa.Text, nullable=False),
    sa.Column("by_city", sa.Text, nullable=False),
    sa.Column("by_partner", sa.Text, nullable=False),
    sa.Column("written_by", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("written_at", Instant, nullable=False),
    sa.Column("published_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("published_at", Instant),
    sa.Index("ix_collaboration_evaluations_year", "year"),
    sa.CheckConstraint("(published_by IS NULL) = (published_at IS NULL)", name="published"),
    sa.CheckConstraint("published_by IS NULL OR published_by <> written_by", name="by_another"),
    sa.CheckConstraint(
        "published_at IS NULL OR (reached <> '' AND by_city <> '' AND by_partner <> '')", name="whole"
    ),
)
