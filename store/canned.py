"""Sentences that operators say often, with blanks (`faq/blanks.py`), kept by team: a section, or everybody."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

import sqlalchemy as sa

from faq.counters import SectionId
from store import audit
from store.audit import ByAccount, Kind
from store.db import Tx
from store.overtaken import Overtaken
from store.sight import Role, Viewer
from store.tables import accounts, canned

CannedId = NewType("CannedId", int)


@dataclass(frozen=True, slots=True)
class CannedDraft:
    """A sentence as it is written."""

    team: SectionId | None
    """None: everybody's."""
    title: str
    """By which it is found."""
    kana: str
    """How the title is read, in hiragana."""
    text: str


@dataclass(frozen=True, slots=True)
class Canned:
    """A sentence that is there."""

    id: CannedId
    version: int
    """Rises with each change."""
    team: SectionId | None
    title: str
    kana: str
    text: str
    changed_by: str
    """Their name, for colleagues."""
    changed_at: datetime


def seen_by(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Everybody's, and one's own team's; all for an administrator."""
    if viewer.role is Role.ADMIN:
        return sa.true()
    return sa.or_(canned.c.team.is_(None), canned.c.team == viewer.section)


def may_keep(viewer: Viewer, team: SectionId | None) -> bool:
    """Whether they write a team's sentences: staff their own section's, approvers also everybody's."""
    match viewer.role:
        case Role.ADMIN:
            return True
        case Role.APPROVER:
            return team is None or team == viewer.section
        case Role.STAFF:
            return team is not None and team == viewer.section
        case Role.OPERATOR:
            return False


def listed(tx: Tx, viewer: Viewer) -> tuple[Canned, ...]:
    """What they may see: their own team's first, then by reading."""
    others = sa.case((canned.c.team.is_(None), 1), else_=0)
    found = _select().where(seen_by(viewer)).order_by(others, canned.c.team, canned.c.kana, canned.c.id)
    return tuple(_canned(row) for row in tx.connection.execute(found))


def find(tx: Tx, viewer: Viewer, which: CannedId) -> Canned | None:
    """One of them."""
    row = tx.connection.execute(_select().where(canned.c.id == which, seen_by(viewer))).first()
    return None if row is None else _canned(row)


def add(tx: Tx, viewer: Viewer, draft: CannedDraft, now: datetime) -> CannedId | None:
    """Keeps one more; None where it is not theirs to write for that team."""
    if not may_keep(viewer, draft.team):
        return None
    made = tx.connection.execute(canned.insert().values(version=1, **_columns(viewer, draft, now)))
    assert made.inserted_primary_key is not None
    which = CannedId(made.inserted_primary_key[0])
    _audit(tx, viewer, "add", which, draft.team, now)
    return which


def change(
    tx: Tx, viewer: Viewer, which: CannedId, version: int, draft: CannedDraft, now: datetime
) -> CannedId | Overtaken | None:
    """Changes one that was read at that version; None where it is not there or not theirs, before or afterwards."""
    there = _kept_by(tx, viewer, which)
    if there is None or not may_keep(viewer, draft.team):
        return None
    if there.version != version:
        return Overtaken(there.changed_by, there.changed_at)
    values = {"version": version + 1, **_columns(viewer, draft, now)}
    tx.connection.execute(canned.update().where(canned.c.id == which).values(values))
    _audit(tx, viewer, "change", which, draft.team, now)
    return which


def remove(tx: Tx, viewer: Viewer, which: CannedId, now: datetime) -> bool:
    """Takes one away; False where it is not there or not theirs."""
    there = _kept_by(tx, viewer, which)
    if there is None:
        return False
    tx.connection.execute(canned.delete().where(canned.c.id == which))
    _audit(tx, viewer, "remove", which, there.team, now)
    return True


def _kept_by(tx: Tx, viewer: Viewer, which: CannedId) -> Canned | None:
    """The sentence where it is theirs to write, locked until the transaction ends."""
    tx.connection.execute(sa.select(canned.c.id).where(canned.c.id == which).with_for_update())
    there = find(tx, viewer, which)
    return there if there is not None and may_keep(viewer, there.team) else None


def _select() -> sa.Select[tuple[object, ...]]:
    return sa.select(canned, accounts.c.shown).join(accounts, accounts.c.id == canned.c.changed_by)


def _columns(viewer: Viewer, draft: CannedDraft, now: datetime) -> dict[str, object]:
    return {
        "team": draft.team,
        "title": draft.title,
        "kana": draft.kana,
        "text": draft.text,
        "changed_by": viewer.account,
        "changed_at": now,
    }


def _audit(tx: Tx, viewer: Viewer, act: str, which: CannedId, team: SectionId | None, now: datetime) -> None:
    audit.record(tx, ByAccount(viewer.account), act, Kind.CANNED, str(which), now, section=team or "")


def _canned(row: sa.Row[tuple[object, ...]]) -> Canned:
    return Canned(
        id=CannedId(row.id),
        version=row.version,
        team=None if row.team is None else SectionId(row.team),
        title=row.title,
        kana=row.kana,
        text=row.text,
        changed_by=row.shown,
        changed_at=row.changed_at,
    )
