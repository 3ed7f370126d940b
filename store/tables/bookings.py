"""Slots that can be booked, the bookings, the lots that were drawn, and what is to be told to whom.

A booking holds something while the column is not NULL: `seat` a seat of its slot, `share` one of a day's places through
LINE, `ordinal` one of so many times in a period, `attends_at` the person's own time. NULLs are distinct in a unique
constraint of both databases, so each constraint counts those that hold alone, and a check keeps what is over
from holding.
"""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, metadata, owner

slots = sa.Table(
    "slots",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("programme", sa.String(64), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("starts_at", Instant, nullable=False),
    sa.Column("ends_at", Instant, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("office", sa.String(64)),
    sa.Column("seats", sa.Integer, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.UniqueConstraint("programme", "starts_at", "place"),
    sa.CheckConstraint("ends_at > starts_at", name="ends_later"),
    sa.CheckConstraint("seats >= 0", name="counted"),
    sa.Index("ix_slots_day_programme", "day", "programme"),
    sa.Index("ix_slots_ends_at", "ends_at"),
    sqlite_autoincrement=True,
)

seats = sa.Table(
    "seats",
    metadata,
    sa.Column("slot_id", Id, sa.ForeignKey("slots.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("seat", sa.Integer, primary_key=True, autoincrement=False),
)

_ASKS = sa.text("state IN ('entered', 'waiting', 'offered')")
_HELD = sa.text("state = 'held'")
_WAITS = sa.text("state IN ('waiting', 'offered') AND person IS NULL")

bookings = sa.Table(
    "bookings",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("receipt", sa.String(7), nullable=False, unique=True),
    sa.Column("programme", sa.String(64), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("slot_id", Id, sa.ForeignKey("slots.id")),
    sa.Column("seat", sa.Integer),
    sa.Column("share", sa.Integer),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("channel", sa.String(8), nullable=False),
    sa.Column("held_until", Instant),
    sa.Column("extended", sa.Boolean, nullable=False),
    sa.Column("resident_id", Id, sa.ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    sa.Column("person", sa.LargeBinary(32)),
    sa.Column("period", sa.String(10)),
    sa.Column("ordinal", sa.Integer),
    sa.Column("attends_at", Instant),
    sa.Column("particulars_id", Id, sa.ForeignKey("particulars.id", ondelete="SET NULL"), index=True),
    sa.Column("drawn", sa.Integer),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.ForeignKeyConstraint(["slot_id", "seat"], ["seats.slot_id", "seats.seat"], name="fk_bookings_seat"),
    sa.UniqueConstraint("slot_id", "seat"),
    sa.UniqueConstraint("programme", "day", "share"),
    sa.UniqueConstraint("person", "programme", "period", "ordinal"),
    sa.UniqueConstraint("person", "attends_at", name="uq_bookings_person_attends_at"),
    sa.Index(
        "uq_bookings_asks",
        "slot_id",
        "person",
        unique=True,
        sqlite_where=_ASKS,
        postgresql_where=_ASKS,
    ),
    sa.Index(
        "uq_bookings_held",
        "resident_id",
        "programme",
        unique=True,
        sqlite_where=_HELD,
        postgresql_where=_HELD,
    ),
    sa.Index(
        "uq_bookings_waits",
        "programme",
        "day",
        "resident_id",
        unique=True,
        sqlite_where=_WAITS,
        postgresql_where=_WAITS,
    ),
    sa.Index("ix_bookings_day_programme", "day", "programme"),
    sa.Index("ix_bookings_held_until", "held_until"),
    sa.Index("ix_bookings_made_at", "made_at"),
    sa.CheckConstraint(
        "seat IS NULL OR state IN ('held', 'offered', 'confirmed', 'kept', 'missed')", name="seat_held"
    ),
    sa.CheckConstraint(
        "seat IS NOT NULL OR state NOT IN ('offered', 'confirmed', 'kept', 'missed')", name="seated"
    ),
    sa.CheckConstraint("share IS NULL OR seat IS NOT NULL", name="share_held"),
    sa.CheckConstraint(
        "ordinal IS NULL OR state IN ('confirmed', 'kept', 'missed', 'applied', 'done')", name="ordinal_held"
    ),
    sa.CheckConstraint("attends_at IS NULL OR state IN ('confirmed', 'kept', 'missed')", name="attends"),
    sa.CheckConstraint("(held_until IS NULL) = (state NOT IN ('held', 'offered'))", name="until"),
    sqlite_autoincrement=True,
)

draws = sa.Table(
    "draws",
    metadata,
    sa.Column("slot_id", Id, sa.ForeignKey("slots.id"), primary_key=True, autoincrement=False),
    sa.Column("seed", sa.String(32), nullable=False),
    sa.Column("entrants", sa.JSON, nullable=False),
    sa.Column("seats", sa.Integer, nullable=False),
    sa.Column("drawn_at", Instant, nullable=False),
)

notices = sa.Table(
    "notices",
    metadata,
    sa.Column("id", Id, primary_key=True),
    owner(),
    sa.Column("booking_id", Id, sa.ForeignKey("bookings.id", ondelete="CASCADE")),
    sa.Column("query_id", Id, sa.ForeignKey("queries.id", ondelete="CASCADE"), index=True),
    sa.Column("entry_id", sa.String(64)),
    sa.Column("case_id", Id, sa.ForeignKey("cases.id", ondelete="CASCADE")),
    sa.Column("case_entry_id", Id, sa.ForeignKey("case_entries.id", ondelete="CASCADE")),
    sa.Column("opinion_id", Id, sa.ForeignKey("opinions.id", ondelete="CASCADE")),
    sa.Column(
        "collaboration_step_id",
        Id,
        sa.ForeignKey("collaboration_steps.id", ondelete="CASCADE"),
        unique=True,
    ),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("occasion", sa.String(40), nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("not_after", Instant),
    sa.Column("at_once", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("settled_at", Instant),
    sa.Column("origin", sa.String(64)),
    sa.UniqueConstraint("booking_id", "kind", "occasion"),
    sa.UniqueConstraint("case_id", "kind", "occasion"),
    sa.UniqueConstraint("opinion_id", "kind", "occasion"),
    sa.CheckConstraint(
        " + ".join(
            f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END"
            for column in ("booking_id", "query_id", "case_id", "opinion_id", "collaboration_step_id")
        )
        + " = 1",
        name="about_one",
    ),
    sa.CheckConstraint("case_entry_id IS NULL OR case_id IS NOT NULL", name="of_entry"),
    sa.CheckConstraint("(query_id IS NULL) = (entry_id IS NULL)", name="answered_by"),
    sa.Index(
        "ix_notices_due",
        "due_at",
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    ),
    sa.Index("ix_notices_resident_id", "resident_id"),
    sqlite_autoincrement=True,
)
