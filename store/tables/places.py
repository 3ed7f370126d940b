"""Where residents go: offices, sections, hours, consultations, shelters."""

import sqlalchemy as sa

from store.tables.columns import metadata, provenance

offices = sa.Table(
    "offices",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kana", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("ward", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("latitude", sa.Float),
    sa.Column("longitude", sa.Float),
    sa.Column("telephone", sa.Text, nullable=False),
    sa.Column("telephone_of", sa.Text, nullable=False),
    sa.Column("aliases", sa.JSON, nullable=False),
    sa.Column("hours", sa.Text, nullable=False),
    sa.Column("hours_note", sa.Text, nullable=False),
    sa.Column("description", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    sa.Column("english", sa.Text, nullable=False),
    sa.Column("remarks", sa.Text, nullable=False),
    sa.Column("municipality_code", sa.Text, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    *provenance(),
)

shelters = sa.Table(
    "shelters",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("ward", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("latitude", sa.Float, nullable=False),
    sa.Column("longitude", sa.Float, nullable=False),
    sa.Column("for_everybody", sa.Boolean, nullable=False),
    sa.Column("remarks", sa.Text, nullable=False),
    *provenance(),
)

sections = sa.Table(
    "sections",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("office", sa.String(64), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kana", sa.Text, nullable=False),
    sa.Column("aliases", sa.JSON, nullable=False),
    sa.Column("handles", sa.JSON, nullable=False),
    sa.Column("floor", sa.Text, nullable=False),
    sa.Column("telephone", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
    sa.Column("successor", sa.String(64)),
    sa.Column("former", sa.JSON, nullable=False, server_default="[]"),
    *provenance(),
)

procedures = sa.Table(
    "procedures",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("aliases", sa.JSON, nullable=False),
    sa.Column("section", sa.Text, nullable=False),
    sa.Column("done_at", sa.JSON, nullable=False),
    sa.Column("not_at", sa.JSON, nullable=False),
    sa.Column("why_not", sa.Text, nullable=False),
    sa.Column("condition", sa.Text, nullable=False),
    sa.Column("faq", sa.String(64)),
    *provenance(),
)

hours = sa.Table(
    "hours",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("office", sa.String(64), nullable=False),
    sa.Column("section", sa.String(64)),
    sa.Column("service", sa.String(10), nullable=False),
    sa.Column("weekly", sa.Text, nullable=False),
    sa.Column("last_admission", sa.Integer, nullable=False),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
    sa.Column("span", sa.String(10), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    *provenance(),
)

closures = sa.Table(
    "closures",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("office", sa.String(64)),
    sa.Column("section", sa.String(64)),
    sa.Column("service", sa.String(10)),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("first", sa.Date, nullable=False),
    sa.Column("last", sa.Date, nullable=False),
    sa.Column("opens", sa.Time),
    sa.Column("closes", sa.Time),
    sa.Column("reason", sa.Text, nullable=False),
    *provenance(),
)

programmes = sa.Table(
    "programmes",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("aliases", sa.JSON, nullable=False),
    sa.Column("held_by", sa.Text, nullable=False),
    sa.Column("office", sa.String(64)),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("ward", sa.Text, nullable=False),
    sa.Column("frequency", sa.Text, nullable=False),
    sa.Column("recurrence", sa.Text, nullable=False),
    sa.Column("starts", sa.Time),
    sa.Column("ends", sa.Time),
    sa.Column("on_holidays", sa.Boolean, nullable=False),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
    sa.Column("booking", sa.Text, nullable=False),
    sa.Column("telephone", sa.Text, nullable=False),
    sa.Column("description", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    *provenance(),
)

programme_days = sa.Table(
    "programme_days",
    metadata,
    sa.Column("programme", sa.String(64), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("held", sa.String(10), nullable=False),
    sa.Column("starts", sa.Time),
    sa.Column("ends", sa.Time),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    *provenance(),
)
