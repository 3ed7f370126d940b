"""Taking back that a case was closed: it was not over, or the wrong button was pressed."""

from datetime import datetime

from store import audit, case_changes, case_saying, case_talk, notices
from store.audit import ByAccount, Kind
from store.case_changes import change
from store.case_refusals import NotThere
from store.case_talk import EntryKind
from store.cases import Case, CaseId, Ending, Origin, State
from store.db import Tx
from store.notices import NoticeKind
from store.sight import Viewer


def may_reopen(case: Case, now: datetime) -> bool:
    """Whether staff may: as long as the resident may, and not what the resident took back or had erased."""
    is_somebodys = case.origin is Origin.DESK or case.resident is not None
    return case_saying.may_reopen(case, now) and is_somebodys and case.ending is not Ending.WITHDRAWN


def reopen(
    tx: Tx, viewer: Viewer, case: CaseId, promised_at: datetime | None, now: datetime
) -> Case | NotThere:
    """The case waits again, with the viewer. What was not sent yet of its end is not sent; one that stands stays so."""
    found = case_changes.kept_or_closed(tx, viewer, case)
    if found is None:
        return NotThere()
    if found.is_open:
        return found
    if not may_reopen(found, now):
        return NotThere()
    notices.drop_case(tx, case, NoticeKind.CASE_CLOSED, NoticeKind.CASE_UNHEARD, NoticeKind.CASE_ELSEWHERE)
    case_talk.add(tx, case, EntryKind.REOPENED, now, by=viewer.account)
    audit.record(tx, ByAccount(viewer.account), "case.reopened", Kind.CASE, str(case), now)
    return change(
        tx,
        found,
        state=State.TAKEN.value,
        ending=None,
        closed_at=None,
        taken_by=viewer.account,
        taken_at=now,
        acted_at=now,
        waits_since=now,
        promised_at=promised_at,
        reopened=found.reopened + 1,
    )
