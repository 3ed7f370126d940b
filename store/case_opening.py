"""A case is opened: by a resident in LINE, by an operator for a caller, or by the form that everybody may use."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, assert_never

import sqlalchemy as sa

from faq.counters import SectionId
from faq.models import EntryId
from store import audit, case_talk, case_words, cases, receipts, residents, staff_notices
from store.audit import ByAccount, ByResident, Kind, Unattended
from store.case_refusals import TooMany
from store.case_talk import EntryKind
from store.cases import Case, CaseId, Origin, Reach, State
from store.db import Tx
from store.inserting import unless_there
from store.particulars import ParticularsId
from store.staff_notices import StaffNoticeKind
from store.tables import cases as table

MOST: Final = 5
"""Cases of one resident that may stand at a time: enough for a life in a city, and an end to a flood."""

Opener = ByResident | ByAccount | Literal[Unattended.SERVICE]
"""Who opens a case; the service does for who uses the form without being known."""


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case as it is handed over."""

    once: str
    """Made for each talk or form: what is sent twice is one case. Up to 64 letters."""
    section: SectionId
    subject: str
    """In a few words, masked."""
    words: tuple[str, ...]
    """What they said, in order and masked: from their consent on."""
    entry: EntryId | None = None
    """What was talked of."""
    ward: str = ""
    reach: Reach = Reach.LINE
    particulars: ParticularsId | None = None
    urgent: bool = False


def open_case(
    tx: Tx, draft: CaseDraft, promised_at: datetime | None, by: Opener, now: datetime
) -> Case | TooMany:
    """Opens a case of the resident's, of a caller's for whom somebody at the city writes, or of who used the form;
    sent again it is the one that is there. `promised_at`: by when they hear; None where nobody can say.
    """
    if isinstance(by, ByResident):
        _lock(tx, by)
        if (there := _same(tx, draft, by)) is None and len(_standing(tx, by)) >= MOST:
            return TooMany(MOST)
    else:
        there = _same(tx, draft, by)
    while there is None:
        made = unless_there(tx, table, _columns(draft, promised_at, by, now))
        if made is not None:
            return _made(tx, CaseId(made), draft, by, now)
        there = _same(tx, draft, by)  # None: another case has the same receipt by chance
    return cases.read(tx, there)


def _made(tx: Tx, made: CaseId, draft: CaseDraft, by: Opener, now: datetime) -> Case:
    key = case_words.make_key(tx, made)
    subject = case_words.sealed(key, made, draft.subject, case_words.SUBJECT)
    tx.connection.execute(table.update().where(table.c.id == made).values(subject=subject))
    account = by.account if isinstance(by, ByAccount) else None
    for words in draft.words:
        case_talk.add(tx, made, EntryKind.SAID, now, by=account, words=words)
    audit.record(tx, by, "case.opened", Kind.CASE, str(made), now, section=draft.section)
    staff_notices.tell(tx, made, StaffNoticeKind.NEW, now, "opened")
    return cases.read(tx, made)


def _lock(tx: Tx, by: ByResident) -> None:
    """Of two cases that a resident opens at once the second waits, so that both are counted."""
    residents.lock(tx, by.resident)


def _standing(tx: Tx, by: ByResident) -> tuple[int, ...]:
    theirs = sa.and_(table.c.resident_id == by.resident, cases.OPEN)
    return tuple(tx.connection.scalars(sa.select(table.c.id).where(theirs)))


def _same(tx: Tx, draft: CaseDraft, by: Opener) -> CaseId | None:
    match by:
        case ByResident(resident):
            owner = table.c.resident_id == resident
        case ByAccount(account):
            owner = table.c.made_by == account
        case Unattended.SERVICE:
            owner = table.c.origin == Origin.FORM.value
        case _:
            assert_never(by)
    found = tx.connection.scalar(sa.select(table.c.id).where(owner, table.c.once == draft.once))
    return None if found is None else CaseId(found)


def _columns(draft: CaseDraft, promised_at: datetime | None, by: Opener, now: datetime) -> dict[str, object]:
    return {
        "receipt": receipts.new(),
        "origin": _origin(by).value,
        "once": draft.once,
        "resident_id": by.resident if isinstance(by, ByResident) else None,
        "made_by": by.account if isinstance(by, ByAccount) else None,
        "section": draft.section,
        "entry_id": draft.entry,
        "ward": draft.ward,
        "reach": draft.reach.value,
        "particulars_id": draft.particulars,
        "urgent": draft.urgent,
        "state": State.NEW.value,
        "opened_at": now,
        "first_promised_at": promised_at,
        "promised_at": promised_at,
        "waits_since": now,
        "moves": 0,
        "reopened": 0,
        "unread": 0,
        "version": 1,
    }


def _origin(by: Opener) -> Origin:
    match by:
        case ByResident():
            return Origin.LINE
        case ByAccount():
            return Origin.DESK
        case Unattended.SERVICE:
            return Origin.FORM
        case _:
            assert_never(by)
