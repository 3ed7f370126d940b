"""What staff do about an alarm: note that they have seen it, open its words, note what was done."""

from datetime import datetime

import sqlalchemy as sa

from store import alarms, audit, residents
from store.alarms import AlarmId
from store.audit import ByAccount, Kind
from store.db import Tx
from store.residents import ResidentId
from store.sight import Viewer
from store.tables import alarms as alarms_table


def see(tx: Tx, viewer: Viewer, alarm: AlarmId, now: datetime) -> bool:
    """Notes that somebody has seen it; False where somebody has before, or it is not theirs."""
    return _note_down(tx, viewer, alarm, "seen", {"seen_by": viewer.account, "seen_at": now}, now)


def handle(tx: Tx, viewer: Viewer, alarm: AlarmId, note: str, now: datetime) -> bool:
    """Notes what was done; False where somebody has before, or it is not theirs."""
    of = alarms_table.c
    whose = tx.connection.scalar(sa.select(of.resident_id).where(of.id == alarm, alarms.seen_by(viewer)))
    if whose is None:
        return False
    sealed = residents.key_of(tx, ResidentId(whose)).seal_text(note, alarms.NOTE)
    values = {
        "handled_by": viewer.account,
        "handled_at": now,
        "note": sealed,
        "seen_by": sa.func.coalesce(of.seen_by, viewer.account),
        "seen_at": sa.func.coalesce(of.seen_at, sa.literal(now, type_=of.seen_at.type)),
    }
    return _note_down(tx, viewer, alarm, "handled", values, now)


def _note_down(
    tx: Tx, viewer: Viewer, alarm: AlarmId, act: str, values: dict[str, object], now: datetime
) -> bool:
    first = alarms_table.c[f"{act}_at"].is_(None), alarms_table.c.handled_at.is_(None)
    made = (
        alarms_table.update().where(alarms_table.c.id == alarm, alarms.seen_by(viewer), *first).values(values)
    )
    if tx.connection.execute(made).rowcount == 0:
        return False
    audit.record(tx, ByAccount(viewer.account), act, Kind.ALARM, str(alarm), now)
    return True


def open_words(tx: Tx, viewer: Viewer, alarm: AlarmId, why: str, now: datetime) -> str | None:
    """What the resident wrote; None where it is over, not theirs, or they may not see personal data. Audited.

    `why` has no personal data: it stands in the audit.
    """
    of = alarms_table.c
    query = sa.select(of.resident_id, of.words).where(
        of.id == alarm, alarms.seen_by(viewer), alarms.readable(now)
    )
    row = tx.connection.execute(query).first() if viewer.personal else None
    if row is None:
        return None
    audit.record(tx, ByAccount(viewer.account), "words_read", Kind.ALARM, str(alarm), now, why=why)
    return residents.key_of(tx, ResidentId(row.resident_id)).open_text(row.words, alarms.WORDS)
