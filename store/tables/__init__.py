"""The tables, by what they are about."""

from store.tables.answers import entries, entry_vectors, kinds, knowledge, labelled_questions, synonyms
from store.tables.bookings import bookings, draws, notices, seats, slots
from store.tables.callbacks import callbacks
from store.tables.calls import calls
from store.tables.calls_for_help import calls_for_help
from store.tables.columns import metadata
from store.tables.doors import accounts, audit, audit_head, links, run_settings, sessions, tries
from store.tables.particulars import particulars, particulars_fields, particulars_keys
from store.tables.places import (
    closures,
    hours,
    offices,
    procedures,
    programme_days,
    programmes,
    sections,
    shelters,
)
from store.tables.slips import slips
from store.tables.talks import buttons, conversations, queries, resident_keys, residents, system_keys
from store.tables.terms import booking_terms, chores, closings
from store.tables.work import inbox, outbox, relay

__all__ = [
    "accounts",
    "audit",
    "audit_head",
    "booking_terms",
    "bookings",
    "buttons",
    "callbacks",
    "calls",
    "calls_for_help",
    "chores",
    "closings",
    "closures",
    "conversations",
    "draws",
    "entries",
    "entry_vectors",
    "hours",
    "inbox",
    "kinds",
    "knowledge",
    "labelled_questions",
    "links",
    "metadata",
    "notices",
    "offices",
    "outbox",
    "particulars",
    "particulars_fields",
    "particulars_keys",
    "procedures",
    "programme_days",
    "programmes",
    "queries",
    "relay",
    "resident_keys",
    "residents",
    "run_settings",
    "seats",
    "sections",
    "sessions",
    "shelters",
    "slips",
    "slots",
    "synonyms",
    "system_keys",
    "tries",
]
