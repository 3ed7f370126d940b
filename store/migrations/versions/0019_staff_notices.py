"""Who at the city is told of cases, and what was told."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
WAITING = sa.text("state = 'waiting'")
ONE = (
    "CASE WHEN case_id IS NULL THEN 0 ELSE 1 END + CASE WHEN alarm_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN contact_id IS NULL THEN 0 ELSE 1 END = 1"
)


def upgrade() -> None:
    _contacts()
    _notices()
    _tellings()


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", ID, nullable=False),
        sa.Column("section", sa.String(length=64), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("office_hours", sa.Boolean(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.CheckConstraint("rank > 0", name=op.f("ck_contacts_rank")),
        sa.CheckConstraint("(way = 'webhook') = (secret IS NOT NULL)", name=op.f("ck_contacts_secret")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contacts_section"), "contacts", ["section"])


def _notices() -> None:
    op.create_table(
        "staff_notices",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("occasion", sa.String(length=64), nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("alarm_id", ID, nullable=True),
        sa.Column("contact_id", ID, nullable=True),
        sa.Column("section", sa.String(length=64), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.CheckConstraint(ONE, name=op.f("ck_staff_notices_about_one")),
        sa.CheckConstraint(
            "(alarm_id IS NULL) OR (section IS NOT NULL)", name=op.f("ck_staff_notices_alarm_section")
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (settled_at IS NULL)", name=op.f("ck_staff_notices_settled")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_staff_notices_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_staff_notices_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_notices")),
        *(
            sa.UniqueConstraint(
                owner, "kind", "occasion", name=op.f(f"uq_staff_notices_{owner}_kind_occasion")
            )
            for owner in ("case_id", "alarm_id", "contact_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_staff_notices_state_made_at"), "staff_notices", ["state", "made_at"])


def _tellings() -> None:
    op.create_table(
        "tellings",
        sa.Column("id", ID, nullable=False),
        sa.Column("notice_id", ID, nullable=False),
        sa.Column("contact_id", ID, nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("retry_key", sa.String(length=36), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=True),
        sa.Column("may_be_doubled", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("why", sa.String(length=16), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("leased_by", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["staff_notices.id"], name=op.f("fk_tellings_notice_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_tellings_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tellings")),
        sa.UniqueConstraint("notice_id", "contact_id", name=op.f("uq_tellings_notice_id_contact_id")),
        sa.UniqueConstraint("retry_key", name=op.f("uq_tellings_retry_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_tellings_contact_id"), "tellings", ["contact_id"])
    op.create_index(
        op.f("ix_tellings_waiting"),
        "tellings",
        ["way", "not_before"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
