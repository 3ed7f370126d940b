"""What is answered: entries, synonyms, labelled questions; its version, and the kinds of file that came in."""

import sqlalchemy as sa

from store.tables.columns import Id, Instant, metadata, provenance

knowledge = sa.Table(
    "knowledge",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("version", Id, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
)

entries = sa.Table(
    "entries",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("tone", sa.String(12), nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("phrasings", sa.JSON, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("section", sa.Text, nullable=False),
    sa.Column("telephone", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    *provenance(),
    sa.Column("tokens", sa.Text, nullable=False),
    sa.Column("analyzer_version", sa.Integer, nullable=False),
    sa.Column("fingerprint", sa.BigInteger),
    sa.Index("ix_entries_id_fingerprint", "id", "fingerprint"),  # read whole, without the rows
)

entry_vectors = sa.Table(
    "entry_vectors",
    metadata,
    sa.Column("entry_id", sa.String(64), primary_key=True),
    sa.Column("model", sa.String(200), primary_key=True),
    sa.Column("fingerprint", sa.LargeBinary(32), nullable=False),
    sa.Column("titles", sa.Integer, nullable=False),
    sa.Column("dimensions", sa.Integer, nullable=False),
    sa.Column("vectors", sa.LargeBinary, nullable=False),
    sa.Column("version", Id, nullable=False, index=True),
)

synonyms = sa.Table(
    "synonyms",
    metadata,
    sa.Column("headword", sa.String(100), primary_key=True),
    sa.Column("words", sa.JSON, nullable=False),
    sa.Column("weight", sa.Float, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
)

labelled_questions = sa.Table(
    "labelled_questions",
    metadata,
    sa.Column("query_id", sa.String(64), primary_key=True),
    sa.Column("faq_id", sa.String(64), primary_key=True),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("relevance", sa.Integer, nullable=False),
    sa.Column("handler", sa.String(20), nullable=False),
)

kinds = sa.Table(
    "kinds",
    metadata,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("kept_since", Instant, nullable=False),
)
