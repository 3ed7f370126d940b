"""Public comments: the drafts on which the city asks for opinions, the opinions, and what the city answers.

The words of an opinion are sealed under a key of its own. What stands in a group is written to be published.
"""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata, provenance

plans = sa.Table(
    "plans",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("section", sa.String(64)),
    sa.Column("documents", sa.Text, nullable=False),
    sa.Column("opens", sa.Date, nullable=False),
    sa.Column("last", sa.Date, nullable=False),
    sa.Column("until", sa.Time),
    sa.Column("ways", sa.Text, nullable=False),
    sa.Column("whom", sa.Text, nullable=False),
    sa.Column("here", sa.Boolean, nullable=False),
    sa.Column("asks_name", sa.Boolean, nullable=False),
    sa.Column("results_on", sa.Date),
    sa.Column("results_at", sa.Text, nullable=False),
    *provenance(),
)

opinion_groups = sa.Table(
    "opinion_groups",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("plan_id", sa.String(64), nullable=False, index=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("treatment", sa.String(12)),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("opinions", sa.Integer),
    sqlite_autoincrement=True,
)

opinions = sa.Table(
    "opinions",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("plan_id", sa.String(64), nullable=False),
    sa.Column("receipt", sa.String(7), nullable=False, unique=True),
    sa.Column("once", sa.String(64), nullable=False, unique=True),
    sa.Column("way", sa.String(8), nullable=False),
    sa.Column("resident_id", Id, sa.ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    sa.Column("entered_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("person", Id),
    sa.Column("particulars_id", Id, sa.ForeignKey("particulars.id", ondelete="SET NULL"), index=True),
    sa.Column("wants_to_be_told", sa.Boolean, nullable=False),
    sa.Column("group_id", Id, sa.ForeignKey("opinion_groups.id", ondelete="SET NULL"), index=True),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("words", Sealed),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("withdrawn_at", Instant),
    sa.Column("erased_at", Instant),
    sa.Index("ix_opinions_plan_id_state", "plan_id", "state"),
    sa.CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn"),
    sa.CheckConstraint("erased_at IS NULL OR (words IS NULL AND resident_id IS NULL)", name="erased"),
    sqlite_autoincrement=True,
)

opinion_keys = sa.Table(
    "opinion_keys",
    metadata,
    sa.Column("opinion_id", Id, sa.ForeignKey("opinions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("wrapped", Sealed, nullable=False),
)

opinion_results = sa.Table(
    "opinion_results",
    metadata,
    sa.Column("plan_id", sa.String(64), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("submitted_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("submitted_at", Instant),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("published_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("published_at", Instant, index=True),
    sa.Column("opinions", sa.Integer),
    sa.Column("people", sa.Integer),
    sa.CheckConstraint("state = 'draft' OR submitted_by IS NOT NULL", name="submitted"),
    sa.CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
    sa.CheckConstraint(
        "state <> 'published' OR (published_by <> submitted_by AND opinions IS NOT NULL AND people IS NOT NULL)",
        name="approved",
    ),
)
"""One row a plan that has opinions: its version moves with all that is done to them."""

opinion_acts = sa.Table(
    "opinion_acts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("plan_id", sa.String(64), nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("act", sa.String(12), nullable=False),
    sa.Column("account_id", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("before", sa.JSON, nullable=False),
    sa.Column("undone_at", Instant),
    sqlite_autoincrement=True,
)
