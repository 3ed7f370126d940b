"""The menus that LINE keeps for us, and who sees which below the talk."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, metadata

menus_uploaded = sa.Table(
    "menus_uploaded",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("menu_id", sa.String(100), nullable=False),
    sa.Column("uploaded_at", Instant, nullable=False),
)
"""`name`: a language, and the mode it is for."""

menus_shown = sa.Table(
    "menus_shown",
    metadata,
    sa.Column(
        "resident_id",
        Id,
        sa.ForeignKey("residents.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    sa.Column("menu_id", sa.String(100), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("not_before", Instant, nullable=False),
    sa.Column("leased_by", sa.String(40)),
    sa.Column("leased_until", Instant),
)
"""Who has another menu than everybody, or had one: then `menu_id` is empty."""

menu_of_all = sa.Table(
    "menu_of_all",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("menu_id", sa.String(100), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("not_before", Instant, nullable=False),
    sa.Column("leased_by", sa.String(40)),
    sa.Column("leased_until", Instant),
    sa.CheckConstraint("id = 1", name="one"),
)
"""What everybody sees who has no menu of their own."""
