"""The tables, by what they are about."""

from store.tables.answers import entries, entry_vectors, kinds, knowledge, labelled_questions, synonyms
from store.tables.bookings import bookings, draws, notices, seats, slots
from store.tables.calls import calls
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
from store.tables.ripples import ripple_flips, ripples, to_tell
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
    "calls",
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
    "ripple_flips",
    "ripples",
    "run_settings",
    "seats",
    "sections",
    "sessions",
    "shelters",
    "slots",
    "synonyms",
    "system_keys",
    "to_tell",
    "tries",
]
