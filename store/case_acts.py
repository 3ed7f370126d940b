"""What a section does about a case: takes it, hands it back, sends it on, closes it. `store/case_answers.py` answers.

`version` is the one that the viewer saw: where the resident has said more since, or a colleague acted, nothing is done.
"""

from datetime import datetime
from typing import Any, Final

from faq.counters import SectionId
from store import audit, case_changes, case_people, case_talk, notices, staff_notices, voice_joining
from store.audit import ByAccount, Kind
from store.case_changes import change, free, kept, left_alone, touch
from store.case_refusals import NotThere, Refused
from store.case_talk import EntryKind
from store.cases import Case, CaseId, Ending, State
from store.db import Tx
from store.notices import NoticeKind
from store.sight import AccountId, Role, Viewer
from store.staff_notices import StaffNoticeKind

BY_HAND: Final = (Ending.SOLVED, Ending.WITHDRAWN, Ending.GIVEN_UP)
"""How staff may close a case by themselves."""


def take(tx: Tx, viewer: Viewer, case: CaseId, now: datetime) -> Case | Refused:
    """The viewer looks after it, and nobody else; theirs already, nothing changes."""
    found = free(tx, viewer, case)
    if not isinstance(found, Case) or found.taken_by == viewer.account:
        return found
    case_talk.add(tx, case, EntryKind.TAKEN, now, by=viewer.account)
    staff_notices.drop(tx, case, now)
    taken = change(tx, _noted(tx, viewer, found, "case.taken", now), **_taken(viewer.account, now))
    voice_joining.follow(tx, taken, now)
    return taken


def hand_back(tx: Tx, viewer: Viewer, case: CaseId, now: datetime) -> Case | Refused:
    """Leaves it to colleagues; an administrator takes it from another. What was answered stays answered."""
    by = kept if viewer.role is Role.ADMIN else free
    found = by(tx, viewer, case)
    if not isinstance(found, Case) or found.state is not State.TAKEN:
        return found
    entry = case_talk.add(tx, case, EntryKind.BACK, now, by=viewer.account)
    staff_notices.tell(tx, case, StaffNoticeKind.BACK, now, str(entry))
    left = change(tx, _noted(tx, viewer, found, "case.handed_back", now), **left_alone())
    voice_joining.follow(tx, left, now)
    return left


def assign(
    tx: Tx, viewer: Viewer, case: CaseId, version: int, account: AccountId, now: datetime
) -> Case | Refused:
    """Somebody of its section looks after it from now on, also in place of a colleague; `NotThere` for others."""
    found = kept(tx, viewer, case, version)
    if not isinstance(found, Case):
        return found
    if not case_people.can_keep(tx, account, found.section):
        return NotThere()
    case_talk.add(tx, case, EntryKind.TAKEN, now, by=account)
    staff_notices.drop(tx, case, now)
    _noted(tx, viewer, found, "case.assigned", now, account=str(account))
    state = found.state if found.state is State.ANSWERED else State.TAKEN
    assigned = change(tx, found, **(_taken(account, now) | {"state": state.value}))
    voice_joining.follow(tx, assigned, now)
    return assigned


def note(tx: Tx, viewer: Viewer, case: CaseId, words: str, now: datetime) -> Case | NotThere:
    """Writes something down for colleagues, also once it is closed; no answer of theirs is out of date by it."""
    found = case_changes.kept_or_closed(tx, viewer, case)
    if found is None:
        return NotThere()
    case_talk.add(tx, case, EntryKind.NOTE, now, by=viewer.account, words=words)
    _noted(tx, viewer, found, "case.noted", now)
    own = found.taken_by == viewer.account
    return touch(tx, found, acted_at=now) if own else found


def looked(tx: Tx, viewer: Viewer, case: CaseId) -> None:
    """Whoever keeps it has read what the resident said."""
    found = kept(tx, viewer, case)
    if isinstance(found, Case) and found.unread:
        touch(tx, found, unread=0)


def send_on(
    tx: Tx,
    viewer: Viewer,
    case: CaseId,
    version: int,
    to: SectionId,
    why: str,
    promised_at: datetime | None,
    now: datetime,
) -> Case | Refused:
    """It is another section's (担当違い), who take it up anew; the resident is told, and the misroute is counted.

    Sent to where it is, it stays there.
    """
    found = free(tx, viewer, case, version)
    if not isinstance(found, Case) or found.section == to:
        return found
    for each in voice_joining.waiting(tx, case):
        _move(tx, viewer, each, to, why, promised_at, now)
    return _move(tx, viewer, found, to, why, promised_at, now)


def _move(
    tx: Tx, viewer: Viewer, case: Case, to: SectionId, why: str, promised_at: datetime | None, now: datetime
) -> Case:
    moved = (case.section, to)
    entry = case_talk.add(tx, case.id, EntryKind.SENT_ON, now, by=viewer.account, words=why, moved=moved)
    _noted(tx, viewer, case, "case.sent_on", now, section=to)
    sent = change(
        tx, case, **left_alone(section=to, moves=case.moves + 1, promised_at=promised_at, waits_since=now)
    )
    staff_notices.drop(tx, case.id, now)
    staff_notices.tell(tx, case.id, StaffNoticeKind.SENT_ON, now, str(entry))
    notices.put_case(tx, sent, entry, NoticeKind.CASE_SENT_ON, now)
    return sent


def close(
    tx: Tx, viewer: Viewer, case: CaseId, version: int, ending: Ending, words: str, now: datetime
) -> Case | Refused:
    """Nothing more is to be done; `words` say why, among staff. The resident is told how to come back to it."""
    if ending not in BY_HAND:
        raise ValueError(f"staff close no case as {ending}")
    found = free(tx, viewer, case, version)
    if not isinstance(found, Case):
        return found
    if ending is Ending.SOLVED:
        for each in voice_joining.waiting(tx, case):
            _end(tx, viewer, each, ending, words, now)
    else:  # it is this resident who took it back, or cannot be reached
        voice_joining.release(tx, case)
    return _end(tx, viewer, found, ending, words, now)


def _end(tx: Tx, viewer: Viewer, case: Case, ending: Ending, words: str, now: datetime) -> Case:
    entry = case_talk.add(tx, case.id, EntryKind.CLOSED, now, by=viewer.account, words=words)
    _noted(tx, viewer, case, "case.closed", now, reason=ending)
    staff_notices.drop(tx, case.id, now)
    closed = change(tx, case, **case_changes.ended(ending, now))
    notices.put_case(tx, closed, entry, NoticeKind.CASE_CLOSED, now)
    return closed


def _taken(account: AccountId, now: datetime) -> dict[str, Any]:
    return {"state": State.TAKEN.value, "taken_by": account, "taken_at": now, "acted_at": now}


def _noted(tx: Tx, viewer: Viewer, case: Case, act: str, now: datetime, **detail: str) -> Case:
    audit.record(tx, ByAccount(viewer.account), act, Kind.CASE, str(case.id), now, **detail)
    return case
