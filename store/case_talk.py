"""The talk of a case: what was said and done, in order. Opening it is audited."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

import sqlalchemy as sa

from faq.counters import SectionId
from store import audit, case_words, cases
from store.audit import ByAccount, Kind
from store.cases import CaseId
from store.db import Tx
from store.residents import ResidentId
from store.sight import AccountId, Viewer
from store.tables import accounts, case_entries, case_keys
from store.tables import cases as cases_table

EntryId = NewType("EntryId", int)
"""Of the talk of a case; not of the knowledge."""


class EntryKind(StrEnum):
    """What was said or done."""

    SAID = "said"
    """By the resident, or by a caller in the operator's words."""
    ANSWERED_LINE = "answered_line"
    ANSWERED_PAGE = "answered_page"
    ANSWERED_TELEPHONE = "answered_telephone"
    NOTE = "note"
    """Among staff."""
    TAKEN = "taken"
    BACK = "back"
    """Nobody looks after it any more: handed back, or left alone for too long."""
    SENT_ON = "sent_on"
    ELSEWHERE = "elsewhere"
    SOLVED = "solved"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    ANSWERED_LETTER = "answered_letter"
    """By post, or by another way outside of this service."""
    JOINED = "joined"
    """A voice, to another of the same matter; that one's receipt."""
    PARTED = "parted"
    PICTURE_LOST = "picture_lost"
    """A photograph that was sent with it could not be had from LINE, or was none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was said or done."""

    id: EntryId
    kind: EntryKind
    at: datetime
    by_shown: str
    """The colleague; empty for the resident and the clock."""
    words: str
    """Empty where there are none, or they are erased."""
    from_section: SectionId | None
    to_section: SectionId | None
    """Of what was sent on."""
    neighbour: str
    """Whose it is, of what is another authority's: an id of `data/neighbours.csv`."""
    read_at: datetime | None
    """When the resident opened an answer that is kept on the city's page."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the resident finds on the city's page."""

    case: CaseId
    entry: EntryId
    at: datetime
    words: str


ANSWERS: Final = (
    EntryKind.ANSWERED_LINE,
    EntryKind.ANSWERED_PAGE,
    EntryKind.ANSWERED_TELEPHONE,
    EntryKind.ANSWERED_LETTER,
)
_AMONG_STAFF: Final = (
    *(EntryKind.NOTE, EntryKind.TAKEN, EntryKind.BACK),
    *(EntryKind.JOINED, EntryKind.PARTED),
)


def add(
    tx: Tx,
    case: CaseId,
    kind: EntryKind,
    now: datetime,
    *,
    by: AccountId | None = None,
    words: str = "",
    moved: tuple[SectionId, SectionId] | None = None,
    neighbour: str | None = None,
) -> EntryId:
    """Notes what was said or done. `moved`: from which section to which."""
    key = case_words.key_of(tx, case)
    values = {
        "case_id": case,
        "kind": kind.value,
        "at": now,
        "by_id": by,
        "words": None if key is None else case_words.sealed(key, case, words, case_words.ENTRY),
        "from_section": moved[0] if moved else None,
        "to_section": moved[1] if moved else None,
        "neighbour": neighbour,
    }
    made = tx.connection.execute(case_entries.insert().values(values)).inserted_primary_key
    assert made is not None
    return EntryId(made[0])


def talk_of(tx: Tx, viewer: Viewer, case: CaseId, now: datetime) -> tuple[Entry, ...]:
    """All of it, for who keeps the case; the look is audited. Empty for everybody else."""
    if not cases.is_kept_by(tx, viewer, case):
        return ()
    audit.record(tx, ByAccount(viewer.account), "case.read", Kind.CASE, str(case), now)
    return _entries(tx, case_entries.c.case_id == case)


def told_to(tx: Tx, resident: ResidentId, case: CaseId) -> tuple[Entry, ...]:
    """What the resident themselves has said and heard: without notes, names, and reasons among staff."""
    theirs = sa.and_(
        case_entries.c.case_id == case,
        cases_table.c.resident_id == resident,
        case_entries.c.kind.not_in([kind.value for kind in _AMONG_STAFF]),
    )
    return tuple(_for_the_resident(entry) for entry in _entries(tx, theirs))


def by_link(tx: Tx, case: CaseId, kinds: Sequence[EntryKind]) -> tuple[Entry, ...]:
    """What was said and answered in a case, for who has the link of its page: without names and reasons."""
    some = sa.and_(case_entries.c.case_id == case, case_entries.c.kind.in_([kind.value for kind in kinds]))
    return tuple(_for_the_resident(entry) for entry in _entries(tx, some))


def find(tx: Tx, entry: EntryId) -> Entry | None:
    """One of them, for who puts a notice of it in words."""
    found = _entries(tx, case_entries.c.id == entry)
    return _for_the_resident(found[0]) if found else None


def answer_of(tx: Tx, resident: ResidentId, entry: EntryId) -> Answer | None:
    """An answer to the resident that is kept on the city's page; None where it is not theirs, or erased."""
    theirs = sa.and_(
        case_entries.c.id == entry,
        case_entries.c.kind == EntryKind.ANSWERED_PAGE.value,
        cases_table.c.resident_id == resident,
    )
    query = sa.select(case_entries.c.case_id).join(cases_table).where(theirs)
    case = tx.connection.scalar(query)
    found = find(tx, entry) if case is not None else None
    return Answer(CaseId(case), entry, found.at, found.words) if found and case is not None else None


def was_read(tx: Tx, resident: ResidentId, entry: EntryId, now: datetime) -> None:
    """Notes that the resident has opened an answer on the city's page; the first time counts."""
    if answer_of(tx, resident, entry) is not None:
        unread = sa.and_(case_entries.c.id == entry, case_entries.c.read_at.is_(None))
        tx.connection.execute(case_entries.update().where(unread).values(read_at=now))


def _for_the_resident(entry: Entry) -> Entry:
    reason = entry.kind in (EntryKind.SENT_ON, EntryKind.CLOSED, *_AMONG_STAFF)
    return replace(entry, by_shown="", words="" if reason else entry.words)


def _entries(tx: Tx, which: sa.ColumnElement[bool]) -> tuple[Entry, ...]:
    query = (
        sa.select(case_entries, accounts.c.shown, case_keys.c.wrapped)
        .join(cases_table, cases_table.c.id == case_entries.c.case_id)
        .join(accounts, accounts.c.id == case_entries.c.by_id, isouter=True)
        .join(case_keys, case_keys.c.case_id == case_entries.c.case_id, isouter=True)
        .where(which)
        .order_by(case_entries.c.id)
    )
    return tuple(_entry(tx, row) for row in tx.connection.execute(query))


def _entry(tx: Tx, row: sa.Row[tuple[object, ...]]) -> Entry:
    key = case_words.unwrapped(tx, row.case_id, row.wrapped)
    return Entry(
        id=EntryId(row.id),
        kind=EntryKind(row.kind),
        at=row.at,
        by_shown=row.shown or "",
        words=case_words.opened(key, row.case_id, row.words, case_words.ENTRY),
        from_section=None if row.from_section is None else SectionId(row.from_section),
        to_section=None if row.to_section is None else SectionId(row.to_section),
        neighbour=row.neighbour or "",
        read_at=row.read_at,
    )
