"""Personal data: each field sealed under a key of its own set, to be deleted on a day that is known."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, Sealed, metadata

particulars = sa.Table(
    "particulars",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("purpose", sa.String(40), nullable=False),
    sa.Column("resident_id", Id, sa.ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("delete_on", sa.Date, nullable=False, index=True),
    sqlite_autoincrement=True,
)


def _of() -> sa.ForeignKey:
    return sa.ForeignKey("particulars.id", ondelete="CASCADE")


particulars_keys = sa.Table(
    "particulars_keys",
    metadata,
    sa.Column("particulars_id", Id, _of(), primary_key=True),
    sa.Column("wrapped", Sealed, nullable=False),
)

particulars_fields = sa.Table(
    "particulars_fields",
    metadata,
    sa.Column("particulars_id", Id, _of(), primary_key=True),
    sa.Column("field", sa.String(40), primary_key=True),
    sa.Column("value", Sealed, nullable=False),
)
