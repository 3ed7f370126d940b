"""What a resident does about a case of theirs: adds to it, says that it is solved, takes it back, comes back to it."""

from datetime import datetime, timedelta
from typing import Any, Final

from store import audit, case_changes, case_talk, notices, staff_notices, voice_joining
from store.audit import Actor, ByResident, Kind
from store.case_people import can_keep
from store.case_refusals import Gone, TooLate
from store.case_talk import EntryKind
from store.cases import Case, CaseId, Ending, Reach, State
from store.db import Tx
from store.notices import NoticeKind
from store.particulars import ParticularsId
from store.residents import ResidentId
from store.staff_notices import StaffNoticeKind

REOPENED_WITHIN: Final = timedelta(days=14)
"""So long after its end a case can be taken up again: it stays the same case."""


def say(
    tx: Tx,
    resident: ResidentId,
    case: CaseId,
    words: str,
    now: datetime,
    promised_at: datetime | None = None,
) -> Case | Gone:
    """The resident adds something, masked. One that was answered waits again, with who answered if they are there.

    `promised_at`: by when they hear, where it had been answered.
    """
    found = case_changes.of_resident(tx, resident, case)
    return add(tx, found, words, ByResident(resident), now, promised_at)


def add(
    tx: Tx, found: Case | None, words: str, by: Actor, now: datetime, promised_at: datetime | None = None
) -> Case | Gone:
    """The same for a case that is locked, whoever it was that may do so."""
    if found is None or not found.is_open:
        return Gone()
    entry = case_talk.add(tx, found.id, EntryKind.SAID, now, words=words)
    audit.record(tx, by, "case.said", Kind.CASE, str(found.id), now)
    staff_notices.tell(tx, found.id, StaffNoticeKind.SAID, now, str(entry))
    again = _waits_again(tx, found, promised_at, now) if found.state is State.ANSWERED else {}
    return case_changes.change(tx, found, unread=found.unread + 1, **again)


def reach_by(
    tx: Tx, resident: ResidentId, case: CaseId, reach: Reach, particulars: ParticularsId | None, now: datetime
) -> Case | Gone:
    """The resident tells how to be answered: by telephone with the particulars that the form kept."""
    found = case_changes.of_resident(tx, resident, case)
    if found is None or not found.is_open:
        return Gone()
    audit.record(tx, ByResident(resident), "case.reached", Kind.CASE, str(case), now)
    return case_changes.change(tx, found, reach=reach.value, particulars_id=particulars)


def solved(tx: Tx, resident: ResidentId, case: CaseId, now: datetime) -> Case | Gone:
    """The resident says that it is solved."""
    found = case_changes.of_resident(tx, resident, case)
    return _end(tx, found, ByResident(resident), EntryKind.SOLVED, Ending.SOLVED, now)


def withdraw(tx: Tx, resident: ResidentId, case: CaseId, now: datetime) -> Case | Gone:
    """The resident takes it back."""
    return take_back(tx, case_changes.of_resident(tx, resident, case), ByResident(resident), now)


def take_back(tx: Tx, found: Case | None, by: Actor, now: datetime) -> Case | Gone:
    """The same for a case that is locked, whoever it was that may do so."""
    return _end(tx, found, by, EntryKind.WITHDRAWN, Ending.WITHDRAWN, now)


def may_reopen(case: Case, now: datetime) -> bool:
    """Whether it ended so lately that it can be taken up again."""
    return case.closed_at is not None and now <= case.closed_at + REOPENED_WITHIN


def reopen(
    tx: Tx, resident: ResidentId, case: CaseId, promised_at: datetime | None, words: str, now: datetime
) -> Case | TooLate | Gone:
    """It was not over after all: the same case waits again. One that stands already is just added to.

    That it was closed in the evening is not told in the morning any more.
    """
    found = case_changes.of_resident(tx, resident, case)
    if found is None:
        return Gone()
    if found.closed_at is None:
        return say(tx, resident, case, words, now, promised_at) if words else found
    if not may_reopen(found, now):
        return TooLate(found.closed_at + REOPENED_WITHIN)
    notices.drop_case(tx, case, NoticeKind.CASE_CLOSED, NoticeKind.CASE_UNHEARD)
    entry = case_talk.add(tx, case, EntryKind.REOPENED, now)
    if words:
        case_talk.add(tx, case, EntryKind.SAID, now, words=words)
    audit.record(tx, ByResident(resident), "case.reopened", Kind.CASE, str(case), now)
    staff_notices.tell(tx, case, StaffNoticeKind.REOPENED, now, str(entry))
    return case_changes.change(
        tx,
        found,
        unread=found.unread + 1,
        reopened=found.reopened + 1,
        ending=None,
        closed_at=None,
        **_waits_again(tx, found, promised_at, now),
    )


def _waits_again(tx: Tx, case: Case, promised_at: datetime | None, now: datetime) -> dict[str, Any]:
    waits = {"waits_since": now, "promised_at": promised_at}
    if case.taken_by is None or not can_keep(tx, case.taken_by, case.section):
        return case_changes.left_alone(**waits)
    return {"state": State.TAKEN.value, "acted_at": now, **waits}


def _end(
    tx: Tx, found: Case | None, by: Actor, kind: EntryKind, ending: Ending, now: datetime
) -> Case | Gone:
    if found is None or not found.is_open:
        return Gone()
    case_talk.add(tx, found.id, kind, now)
    audit.record(tx, by, f"case.{ending}", Kind.CASE, str(found.id), now)
    staff_notices.drop(tx, found.id, now)
    voice_joining.release(tx, found.id)
    return case_changes.change(tx, found, **case_changes.ended(ending, now))
