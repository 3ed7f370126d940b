"""Bookings that had to leave an office closed by a disaster, and the slots that are shut meanwhile."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, metadata

slots_shut = sa.Table(
    "slots_shut",
    metadata,
    sa.Column("slot_id", Id, sa.ForeignKey("slots.id"), primary_key=True, autoincrement=False),
    sa.Column("was", sa.String(8), nullable=False),
    sa.Column("at", Instant, nullable=False),
)
"""Slots at an office that is closed; `was`: the state into which they go back."""

displacements = sa.Table(
    "displacements",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("disaster_id", Id, sa.ForeignKey("disasters.id"), nullable=False, index=True),
    sa.Column("booking_id", Id, sa.ForeignKey("bookings.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("from_slot_id", Id, sa.ForeignKey("slots.id")),
    sa.Column("known_slot_id", Id, sa.ForeignKey("slots.id")),
    sa.Column("to_slot_id", Id, sa.ForeignKey("slots.id")),
    sa.Column("at", Instant, nullable=False),
    sa.Column("called_by", Id, sa.ForeignKey("accounts.id")),
    sa.Column("called_at", Instant),
    sa.CheckConstraint("(called_by IS NULL) = (called_at IS NULL)", name="called"),
    sqlite_autoincrement=True,
)
"""Each time a booking was moved or broken off. `known_slot_id`: the time of which its person last heard; where none was
free, `to_slot_id` is NULL; `from_slot_id` is, where any time of a day was waited for.
"""
