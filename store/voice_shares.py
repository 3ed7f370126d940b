"""Shares: another section reads a voice for some days, and every look of theirs is in the audit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NewType

import sqlalchemy as sa

from faq.counters import SectionId
from store import audit, voice_sight
from store.audit import ByAccount, Kind
from store.case_refusals import NotThere
from store.cases import CaseId
from store.db import Tx
from store.sight import Viewer
from store.tables import accounts, voice_shares

ShareId = NewType("ShareId", int)

MOST_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Share:
    """Who else may read it, until when."""

    id: ShareId
    section: SectionId
    by_shown: str
    until: datetime


def share(
    tx: Tx, viewer: Viewer, case: CaseId, section: SectionId, days: int, now: datetime
) -> Share | NotThere:
    """Lets a section read the voice for so many days, from 1 to `MOST_DAYS`; a share that is there is prolonged.

    Who may read it by a share alone shares it with nobody. Raises ValueError for other days.
    """
    if not 0 < days <= MOST_DAYS:
        raise ValueError(f"a share for {days} days")
    if not voice_sight.is_own(tx, viewer, case):
        return NotThere()
    until = now + timedelta(days=days)
    there = next((each for each in of_case(tx, case, now) if each.section == section), None)
    if there is None:
        values = {"case_id": case, "section": section, "by_id": viewer.account, "at": now, "until": until}
        tx.connection.execute(voice_shares.insert().values(values))
    else:
        later = voice_shares.update().where(voice_shares.c.id == there.id)
        tx.connection.execute(later.values(until=max(until, there.until)))
    by = ByAccount(viewer.account)
    audit.record(tx, by, "voice.shared", Kind.CASE, str(case), now, section=section, days=str(days))
    return next(each for each in of_case(tx, case, now) if each.section == section)


def end(tx: Tx, viewer: Viewer, case: CaseId, which: ShareId, now: datetime) -> bool:
    """Ends a share at once; False where there is none that the viewer may end."""
    if not voice_sight.is_own(tx, viewer, case):
        return False
    ended = tx.connection.execute(
        voice_shares.update()
        .where(voice_shares.c.id == which, voice_shares.c.case_id == case, _lasts(now))
        .values(ended_at=now)
    )
    if ended.rowcount:
        audit.record(tx, ByAccount(viewer.account), "voice.share_ended", Kind.CASE, str(case), now)
    return bool(ended.rowcount)


def of_case(tx: Tx, case: CaseId, now: datetime) -> tuple[Share, ...]:
    """The shares of a voice that last."""
    query = (
        sa.select(voice_shares, accounts.c.shown)
        .join(accounts, accounts.c.id == voice_shares.c.by_id)
        .where(voice_shares.c.case_id == case, _lasts(now))
        .order_by(voice_shares.c.id)
    )
    return tuple(
        Share(ShareId(row.id), SectionId(row.section), row.shown, row.until)
        for row in tx.connection.execute(query)
    )


def _lasts(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(voice_shares.c.until > now, voice_shares.c.ended_at.is_(None))
