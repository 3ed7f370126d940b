"""Joining voices: the same matter, told by several. One is the head; what it is answered in general is told to each.

A joined voice stays its resident's own, with its talk, receipt and end. While it waits it is with whoever has the head.
"""

from datetime import datetime

import sqlalchemy as sa

from store import audit, case_talk, cases, receipts, staff_notices
from store.audit import ByAccount, Kind
from store.case_changes import change, free, left_alone, locked
from store.case_refusals import NotThere, Refused
from store.case_talk import EntryKind
from store.cases import WAITING, Case, CaseId, State
from store.db import Tx
from store.receipts import Receipt
from store.sight import Viewer
from store.tables import cases as cases_table
from store.tables import voices as table


def join(tx: Tx, viewer: Viewer, case: CaseId, version: int, to: CaseId, now: datetime) -> Case | Refused:
    """From now on the voice is answered with another that the viewer keeps, or with that one's head; with those that
    were joined to it. `NotThere` where one of both is no voice, is theirs already, or the other is over.
    """
    head = _head(tx, to)
    for each in sorted({case, head}):
        locked(tx, cases_table.c.id == each)
    found = free(tx, viewer, case, version)
    if not isinstance(found, Case):
        return found
    into = _open_voice(tx, viewer, head)
    if into is None or case == head:
        return NotThere()
    joined = sa.or_(table.c.case_id == case, table.c.joined_to == case)
    if not tx.connection.execute(table.update().where(joined).values(joined_to=head)).rowcount:
        return NotThere()
    case_talk.add(tx, case, EntryKind.JOINED, now, by=viewer.account, words=receipts.shown(into.receipt))
    audit.record(tx, ByAccount(viewer.account), "case.joined", Kind.CASE, str(case), now, head=str(head))
    staff_notices.drop(tx, case, now)
    follow(tx, into, now)
    return cases.read(tx, case)


def target(tx: Tx, viewer: Viewer, case: CaseId, receipt: Receipt) -> CaseId | None:
    """The voice of that receipt, or its head, where the case can be joined to it."""
    named = cases.by_receipt(tx, viewer, receipt)
    head = _open_voice(tx, viewer, _head(tx, named.id)) if named else None
    return head.id if head and head.id != case else None


def part(tx: Tx, viewer: Viewer, case: CaseId, now: datetime) -> Case | Refused:
    """The voice is answered on its own again."""
    found = free(tx, viewer, case)
    if not isinstance(found, Case):
        return found
    joined = sa.and_(table.c.case_id == case, table.c.joined_to.is_not(None))
    if not tx.connection.execute(table.update().where(joined).values(joined_to=None)).rowcount:
        return NotThere()
    case_talk.add(tx, case, EntryKind.PARTED, now, by=viewer.account)
    audit.record(tx, ByAccount(viewer.account), "case.parted", Kind.CASE, str(case), now)
    return change(tx, found)


def waiting(tx: Tx, head: CaseId) -> tuple[Case, ...]:
    """Those that are joined to it and wait for an answer, which nobody else changes meanwhile; the oldest first."""
    joined = sa.select(table.c.case_id).where(table.c.joined_to == head)
    which = sa.and_(cases_table.c.id.in_(joined), cases_table.c.state.in_(WAITING))
    ids = tx.connection.scalars(
        sa.select(cases_table.c.id).where(which).order_by(cases_table.c.id).with_for_update()
    )
    return tuple(cases.read(tx, CaseId(each)) for each in ids.all())


def follow(tx: Tx, head: Case, now: datetime) -> None:
    """Those that wait are with whoever looks after the head, or with nobody, in its section."""
    held = left_alone()
    if head.taken_by is not None and head.state is not State.NEW:
        held = {
            "state": State.TAKEN.value,
            "taken_by": head.taken_by,
            "taken_at": head.taken_at,
            "acted_at": now,
        }
    for each in waiting(tx, head.id):
        staff_notices.drop(tx, each.id, now)
        change(tx, each, section=head.section, **held)


def release(tx: Tx, head: CaseId) -> None:
    """The head is over without an answer for the others: the oldest of those that wait is their head from now on."""
    left = waiting(tx, head)
    if not left:
        return
    new = left[0].id
    tx.connection.execute(table.update().where(table.c.case_id == new).values(joined_to=None))
    others = table.c.case_id.in_([each.id for each in left[1:]])
    tx.connection.execute(table.update().where(others).values(joined_to=new))


def _open_voice(tx: Tx, viewer: Viewer, case: CaseId) -> Case | None:
    """The case, where it is a voice that stands and that the viewer keeps."""
    is_voice = tx.connection.scalar(sa.select(table.c.case_id).where(table.c.case_id == case))
    found = cases.find(tx, viewer, case)
    if is_voice is None or found is None or not found.is_open:
        return None
    return found if cases.is_kept_by(tx, viewer, case) else None


def _head(tx: Tx, case: CaseId) -> CaseId:
    """The voice that is answered in place of this one, which may be itself."""
    head = tx.connection.scalar(sa.select(table.c.joined_to).where(table.c.case_id == case))
    return case if head is None else CaseId(head)
