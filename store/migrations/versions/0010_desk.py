"""Canned sentences, favourites, bulletins, and keys of other programs."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _canned()
    _favourites()
    _bulletins()
    _bulletins_read()
    _api_tokens()


def _canned() -> None:
    op.create_table(
        "canned",
        sa.Column("id", ID, nullable=False),
        sa.Column("team", sa.String(length=64), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kana", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", ID, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["accounts.id"], name=op.f("fk_canned_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_canned_team"), "canned", ["team"])


def _favourites() -> None:
    op.create_table(
        "favourites",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("thing", sa.String(length=100), nullable=False),
        sa.Column("used_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_favourites_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "thing", name=op.f("pk_favourites")),
    )


def _bulletins() -> None:
    op.create_table(
        "bulletins",
        sa.Column("id", ID, nullable=False),
        sa.Column("urgency", sa.String(length=12), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=True),
        sa.Column("begins_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.CheckConstraint("ends_at >= begins_at", name=op.f("ck_bulletins_order")),
        sa.ForeignKeyConstraint(["written_by"], ["accounts.id"], name=op.f("fk_bulletins_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletins")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_bulletins_ends_at"), "bulletins", ["ends_at"])


def _bulletins_read() -> None:
    op.create_table(
        "bulletins_read",
        sa.Column("bulletin_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletins.id"], name=op.f("fk_bulletins_read_bulletin_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_bulletins_read_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bulletin_id", "account_id", name=op.f("pk_bulletins_read")),
    )
    op.create_index(op.f("ix_bulletins_read_account_id"), "bulletins_read", ["account_id"])


def _api_tokens() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("a_minute", sa.Integer(), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("taken_until", INSTANT, nullable=True),
        sa.CheckConstraint("a_minute > 0", name=op.f("ck_api_tokens_a_minute")),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_api_tokens_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_tokens_digest")),
        sqlite_autoincrement=True,
    )
