"""Voices: what residents tell the city, each a case with more. A row stays once the case's words are erased."""

import sqlalchemy as sa

from store.tables.columns import Id, Sealed, metadata, provenance

voices = sa.Table(
    "voices",
    metadata,
    sa.Column("case_id", Id, sa.ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("way", sa.String(12), nullable=False),
    sa.Column("category", sa.String(64)),
    sa.Column("place", Sealed),
    sa.Column("may_publish", sa.Boolean, nullable=False),
    sa.Column("wants_answer", sa.Boolean, nullable=False),
    sa.Column("received_on", sa.Date, nullable=False, index=True),
    sa.Column("joined_to", Id, sa.ForeignKey("cases.id"), index=True),
    sa.CheckConstraint("joined_to <> case_id", name="joined"),
)

voice_categories = sa.Table(
    "voice_categories",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("words", sa.JSON, nullable=False),
    sa.Column("section", sa.String(64)),
    sa.Column("asks_place", sa.Boolean, nullable=False),
    sa.Column("asks_photograph", sa.Boolean, nullable=False),
    sa.Column("order", sa.Integer, nullable=False),
    sa.Column("easy", sa.Text, nullable=False),
    sa.Column("english", sa.Text, nullable=False),
    sa.Column("simplified", sa.Text, nullable=False),
    sa.Column("traditional", sa.Text, nullable=False),
    sa.Column("korean", sa.Text, nullable=False),
    sa.Column("vietnamese", sa.Text, nullable=False),
    *provenance(),
)
