"""Alarms: somebody may be in danger, and the section that an administrator has chosen is told at once.

What a notice says is that there is an alarm, of which kind, and where. The words that raised it stand here for a day,
sealed under the resident's own key; who opens them says why, and the audit has it.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NewType

import sqlalchemy as sa

from faq.counters import SectionId
from nlp.danger import DangerKind, Severity
from store import alarm_rules, audit, case_urgency, residents, staff_notices
from store.audit import SERVICE, Kind
from store.db import Tx
from store.residents import ResidentId
from store.set_back import SKEW
from store.sight import Viewer, is_of_theirs
from store.staff_notices import OfAlarm, StaffNoticeKind
from store.tables import accounts, alarms
from store.tables import residents as residents_table

AlarmId = NewType("AlarmId", int)

AGAIN: Final = timedelta(hours=6)
"""So long one alarm stands for all that a resident writes of one kind of danger."""
WORDS_FOR: Final = timedelta(hours=24)
"""So long the words can be opened."""
WORDS: Final = "alarm"
NOTE: Final = "alarm_note"
"""What is sealed, see `store.keyring`."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Alarm:
    """One, as staff see it."""

    id: AlarmId
    danger: DangerKind
    severity: Severity
    section: SectionId
    """Who was told."""
    raised_at: datetime
    wrote_on: bool
    """Whether the resident was heard of afterwards."""
    has_words: bool
    """Whether they can still be opened."""
    seen_by_shown: str
    """Empty where nobody has."""
    seen_at: datetime | None
    handled_by_shown: str
    handled_at: datetime | None
    note: str
    """What was done."""

    @property
    def is_open(self) -> bool:
        return self.handled_at is None


def raise_alarm(
    tx: Tx, resident: ResidentId, kind: DangerKind, severity: Severity, now: datetime
) -> AlarmId | None:
    """Tells the section of the rule; None where none is to be told, or was told of this resident lately.

    Turns of one resident come one after the other, so that two cannot raise the same.
    """
    rule = alarm_rules.find(tx, kind)
    if rule is None or not rule.tells(severity) or _stands(tx, resident, kind, severity, now):
        return None
    values = {
        "resident_id": resident,
        "danger": kind.value,
        "severity": severity.value,
        "section": rule.section,
        "raised_at": now,
    }
    made = tx.connection.execute(alarms.insert().values(values).returning(alarms.c.id)).scalar_one()
    staff_notices.tell(tx, OfAlarm(made, rule.section), StaffNoticeKind.ALARM, now, "raised")
    audit.record(tx, SERVICE, "raised", Kind.ALARM, str(made), now, danger=kind.value)
    return AlarmId(made)


def _stands(tx: Tx, resident: ResidentId, kind: DangerKind, severity: Severity, now: datetime) -> bool:
    """An alarm of a talk does not stand for a present danger."""
    of = alarms.c
    lately = sa.select(of.id).where(
        of.resident_id == resident,
        of.danger == kind.value,
        of.raised_at > now - AGAIN,
        of.raised_at <= now + SKEW,  # later: by a clock that was set back since
    )
    if severity is Severity.NOW:
        lately = lately.where(of.severity == severity.value)
    return tx.connection.scalar(lately.limit(1)) is not None


def keep_words(tx: Tx, resident: ResidentId, alarm: AlarmId, words: str) -> None:
    """Keeps what was written, as it was, for `WORDS_FOR`."""
    sealed = residents.key_of(tx, resident).seal_text(words, WORDS)
    tx.connection.execute(alarms.update().where(alarms.c.id == alarm).values(words=sealed))


def report(
    tx: Tx, resident: ResidentId, kind: DangerKind, severity: Severity, words: str, now: datetime
) -> AlarmId | None:
    """Raises the alarm with its words, and hastens a case of theirs where the danger is present.

    A failure of the database here takes nothing from what the resident is told.
    """
    try:
        with tx.connection.begin_nested():
            alarm = raise_alarm(tx, resident, kind, severity, now)
            if alarm is not None:
                keep_words(tx, resident, alarm, words)
            if severity is Severity.NOW:
                case_urgency.hasten(tx, resident, kind, now)
    except sa.exc.SQLAlchemyError as error:
        log.error("an alarm could not be raised: %s", type(error).__name__)  # noqa: TRY400 - it holds the words
        return None
    return alarm


def seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Their section's, all for an administrator; none for operators and for who works for a contractor."""
    return is_of_theirs(viewer, alarms.c.section)


def listed(tx: Tx, viewer: Viewer, since: datetime, now: datetime) -> tuple[Alarm, ...]:
    """What is not handled yet, and all since a moment; the latest first."""
    wanted = sa.or_(alarms.c.handled_at.is_(None), alarms.c.raised_at >= since)
    return _all(tx, now, seen_by(viewer), wanted)


def find(tx: Tx, viewer: Viewer, alarm: AlarmId, now: datetime) -> Alarm | None:
    """One that the viewer may see."""
    found = _all(tx, now, seen_by(viewer), alarms.c.id == alarm)
    return found[0] if found else None


def forget_words(tx: Tx, now: datetime) -> int:
    """Takes out the words whose time is over; how many."""
    over = sa.and_(alarms.c.words.is_not(None), alarms.c.raised_at <= now - WORDS_FOR)
    return tx.connection.execute(alarms.update().where(over).values(words=None)).rowcount


def readable(now: datetime) -> sa.ColumnElement[bool]:
    """Alarms whose words can still be opened."""
    return sa.and_(alarms.c.words.is_not(None), alarms.c.raised_at > now - WORDS_FOR)


def _all(tx: Tx, now: datetime, *which: sa.ColumnElement[bool]) -> tuple[Alarm, ...]:
    saw, did = accounts.alias("saw"), accounts.alias("did")
    of = alarms.c
    query = (
        sa.select(
            alarms,
            readable(now).label("has_words"),
            (residents_table.c.last_seen > of.raised_at).label("wrote_on"),
            saw.c.shown.label("saw_shown"),
            did.c.shown.label("did_shown"),
        )
        .join(residents_table, residents_table.c.id == of.resident_id)
        .join(saw, saw.c.id == of.seen_by, isouter=True)
        .join(did, did.c.id == of.handled_by, isouter=True)
        .where(*which)
        .order_by(of.raised_at.desc(), of.id.desc())
    )
    return tuple(_alarm(tx, row) for row in tx.connection.execute(query).all())


def _alarm(tx: Tx, row: sa.Row[tuple[object, ...]]) -> Alarm:
    return Alarm(
        id=AlarmId(row.id),
        danger=DangerKind(row.danger),
        severity=Severity(row.severity),
        section=SectionId(row.section),
        raised_at=row.raised_at,
        wrote_on=bool(row.wrote_on),
        has_words=bool(row.has_words),
        seen_by_shown=row.saw_shown or "",
        seen_at=row.seen_at,
        handled_by_shown=row.did_shown or "",
        handled_at=row.handled_at,
        note=_opened(tx, ResidentId(row.resident_id), row.note),
    )


def _opened(tx: Tx, resident: ResidentId, note: bytes | None) -> str:
    if note is None:
        return ""
    return residents.key_of(tx, resident).open_text(note, NOTE)
