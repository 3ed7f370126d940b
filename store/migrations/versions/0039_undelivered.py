"""What LINE did not take in time, for staff to see."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("outbox", sa.Column("notice_id", ID, nullable=True))
    op.add_column("outbox", sa.Column("not_after", INSTANT, nullable=True))
    op.create_table(
        "undelivered",
        sa.Column("outbox_id", ID, autoincrement=False, nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.Column("given_up_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("settled_as", sa.String(length=10), nullable=True),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_as IS NULL)", name=op.f("ck_undelivered_settled")
        ),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_undelivered_outbox_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_undelivered")),
    )
    op.create_index(op.f("ix_undelivered_given_up_at"), "undelivered", ["given_up_at"])
