"""Proposals, their changes, and the history of every record."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _proposals()
    _history()


def _proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=True),
        sa.Column("cluster_id", ID, nullable=True),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_by_id", ID, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("submitted_at", INSTANT, nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("publish_at", INSTANT, nullable=True),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.Column("override", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("obstacle", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state <> 'approved' OR publish_at IS NOT NULL", name=op.f("ck_proposals_approved_when")
        ),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_proposals_published_when")
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> by_id", name=op.f("ck_proposals_two_persons")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_proposals_by_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["accounts.id"], name=op.f("fk_proposals_changed_by_id")),
        sa.ForeignKeyConstraint(["cluster_id"], ["clusters.id"], name=op.f("fk_proposals_cluster_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["accounts.id"], name=op.f("fk_proposals_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_proposals_cluster_id"), "proposals", ["cluster_id"])
    op.create_index("ix_proposals_state_publish_at", "proposals", ["state", "publish_at"])
    op.create_table(
        "proposal_authors",
        sa.Column("proposal_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposals.id"],
            name=op.f("fk_proposal_authors_proposal_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_proposal_authors_account_id")),
        sa.PrimaryKeyConstraint("proposal_id", "account_id", name=op.f("pk_proposal_authors")),
    )
    op.create_table(
        "proposal_changes",
        sa.Column("proposal_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("sort", sa.String(length=8), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "before IS NOT NULL OR after IS NOT NULL", name=op.f("ck_proposal_changes_something")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposals.id"],
            name=op.f("fk_proposal_changes_proposal_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("proposal_id", "place", name=op.f("pk_proposal_changes")),
        sa.UniqueConstraint(
            "proposal_id", "kind", "key", name=op.f("uq_proposal_changes_proposal_id_kind_key")
        ),
    )
    op.create_index("ix_proposal_changes_kind_key", "proposal_changes", ["kind", "key"])


def _history() -> None:
    op.create_table(
        "editions",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("proposal_id", ID, nullable=True),
        sa.Column("version", ID, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_editions_by_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_editions_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_editions_proposal_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_editions_at"), "editions", ["at"])
    op.create_table(
        "revisions",
        sa.Column("id", ID, nullable=False),
        sa.Column("edition_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("sort", sa.String(length=8), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.CheckConstraint("before IS NOT NULL OR after IS NOT NULL", name=op.f("ck_revisions_something")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_revisions_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_revisions_kind_key_id", "revisions", ["kind", "key", "id"])
    op.create_index("ix_revisions_edition_id_kind_sort", "revisions", ["edition_id", "kind", "sort"])
