"""Notices from staff to the desk: on top of the operators' page, from one moment to another, until they are read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from faq.counters import SectionId
from store import audit
from store.audit import ByAccount, Kind
from store.db import Tx
from store.overtaken import Overtaken
from store.sight import AccountId, Role, Viewer
from store.tables import accounts, bulletins, bulletins_read

BulletinId = NewType("BulletinId", int)


class Urgency(StrEnum):
    """How soon it must be read; the first is shown first."""

    DISASTER = "disaster"
    URGENT = "urgent"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class BulletinDraft:
    """A notice as it is written. Raises ValueError where it ends before it begins."""

    urgency: Urgency
    title: str
    text: str
    section: SectionId | None
    """Who answers for it; None: the whole city."""
    begins_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.ends_at < self.begins_at:
            raise ValueError("a notice that ends before it begins")


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A notice that was written."""

    id: BulletinId
    version: int
    """Rises with each change; who read another has not read this one."""
    urgency: Urgency
    title: str
    text: str
    section: SectionId | None
    begins_at: datetime
    ends_at: datetime
    written_by: str
    """Their name, for colleagues."""
    written_at: datetime

    def is_shown(self, now: datetime) -> bool:
        return self.begins_at <= now < self.ends_at


def may_keep(viewer: Viewer, section: SectionId | None) -> bool:
    """Whether they write notices of a section: staff and approvers their own's, administrators all."""
    match viewer.role:
        case Role.ADMIN:
            return True
        case Role.STAFF | Role.APPROVER:
            return section == viewer.section
        case Role.OPERATOR:
            return False


def unread(tx: Tx, account: AccountId, now: datetime) -> tuple[Bulletin, ...]:
    """What is to be shown now and they have not read, disasters first, then the newest."""
    read = sa.exists().where(
        bulletins_read.c.bulletin_id == bulletins.c.id,
        bulletins_read.c.account_id == account,
        bulletins_read.c.version == bulletins.c.version,
    )
    return _found(tx, bulletins.c.begins_at <= now, bulletins.c.ends_at > now, ~read)


def standing(tx: Tx, now: datetime) -> tuple[Bulletin, ...]:
    """What is shown now or will be, disasters first, then the newest."""
    return _found(tx, bulletins.c.ends_at > now)


def past(tx: Tx, now: datetime, most: int) -> tuple[Bulletin, ...]:
    """What ended, the last first."""
    ended = _select().where(bulletins.c.ends_at <= now)
    latest = ended.order_by(bulletins.c.ends_at.desc(), bulletins.c.id.desc()).limit(most)
    return tuple(_bulletin(row) for row in tx.connection.execute(latest))


def find(tx: Tx, which: BulletinId) -> Bulletin | None:
    """One of them: all may be read by whoever is signed in."""
    row = tx.connection.execute(_select().where(bulletins.c.id == which)).first()
    return None if row is None else _bulletin(row)


def write(tx: Tx, viewer: Viewer, draft: BulletinDraft, now: datetime) -> BulletinId | None:
    """Puts a notice up; None where that section's are not theirs to write."""
    if not may_keep(viewer, draft.section):
        return None
    made = tx.connection.execute(bulletins.insert().values(version=1, **_columns(viewer, draft, now)))
    assert made.inserted_primary_key is not None
    which = BulletinId(made.inserted_primary_key[0])
    _audit(tx, viewer, "written", which, draft.urgency, now)
    return which


def change(
    tx: Tx, viewer: Viewer, which: BulletinId, version: int, draft: BulletinDraft, now: datetime
) -> BulletinId | Overtaken | None:
    """Changes one that was read at that version, and shows it to all again; None: not there, or not theirs."""
    there = _kept_by(tx, viewer, which)
    if there is None or not may_keep(viewer, draft.section):
        return None
    if there.version != version:
        return Overtaken(there.written_by, there.written_at)
    values = {"version": version + 1, **_columns(viewer, draft, now)}
    tx.connection.execute(bulletins.update().where(bulletins.c.id == which).values(values))
    _audit(tx, viewer, "change", which, draft.urgency, now)
    return which


def end(tx: Tx, viewer: Viewer, which: BulletinId, now: datetime) -> bool:
    """Takes it down now; one that ended is left as it is. False where it is not there or not theirs."""
    there = _kept_by(tx, viewer, which)
    if there is None:
        return False
    if there.ends_at > now:
        ends = max(there.begins_at, now)
        tx.connection.execute(
            bulletins.update().where(bulletins.c.id == which).values(ends_at=ends, version=there.version + 1)
        )
        _audit(tx, viewer, "end", which, there.urgency, now)
    return True


def read(tx: Tx, account: AccountId, which: BulletinId, version: int) -> None:
    """Notes that they have read it as it was at that version."""
    insert = postgresql.insert if tx.connection.dialect.name == "postgresql" else sqlite.insert
    if find(tx, which) is not None:
        noted = insert(bulletins_read).values(bulletin_id=which, account_id=account, version=version)
        keys = ["bulletin_id", "account_id"]
        tx.connection.execute(noted.on_conflict_do_update(index_elements=keys, set_={"version": version}))


def _kept_by(tx: Tx, viewer: Viewer, which: BulletinId) -> Bulletin | None:
    """The notice where it is theirs to write, locked until the transaction ends."""
    tx.connection.execute(sa.select(bulletins.c.id).where(bulletins.c.id == which).with_for_update())
    there = find(tx, which)
    return there if there is not None and may_keep(viewer, there.section) else None


def _found(tx: Tx, *which: sa.ColumnElement[bool]) -> tuple[Bulletin, ...]:
    most_urgent = sa.case(
        {each.value: place for place, each in enumerate(Urgency)}, value=bulletins.c.urgency
    )
    latest = bulletins.c.begins_at.desc(), bulletins.c.id.desc()
    rows = tx.connection.execute(_select().where(*which).order_by(most_urgent, *latest))
    return tuple(_bulletin(row) for row in rows)


def _select() -> sa.Select[tuple[object, ...]]:
    return sa.select(bulletins, accounts.c.shown).join(accounts, accounts.c.id == bulletins.c.written_by)


def _columns(viewer: Viewer, draft: BulletinDraft, now: datetime) -> dict[str, object]:
    return {
        "urgency": draft.urgency.value,
        "title": draft.title,
        "text": draft.text,
        "section": draft.section,
        "begins_at": draft.begins_at,
        "ends_at": draft.ends_at,
        "written_by": viewer.account,
        "written_at": now,
    }


def _audit(tx: Tx, viewer: Viewer, act: str, which: BulletinId, urgency: Urgency, now: datetime) -> None:
    audit.record(tx, ByAccount(viewer.account), act, Kind.BULLETIN, str(which), now, urgency=urgency.value)


def _bulletin(row: sa.Row[tuple[object, ...]]) -> Bulletin:
    return Bulletin(
        id=BulletinId(row.id),
        version=row.version,
        urgency=Urgency(row.urgency),
        title=row.title,
        text=row.text,
        section=None if row.section is None else SectionId(row.section),
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        written_by=row.shown,
        written_at=row.written_at,
    )
