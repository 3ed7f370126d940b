"""What the clock does to cases: one that is left lying goes back to its section, one that was answered ends."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from faq.holidays import is_year_end
from nlp.holidays import is_day_off
from nlp.japan import JAPAN
from store import audit, case_changes, case_looks, case_talk, notices, staff_notices, voice_joining
from store.audit import SERVICE, Kind
from store.case_talk import EntryKind
from store.cases import Case, CaseId, Ending, State, read
from store.db import Tx
from store.notices import NoticeKind
from store.staff_notices import StaffNoticeKind
from store.tables import cases

AT_ONCE: Final = 100
"""Cases in one transaction."""
LEFT_ALONE: Final = 2
"""After so many working days without an act of whoever took it a case is its section's again."""
UNHEARD: Final = timedelta(days=7)
"""So long after an answer a case is closed, where the resident says no more."""
_A_DAY: Final = timedelta(days=1)


def is_due(tx: Tx, now: datetime) -> bool:
    """Whether there is anything to do: a look that writes nothing."""
    ripe = sa.select(cases.c.id).where(sa.or_(_lying(now), _unheard(now))).limit(1)
    return tx.connection.scalar(ripe) is not None or case_looks.is_due(tx, now)


def step(tx: Tx, now: datetime) -> int:
    """Does some of what is due; at most how many cases of a kind that were: `AT_ONCE`, where there are more."""
    case_looks.forget(tx, now)
    return max(back_by_time(tx, now), close_unheard(tx, now))


def back_by_time(tx: Tx, now: datetime) -> int:
    """Gives cases back to their sections that somebody took and left alone; their people are told."""
    found = _some(tx, _lying(now))
    for case in found:
        entry = case_talk.add(tx, case.id, EntryKind.BACK, now)
        audit.record(tx, SERVICE, "case.left", Kind.CASE, str(case.id), now)
        case_changes.change(tx, case, **case_changes.left_alone())
        staff_notices.tell(tx, case.id, StaffNoticeKind.BACK, now, str(entry))
    return len(found)


def close_unheard(tx: Tx, now: datetime) -> int:
    """Closes cases whose resident has said no more since they were answered, and tells them how to come back."""
    found = _some(tx, _unheard(now))
    for case in found:
        entry = case_talk.add(tx, case.id, EntryKind.CLOSED, now)
        audit.record(tx, SERVICE, "case.unheard", Kind.CASE, str(case.id), now)
        voice_joining.release(tx, case.id)
        closed = case_changes.change(tx, case, **case_changes.ended(Ending.UNHEARD, now))
        notices.put_case(tx, closed, entry, NoticeKind.CASE_UNHEARD, now)
    return len(found)


def working_days_before(now: datetime, days: int) -> datetime:
    """The moment since which so many whole working days have passed: days off take no time."""
    moment = now.astimezone(JAPAN)
    if _is_off(moment):
        moment = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    while days:
        moment -= _A_DAY
        days -= not _is_off(moment)
    return moment


def _lying(now: datetime) -> sa.ColumnElement[bool]:
    since = working_days_before(now, LEFT_ALONE)
    return sa.and_(cases.c.state == State.TAKEN.value, cases.c.acted_at <= since)


def _unheard(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(cases.c.state == State.ANSWERED.value, cases.c.answered_at <= now - UNHEARD)


def _is_off(moment: datetime) -> bool:
    return is_day_off(moment.date()) or is_year_end(moment.date())


def _some(tx: Tx, which: sa.ColumnElement[bool]) -> tuple[Case, ...]:
    """Some of these cases, which nobody else changes meanwhile; those that somebody does come the next time."""
    ids = sa.select(cases.c.id).where(which).order_by(cases.c.id).limit(AT_ONCE)
    found = tx.connection.scalars(ids.with_for_update(skip_locked=True)).all()
    return tuple(read(tx, CaseId(each)) for each in found)
