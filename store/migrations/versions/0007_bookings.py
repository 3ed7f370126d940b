"""Slots that can be booked, bookings, the lots that were drawn, and notices."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _slots()
    _seats()
    _bookings()
    _draws()
    _notices()


def _slots() -> None:
    op.create_table(
        "slots",
        sa.Column("id", ID, nullable=False),
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_slots_ends_later")),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_slots_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
        sa.UniqueConstraint(
            "programme", "starts_at", "place", name=op.f("uq_slots_programme_starts_at_place")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("slots", schema=None) as batch_op:
        batch_op.create_index("ix_slots_day_programme", ["day", "programme"], unique=False)


def _seats() -> None:
    op.create_table(
        "seats",
        sa.Column("slot_id", ID, nullable=False),
        sa.Column("seat", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_seats_slot_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("slot_id", "seat", name=op.f("pk_seats")),
    )


def _bookings() -> None:
    op.create_table(
        "bookings",
        sa.Column("id", ID, nullable=False),
        sa.Column("receipt", sa.String(length=7), nullable=False),
        sa.Column("programme", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slot_id", ID, nullable=True),
        sa.Column("seat", sa.Integer(), nullable=True),
        sa.Column("share", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("held_until", INSTANT, nullable=True),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("resident_id", ID, nullable=True),
        sa.Column("person", sa.LargeBinary(length=32), nullable=True),
        sa.Column("period", sa.String(length=10), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("attends_at", INSTANT, nullable=True),
        sa.Column("particulars_id", ID, nullable=True),
        sa.Column("drawn", sa.Integer(), nullable=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "(held_until IS NULL) = (state NOT IN ('held', 'offered'))", name=op.f("ck_bookings_until")
        ),
        sa.CheckConstraint(
            "attends_at IS NULL OR state IN ('confirmed', 'kept', 'missed')", name=op.f("ck_bookings_attends")
        ),
        sa.CheckConstraint(
            "ordinal IS NULL OR state IN ('confirmed', 'kept', 'missed', 'applied', 'done')",
            name=op.f("ck_bookings_ordinal_held"),
        ),
        sa.CheckConstraint(
            "seat IS NOT NULL OR state NOT IN ('offered', 'confirmed', 'kept', 'missed')",
            name=op.f("ck_bookings_seated"),
        ),
        sa.CheckConstraint(
            "seat IS NULL OR state IN ('held', 'offered', 'confirmed', 'kept', 'missed')",
            name=op.f("ck_bookings_seat_held"),
        ),
        sa.CheckConstraint("share IS NULL OR seat IS NOT NULL", name=op.f("ck_bookings_share_held")),
        sa.ForeignKeyConstraint(
            ["particulars_id"],
            ["particulars.id"],
            name=op.f("fk_bookings_particulars_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_bookings_resident_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["slot_id", "seat"], ["seats.slot_id", "seats.seat"], name="fk_bookings_seat"
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_bookings_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("person", "attends_at", name="uq_bookings_person_attends_at"),
        sa.UniqueConstraint(
            "person",
            "programme",
            "period",
            "ordinal",
            name=op.f("uq_bookings_person_programme_period_ordinal"),
        ),
        sa.UniqueConstraint("programme", "day", "share", name=op.f("uq_bookings_programme_day_share")),
        sa.UniqueConstraint("receipt", name=op.f("uq_bookings_receipt")),
        sa.UniqueConstraint("slot_id", "seat", name=op.f("uq_bookings_slot_id_seat")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.create_index("ix_bookings_day_programme", ["day", "programme"], unique=False)
        batch_op.create_index("ix_bookings_held_until", ["held_until"], unique=False)
        batch_op.create_index(batch_op.f("ix_bookings_particulars_id"), ["particulars_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bookings_resident_id"), ["resident_id"], unique=False)
        batch_op.create_index(
            "uq_bookings_asks",
            ["slot_id", "person"],
            unique=True,
            sqlite_where=sa.text("state IN ('entered', 'waiting', 'offered')"),
            postgresql_where=sa.text("state IN ('entered', 'waiting', 'offered')"),
        )
        batch_op.create_index(
            "uq_bookings_held",
            ["resident_id", "programme"],
            unique=True,
            sqlite_where=sa.text("state = 'held'"),
            postgresql_where=sa.text("state = 'held'"),
        )
        batch_op.create_index(
            "uq_bookings_waits",
            ["programme", "day", "resident_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'offered') AND person IS NULL"),
            postgresql_where=sa.text("state IN ('waiting', 'offered') AND person IS NULL"),
        )


def _draws() -> None:
    op.create_table(
        "draws",
        sa.Column("slot_id", ID, autoincrement=False, nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("entrants", sa.JSON(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("drawn_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_draws_slot_id")),
        sa.PrimaryKeyConstraint("slot_id", name=op.f("pk_draws")),
    )


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("booking_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("not_after", INSTANT, nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_notices_booking_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_notices_resident_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint(
            "booking_id", "kind", "occasion", name=op.f("uq_notices_booking_id_kind_occasion")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notices_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'planned'"),
            postgresql_where=sa.text("state = 'planned'"),
        )
        batch_op.create_index("ix_notices_resident_id", ["resident_id"], unique=False)
