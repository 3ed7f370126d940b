"""The tables, by what they are about."""

from store.tables.alarms import alarm_rules, alarms
from store.tables.answers import entries, entry_vectors, kinds, knowledge, labelled_questions, synonyms
from store.tables.api_tokens import api_tokens
from store.tables.backups import backups
from store.tables.bookings import bookings, draws, notices, seats, slots
from store.tables.callbacks import callbacks
from store.tables.calls import calls
from store.tables.calls_for_help import calls_for_help
from store.tables.case_apart import case_apart
from store.tables.cases import case_entries, case_keys, case_looks, cases
from store.tables.collaborations import (
    collaboration_agreements,
    collaboration_drafts,
    collaboration_evaluations,
    collaboration_keys,
    collaboration_moves,
    collaboration_steps,
    collaborations,
)
from store.tables.columns import metadata
from store.tables.danger_texts import danger_line_names, danger_lines, danger_texts, danger_translations
from store.tables.desk import bulletins, bulletins_read, canned, favourites
from store.tables.disasters import disaster_acts, disaster_measures, disasters
from store.tables.displacements import displacements, slots_shut
from store.tables.doors import accounts, audit, audit_head, links, run_settings, sessions, tries
from store.tables.hearings import hearings, ways
from store.tables.leaving import leaving
from store.tables.mailings import (
    line_plan,
    mailing_authors,
    mailing_batches,
    mailing_recipients,
    mailing_words,
    mailings,
    subscribers,
    subscriptions,
    topics,
)
from store.tables.neighbours import neighbours
from store.tables.opinions import (
    opinion_acts,
    opinion_groups,
    opinion_keys,
    opinion_results,
    opinions,
    plans,
)
from store.tables.particulars import particulars, particulars_fields, particulars_keys
from store.tables.photographs import photograph_keys, photographs
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
from store.tables.proposals import editions, proposal_authors, proposal_changes, proposals, revisions
from store.tables.published_voices import published_voices, voice_preparations
from store.tables.readings import readings
from store.tables.rich_menus import menu_of_all, menus_shown, menus_uploaded
from store.tables.ripples import ripple_flips, ripples, to_tell
from store.tables.slips import slips
from store.tables.staff_notices import contacts, staff_notices, tellings
from store.tables.talks import buttons, conversations, queries, resident_keys, residents, system_keys
from store.tables.terms import booking_terms, chores, closings
from store.tables.translations import translations
from store.tables.unmatched import cluster_acts, clustered, clusters
from store.tables.voice_desk import voice_shares, voice_tag_acts, voice_tagged, voice_tags
from store.tables.voices import voice_categories, voices
from store.tables.work import inbox, outbox, relay, sendings, undelivered

__all__ = [
    "accounts",
    "alarm_rules",
    "alarms",
    "api_tokens",
    "audit",
    "audit_head",
    "backups",
    "booking_terms",
    "bookings",
    "bulletins",
    "bulletins_read",
    "buttons",
    "callbacks",
    "calls",
    "calls_for_help",
    "canned",
    "case_apart",
    "case_entries",
    "case_keys",
    "case_looks",
    "cases",
    "chores",
    "closings",
    "closures",
    "cluster_acts",
    "clustered",
    "clusters",
    "collaboration_agreements",
    "collaboration_drafts",
    "collaboration_evaluations",
    "collaboration_keys",
    "collaboration_moves",
    "collaboration_steps",
    "collaborations",
    "contacts",
    "conversations",
    "danger_line_names",
    "danger_lines",
    "danger_texts",
    "danger_translations",
    "disaster_acts",
    "disaster_measures",
    "disasters",
    "displacements",
    "draws",
    "editions",
    "entries",
    "entry_vectors",
    "favourites",
    "hearings",
    "hours",
    "inbox",
    "kinds",
    "knowledge",
    "labelled_questions",
    "leaving",
    "line_plan",
    "links",
    "mailing_authors",
    "mailing_batches",
    "mailing_recipients",
    "mailing_words",
    "mailings",
    "menu_of_all",
    "menus_shown",
    "menus_uploaded",
    "metadata",
    "neighbours",
    "notices",
    "offices",
    "opinion_acts",
    "opinion_groups",
    "opinion_keys",
    "opinion_results",
    "opinions",
    "outbox",
    "particulars",
    "particulars_fields",
    "particulars_keys",
    "photograph_keys",
    "photographs",
    "plans",
    "procedures",
    "programme_days",
    "programmes",
    "proposal_authors",
    "proposal_changes",
    "proposals",
    "published_voices",
    "queries",
    "readings",
    "relay",
    "resident_keys",
    "residents",
    "revisions",
    "ripple_flips",
    "ripples",
    "run_settings",
    "seats",
    "sections",
    "sendings",
    "sessions",
    "shelters",
    "slips",
    "slots",
    "slots_shut",
    "staff_notices",
    "subscribers",
    "subscriptions",
    "synonyms",
    "system_keys",
    "tellings",
    "to_tell",
    "topics",
    "translations",
    "tries",
    "undelivered",
    "voice_categories",
    "voice_preparations",
    "voice_shares",
    "voice_tag_acts",
    "voice_tagged",
    "voice_tags",
    "voices",
    "ways",
]
