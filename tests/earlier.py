"""A database as an earlier version of the program left it."""

import sqlalchemy as sa

from store.db import Database
from store.tables import metadata

LATER_TABLES = (
    "alarms",
    "alarm_rules",
    "revisions",
    "editions",
    "proposal_changes",
    "proposal_authors",
    "proposals",
    "sendings",
    "ripple_flips",
    "ripples",
    "to_tell",
    "bulletins_read",
    "bulletins",
    "favourites",
    "canned",
    "api_tokens",
    "cluster_acts",
    "clustered",
    "clusters",
    "readings",
    "neighbours",
    "callbacks",
    "slips",
    "calls_for_help",
    "calls",
    "notices",
    "case_apart",
    "case_looks",
    "case_entries",
    "case_keys",
    "cases",
    "draws",
    "bookings",
    "seats",
    "slots",
    "sections",
    "procedures",
    "hours",
    "closures",
    "programmes",
    "programme_days",
    "kinds",
    "entry_vectors",
    "sessions",
    "tries",
    "links",
    "accounts",
    "audit",
    "audit_head",
    "run_settings",
    "particulars_keys",
    "particulars_fields",
    "particulars",
    "booking_terms",
    "closings",
    "chores",
    "translations",
    "danger_lines",
    "danger_texts",
    "tellings",
    "staff_notices",
    "contacts",
    "leaving",
    "danger_lines",
    "danger_texts",
    "danger_translations",
    "danger_line_names",
    "disaster_acts",
    "disaster_measures",
    "disasters",
    "hearings",
    "ways",
    "topics",
    "subscribers",
    "subscriptions",
    "mailings",
    "mailing_words",
    "mailing_authors",
    "mailing_batches",
    "mailing_recipients",
    "line_plan",
    "danger_translations",
    "danger_line_names",
    "displacements",
    "slots_shut",
    "menus_uploaded",
    "menus_shown",
    "menu_of_all",
    "collaboration_evaluations",
    "collaboration_agreements",
    "collaboration_steps",
    "collaboration_keys",
    "collaborations",
    "collaboration_drafts",
    "collaboration_moves",
    "photographs",
    "photograph_keys",
    "voice_preparations",
    "published_voices",
    "voice_shares",
    "voice_tagged",
    "voice_tag_acts",
    "voice_tags",
    "voices",
    "voice_categories",
    "plans",
    "opinions",
    "opinion_keys",
    "opinion_groups",
    "opinion_results",
    "opinion_acts",
)

LATER_COLUMNS = (
    ("entries", "fingerprint"),
    ("outbox", "about"),
    ("residents", "language"),
    ("residents", "language_chosen"),
)

LATER_INDEXES = (
    "ix_queries_unmatched",
    "ix_queries_worded",
    "ix_inbox_ended",
    "ix_outbox_ended",
    "ix_residents_left",
)


def take_back_to_the_first(database: Database) -> None:
    """Without what came after the first migration."""
    with database.write() as tx:
        for table in reversed(metadata.sorted_tables):
            if table.name in LATER_TABLES:
                tx.connection.execute(sa.text(f"DROP TABLE {table.name}"))
        tx.connection.execute(sa.text("DROP INDEX ix_entries_id_fingerprint"))
        for index in LATER_INDEXES:
            tx.connection.execute(sa.text(f"DROP INDEX {index}"))
        for table, column in LATER_COLUMNS:
            tx.connection.execute(sa.text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        tx.connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
