"""Who reads the words of a voice: its section, administrators, and for some days a section that it is shared with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from store import audit, case_talk, case_words, cases
from store.audit import ByAccount, Kind
from store.case_talk import EntryKind
from store.cases import CaseId
from store.db import Tx
from store.sight import Role, Viewer
from store.tables import case_entries, case_keys, voice_shares, voices
from store.tables import cases as cases_table

TOLD: Final = (EntryKind.SAID, *case_talk.ANSWERS)
"""What a voice is: the words of the resident, and of the city to them; no notes among staff."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was said and answered."""

    subject: str
    words: str
    """Of the resident, one below the other."""
    answer: str
    """Of the city; empty where nothing was written yet."""
    last: int
    """The number of the newest line that is in it."""


def readable_by(viewer: Viewer, now: datetime) -> sa.ColumnElement[bool]:
    """The cases that are voices and whose words the viewer may read."""
    is_voice = cases_table.c.id.in_(sa.select(voices.c.case_id))
    if viewer.outside or viewer.role is Role.OPERATOR or viewer.section is None:
        return sa.and_(is_voice, cases.kept_by(viewer))
    shared = sa.select(voice_shares.c.case_id).where(
        voice_shares.c.section == viewer.section,
        voice_shares.c.until > now,
        voice_shares.c.ended_at.is_(None),
    )
    return sa.and_(is_voice, sa.or_(cases.kept_by(viewer), cases_table.c.id.in_(shared)))


def is_readable(tx: Tx, viewer: Viewer, case: CaseId, now: datetime) -> bool:
    """Whether the viewer may read a voice whose words are still there."""
    here = sa.select(cases_table.c.id).where(
        cases_table.c.id == case, cases_table.c.erased_at.is_(None), readable_by(viewer, now)
    )
    return tx.connection.scalar(here) is not None


def is_own(tx: Tx, viewer: Viewer, case: CaseId) -> bool:
    """Whether it is a voice of the viewer's section, or they are an administrator; a share gives no such right."""
    is_voice = tx.connection.scalar(sa.select(voices.c.case_id).where(voices.c.case_id == case))
    return is_voice is not None and cases.is_kept_by(tx, viewer, case)


def told(tx: Tx, viewer: Viewer, case: CaseId, now: datetime) -> Told | None:
    """What was said and answered, for who may read it; the look is audited. None for everybody else."""
    if not is_readable(tx, viewer, case, now):
        return None
    audit.record(tx, ByAccount(viewer.account), "voice.read", Kind.CASE, str(case), now)
    return opened(tx, (case,))[case]


def last_line(tx: Tx, case: CaseId) -> int:
    """The number of the newest line that was said or answered; 0 where there is none."""
    lines = sa.select(sa.func.max(case_entries.c.id)).where(
        case_entries.c.case_id == case, case_entries.c.kind.in_([kind.value for kind in TOLD])
    )
    return tx.connection.scalar(lines) or 0


def opened(tx: Tx, which: tuple[CaseId, ...]) -> dict[CaseId, Told]:
    """What was said in these cases, in two statements, for who may read it; nothing where it was erased."""
    subjects = sa.select(cases_table.c.id, cases_table.c.subject, case_keys.c.wrapped).join(case_keys)
    rows = tx.connection.execute(subjects.where(cases_table.c.id.in_(which))).all()
    keys = {row.id: case_words.unwrapped(tx, row.id, row.wrapped) for row in rows}
    lines = (
        sa.select(case_entries.c.id, case_entries.c.case_id, case_entries.c.kind, case_entries.c.words)
        .where(case_entries.c.case_id.in_(keys), case_entries.c.kind.in_([kind.value for kind in TOLD]))
        .order_by(case_entries.c.id)
    )
    said: dict[int, list[str]] = {number: [] for number in keys}
    answered: dict[int, list[str]] = {number: [] for number in keys}
    last = dict.fromkeys(keys, 0)
    for line in tx.connection.execute(lines):
        words = case_words.opened(keys[line.case_id], line.case_id, line.words, case_words.ENTRY)
        (said if line.kind == EntryKind.SAID.value else answered)[line.case_id].append(words)
        last[line.case_id] = line.id
    return {
        CaseId(row.id): Told(
            case_words.opened(keys[row.id], row.id, row.subject, case_words.SUBJECT),
            "\n\n".join(filter(None, said[row.id])),
            "\n\n".join(filter(None, answered[row.id])),
            last[row.id],
        )
        for row in rows
    }
