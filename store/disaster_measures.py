"""What is said while a disaster lasts: written, changed and ended by staff, each with its source and expiry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from faq.disaster import DisasterId, DisasterNow, Measure, MeasureId, What
from store import audit, disaster, disaster_rows
from store.audit import ByAccount, Kind
from store.db import Tx
from store.disaster import Disaster, Refusal, State
from store.overtaken import Overtaken
from store.sight import Viewer
from store.tables import accounts, disaster_measures, disasters

LONGEST: Final = timedelta(days=7)
"""How long anything may be said without somebody looking at it again."""
_ON: Final = sa.select(disasters.c.id, disasters.c.edition).where(disasters.c.state == State.ON.value)
_ender = accounts.alias("ender")


@dataclass(frozen=True, slots=True)
class Edition:
    """Which disaster is on, and how often anything of it has changed."""

    disaster: DisasterId
    number: int


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """A measure as it is written. Raises ValueError where it expires before its time, or holds too long."""

    what: What
    source: str
    source_url: str
    as_of: datetime
    expires_at: datetime

    def __post_init__(self) -> None:
        if not self.as_of < self.expires_at:
            raise ValueError("a measure that expires before it holds")


@dataclass(frozen=True, slots=True)
class Said:
    """A measure with who wrote it, for colleagues."""

    measure: Measure[What]
    by: str
    at: datetime
    ended_by: str | None
    ended_at: datetime | None


def edition(tx: Tx) -> Edition | None:
    """What tells whether anything has changed since somebody looked; None where nothing is on. One row."""
    row = tx.connection.execute(_ON).first()
    return None if row is None else Edition(DisasterId(row.id), row.edition)


def now_on(tx: Tx, now: datetime) -> DisasterNow | None:
    """The disaster that is on, with all that may be said of it now."""
    on = disaster.present(tx, now)
    return None if on is None else as_said(tx, on, now).at(now)


def all_of(tx: Tx, which: DisasterId) -> DisasterNow:
    """A disaster that was on, or is, with all that stands of it; what has expired is for the caller to leave out."""
    found = disaster.read(tx, which)
    assert found.started_at is not None
    return as_said(tx, found, found.started_at)


def as_said(tx: Tx, which: Disaster, now: datetime) -> DisasterNow:
    """The same of any; one that is only proposed or rehearsed, as if it had begun now."""
    until = which.expires_at or now + which.lasts
    measures = tuple(each.measure for each in standing(tx, which.id))
    return DisasterNow(which.id, which.what, which.started_at or now, until, measures)


def standing(tx: Tx, which: DisasterId) -> tuple[Said, ...]:
    """What was written and neither changed nor ended, expired or not, in the order in which it was written."""
    return _found(tx, disaster_measures.c.disaster_id == which, disaster_measures.c.ended_at.is_(None))


def ended(tx: Tx, which: DisasterId, most: int) -> tuple[Said, ...]:
    """What was changed or ended, the last first."""
    over = disaster_measures.c.disaster_id == which, disaster_measures.c.ended_at.is_not(None)
    latest = (
        _select().where(*over).order_by(disaster_measures.c.ended_at.desc(), disaster_measures.c.id.desc())
    )
    return tuple(_said(row) for row in tx.connection.execute(latest.limit(most)))


def find(tx: Tx, which: DisasterId, measure: MeasureId) -> Said | None:
    """One that stands or stood."""
    mine = disaster_measures.c.disaster_id == which, disaster_measures.c.id == measure
    return next(iter(_found(tx, *mine)), None)


def say(
    tx: Tx, viewer: Viewer, which: DisasterId, drafts: Iterable[MeasureDraft], now: datetime
) -> tuple[MeasureId, ...] | Refusal:
    """Writes measures, all or none; of one shelter or office the new one stands in place of the old."""
    if _locked(tx, viewer, which) is None:
        return Refusal.GONE
    written = []
    for draft in drafts:
        row = disaster_rows.columns_of(draft.what)
        if row["subject"]:
            same = [disaster_measures.c[each] == row[each] for each in ("kind", "subject")]
            _end(tx, viewer, now, disaster_measures.c.disaster_id == which, *same)
        written.append(_write(tx, viewer, which, draft, now))
    _edited(tx, viewer, which, "said", now, measures=" ".join(map(str, written)))
    return tuple(written)


def change(
    tx: Tx, viewer: Viewer, which: DisasterId, measure: MeasureId, draft: MeasureDraft, now: datetime
) -> MeasureId | Refusal | Overtaken:
    """Says it otherwise; who read a measure that was changed or ended since is told who was faster."""
    if _locked(tx, viewer, which) is None:
        return Refusal.GONE
    refusal = _still(tx, which, measure)
    if refusal is not None:
        return refusal
    _end(tx, viewer, now, disaster_measures.c.id == measure)
    row = disaster_rows.columns_of(draft.what)
    if row["subject"]:
        same = [disaster_measures.c[each] == row[each] for each in ("kind", "subject")]
        _end(tx, viewer, now, disaster_measures.c.disaster_id == which, *same)
    written = _write(tx, viewer, which, draft, now)
    _edited(tx, viewer, which, "changed", now, measure=str(measure), to=str(written))
    return written


def end(
    tx: Tx, viewer: Viewer, which: DisasterId, measure: MeasureId, now: datetime
) -> Refusal | Overtaken | None:
    """Says it no more; None where that was done."""
    if _locked(tx, viewer, which) is None:
        return Refusal.GONE
    refusal = _still(tx, which, measure)
    if refusal is None:
        _end(tx, viewer, now, disaster_measures.c.id == measure)
        _edited(tx, viewer, which, "unsaid", now, measure=str(measure))
    return refusal


def _still(tx: Tx, which: DisasterId, measure: MeasureId) -> Refusal | Overtaken | None:
    found = find(tx, which, measure)
    if found is None:
        return Refusal.GONE
    return None if found.ended_at is None else Overtaken(found.ended_by or "", found.ended_at)


def _locked(tx: Tx, viewer: Viewer, which: DisasterId) -> Disaster | None:
    """The disaster where it is theirs to say something of, locked: what is said and its end come one after another."""
    tx.connection.execute(sa.select(disasters.c.id).where(disasters.c.id == which).with_for_update())
    found = disaster.find(tx, viewer, which)
    return found if found is not None and found.state is not State.ENDED else None


def _write(tx: Tx, viewer: Viewer, which: DisasterId, draft: MeasureDraft, now: datetime) -> MeasureId:
    values = {
        **disaster_rows.columns_of(draft.what),
        "disaster_id": which,
        "source": draft.source,
        "source_url": draft.source_url,
        "as_of": draft.as_of,
        "expires_at": draft.expires_at,
        "said_by": viewer.account,
        "said_at": now,
    }
    made = tx.connection.execute(disaster_measures.insert().values(values))
    assert made.inserted_primary_key is not None
    return MeasureId(made.inserted_primary_key[0])


def _end(tx: Tx, viewer: Viewer, now: datetime, *which: sa.ColumnElement[bool]) -> None:
    stands = disaster_measures.c.ended_at.is_(None)
    values = {"ended_by": viewer.account, "ended_at": now}
    tx.connection.execute(disaster_measures.update().where(stands, *which).values(values))


def _edited(tx: Tx, viewer: Viewer, which: DisasterId, act: str, now: datetime, **detail: str) -> None:
    raised = {"edition": disasters.c.edition + 1}
    tx.connection.execute(disasters.update().where(disasters.c.id == which).values(raised))
    audit.record(tx, ByAccount(viewer.account), act, Kind.DISASTER, str(which), now, **detail)


def _found(tx: Tx, *which: sa.ColumnElement[bool]) -> tuple[Said, ...]:
    rows = tx.connection.execute(_select().where(*which).order_by(disaster_measures.c.id))
    return tuple(_said(row) for row in rows)


def _select() -> sa.Select[tuple[object, ...]]:
    people = disaster_measures.join(accounts, accounts.c.id == disaster_measures.c.said_by).outerjoin(
        _ender, _ender.c.id == disaster_measures.c.ended_by
    )
    named = accounts.c.shown, _ender.c.shown.label("ended_by_shown")
    return sa.select(disaster_measures, *named).select_from(people)


def _said(row: sa.Row[tuple[object, ...]]) -> Said:
    what = disaster_rows.what_of(row)
    measure = Measure(MeasureId(row.id), what, row.source, row.source_url, row.as_of, row.expires_at)
    return Said(measure, row.shown, row.said_at, row.ended_by_shown, row.ended_at)
