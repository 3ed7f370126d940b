"""Voices that the city shares and publishes, after personal data is taken out."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "voice_tags",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("folded", sa.String(length=80), nullable=False),
        sa.Column("merged_into", ID, nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("merged_into IS NULL OR merged_into <> id", name=op.f("ck_voice_tags_merged")),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_voice_tags_made_by")),
        sa.ForeignKeyConstraint(["merged_into"], ["voice_tags.id"], name=op.f("fk_voice_tags_merged_into")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice_tags")),
        sa.UniqueConstraint("folded", name=op.f("uq_voice_tags_folded")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_voice_tags_merged_into"), "voice_tags", ["merged_into"], unique=False)
    op.create_table(
        "voice_tag_acts",
        sa.Column("id", ID, nullable=False),
        sa.Column("tag_id", ID, nullable=False),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("was", sa.String(length=40), nullable=False),
        sa.Column("became", sa.String(length=40), nullable=False),
        sa.Column("into", ID, nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_voice_tag_acts_by_id")),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["voice_tags.id"], name=op.f("fk_voice_tag_acts_tag_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice_tag_acts")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_voice_tag_acts_tag_id"), "voice_tag_acts", ["tag_id"], unique=False)
    op.create_table(
        "published_voices",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("category_name", sa.Text(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("ward", sa.String(length=40), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=False),
        sa.Column("section_name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("sought", sa.Text(), nullable=True),
        sa.Column("undecided", sa.Integer(), nullable=False),
        sa.Column("seen_digest", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.Column("confirmed_by", ID, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", ID, nullable=True),
        sa.Column("withdrawn_why", sa.String(length=12), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (answer IS NOT NULL)", name=op.f("ck_published_voices_answer")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (sought IS NOT NULL)", name=op.f("ck_published_voices_sought")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_why IS NULL)", name=op.f("ck_published_voices_withdrawn")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (title IS NOT NULL)", name=op.f("ck_published_voices_title")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (words IS NOT NULL)", name=op.f("ck_published_voices_words")
        ),
        sa.CheckConstraint("confirmed_by <> written_by", name=op.f("ck_published_voices_second")),
        sa.CheckConstraint("digest = seen_digest", name=op.f("ck_published_voices_as_seen")),
        sa.CheckConstraint("month IS NULL OR month BETWEEN 1 AND 12", name=op.f("ck_published_voices_month")),
        sa.CheckConstraint("undecided = 0", name=op.f("ck_published_voices_decided")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_published_voices_case_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["accounts.id"], name=op.f("fk_published_voices_confirmed_by")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["accounts.id"], name=op.f("fk_published_voices_withdrawn_by")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["accounts.id"], name=op.f("fk_published_voices_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_voices")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_published_voices_case_id"), "published_voices", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_published_voices_published_at"), "published_voices", ["published_at"], unique=False
    )
    op.create_index(
        "uq_published_voices_case_id",
        "published_voices",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "voice_preparations",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("texts", sa.LargeBinary(), nullable=False),
        sa.Column("remark", sa.LargeBinary(), nullable=True),
        sa.Column("undecided", sa.Integer(), nullable=False),
        sa.Column("shows_month", sa.Boolean(), nullable=False),
        sa.Column("shows_ward", sa.Boolean(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ready_at IS NULL OR undecided = 0", name=op.f("ck_voice_preparations_ready")),
        sa.CheckConstraint("undecided >= 0", name=op.f("ck_voice_preparations_counted")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_voice_preparations_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["accounts.id"], name=op.f("fk_voice_preparations_written_by")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_voice_preparations")),
    )
    op.create_index(op.f("ix_voice_preparations_ready_at"), "voice_preparations", ["ready_at"], unique=False)
    op.create_table(
        "voice_shares",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("section", sa.String(length=64), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_voice_shares_by_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_voice_shares_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice_shares")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_voice_shares_case_id"), "voice_shares", ["case_id"], unique=False)
    op.create_index("ix_voice_shares_section_until", "voice_shares", ["section", "until"], unique=False)
    op.create_table(
        "voice_tagged",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("tag_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_voice_tagged_by_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_voice_tagged_case_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["voice_tags.id"], name=op.f("fk_voice_tagged_tag_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "tag_id", name=op.f("pk_voice_tagged")),
    )
    op.create_index(op.f("ix_voice_tagged_tag_id"), "voice_tagged", ["tag_id"], unique=False)
