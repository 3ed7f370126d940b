"""Cases whose resident wants the bot to answer again."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, metadata

case_apart = sa.Table(
    "case_apart",
    metadata,
    sa.Column("case_id", Id, sa.ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("since", Instant, nullable=False),
)
