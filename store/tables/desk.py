"""What operators have at hand: sentences with blanks, what they marked, and notices from staff."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, metadata

canned = sa.Table(
    "canned",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("team", sa.String(64), index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("kana", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("changed_by", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

favourites = sa.Table(
    "favourites",
    metadata,
    sa.Column("account_id", Id, sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("thing", sa.String(100), primary_key=True),
    sa.Column("used_at", Instant, nullable=False),
)

bulletins = sa.Table(
    "bulletins",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("urgency", sa.String(12), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("section", sa.String(64)),
    sa.Column("begins_at", Instant, nullable=False),
    sa.Column("ends_at", Instant, nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("written_by", Id, sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("written_at", Instant, nullable=False),
    sa.CheckConstraint("ends_at >= begins_at", name="order"),
    sqlite_autoincrement=True,
)

bulletins_read = sa.Table(
    "bulletins_read",
    metadata,
    sa.Column("bulletin_id", Id, sa.ForeignKey("bulletins.id", ondelete="CASCADE"), primary_key=True),
    sa.Column(
        "account_id", Id, sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
    sa.Column("version", sa.Integer, nullable=False),
)
