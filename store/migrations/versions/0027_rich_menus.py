"""Which menu each resident sees below the talk; bookings moved by a disaster; notices that do not wait for the day."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("notices", sa.Column("at_once", sa.Boolean(), nullable=False, server_default=sa.false()))
    _displacements()
    _menus()


def _displacements() -> None:
    op.create_table(
        "slots_shut",
        sa.Column("slot_id", ID, autoincrement=False, nullable=False),
        sa.Column("was", sa.String(length=8), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["slot_id"], ["slots.id"], name=op.f("fk_slots_shut_slot_id")),
        sa.PrimaryKeyConstraint("slot_id", name=op.f("pk_slots_shut")),
    )
    op.create_table(
        "displacements",
        sa.Column("id", ID, nullable=False),
        sa.Column("disaster_id", ID, nullable=False),
        sa.Column("booking_id", ID, nullable=False),
        sa.Column("from_slot_id", ID, nullable=True),
        sa.Column("known_slot_id", ID, nullable=True),
        sa.Column("to_slot_id", ID, nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("called_by", ID, nullable=True),
        sa.Column("called_at", INSTANT, nullable=True),
        sa.CheckConstraint("(called_by IS NULL) = (called_at IS NULL)", name=op.f("ck_displacements_called")),
        sa.ForeignKeyConstraint(["disaster_id"], ["disasters.id"], name=op.f("fk_displacements_disaster_id")),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["bookings.id"],
            name=op.f("fk_displacements_booking_id"),
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint([name], ["slots.id"], name=op.f(f"fk_displacements_{name}"))
            for name in ("from_slot_id", "known_slot_id", "to_slot_id")
        ),
        sa.ForeignKeyConstraint(["called_by"], ["accounts.id"], name=op.f("fk_displacements_called_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_displacements")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_displacements_disaster_id"), "displacements", ["disaster_id"])
    op.create_index(op.f("ix_displacements_booking_id"), "displacements", ["booking_id"])


def _menus() -> None:
    op.create_table(
        "menus_uploaded",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("menu_id", sa.String(length=100), nullable=False),
        sa.Column("uploaded_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_menus_uploaded")),
    )
    op.create_table(
        "menus_shown",
        sa.Column("resident_id", ID, autoincrement=False, nullable=False),
        *_linked(),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name=op.f("fk_menus_shown_resident_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_menus_shown")),
    )
    op.create_table(
        "menu_of_all",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        *_linked(),
        sa.CheckConstraint("id = 1", name=op.f("ck_menu_of_all_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_menu_of_all")),
    )


def _linked() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("menu_id", sa.String(length=100), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("leased_by", sa.String(length=40), nullable=True),
        sa.Column("leased_until", INSTANT, nullable=True),
    )
