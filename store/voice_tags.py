"""Tags: staff's own words for what voices have in common. They are merged and renamed, and that is taken back.

A tag that was merged points to the other and keeps its voices, so that taking it back loses nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

import sqlalchemy as sa

from nlp.folding import fold
from store import audit, inserting, voice_sight
from store.audit import ByAccount, Kind
from store.cases import CaseId
from store.db import Tx
from store.sight import Viewer
from store.tables import accounts, voice_tag_acts, voice_tagged, voice_tags, voices

TagId = NewType("TagId", int)

LONGEST: Final = 20
"""Letters of a tag."""
OFFERED: Final = 6
"""So many are suggested for a voice."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, and how many voices have it."""

    id: TagId
    name: str
    count: int = 0


class TagAct(StrEnum):
    """What was done to a tag and can be taken back."""

    RENAMED = "renamed"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Done:
    """One such act."""

    id: int
    act: TagAct
    was: str
    became: str
    by_shown: str
    at: datetime


class Unfit(StrEnum):
    """Why a tag could not be named so."""

    EMPTY = "empty"
    LONG = "long"
    TAKEN = "taken"
    """Another has that name: the two can be merged."""


def all_tags(tx: Tx) -> tuple[Tag, ...]:
    """Those that are in use, by name, with the number of voices."""
    stands = sa.func.coalesce(voice_tags.c.merged_into, voice_tags.c.id)
    counts = (
        sa.select(stands, sa.func.count(sa.distinct(voice_tagged.c.case_id)))
        .join(voice_tagged, voice_tagged.c.tag_id == voice_tags.c.id)
        .group_by(stands)
    )
    counted: dict[int, int] = {row[0]: row[1] for row in tx.connection.execute(counts)}
    query = sa.select(voice_tags).where(voice_tags.c.merged_into.is_(None))
    rows = tx.connection.execute(query.order_by(voice_tags.c.folded))
    return tuple(Tag(TagId(row.id), row.name, counted.get(row.id, 0)) for row in rows)


def of_cases(tx: Tx, which: Iterable[CaseId]) -> dict[CaseId, tuple[Tag, ...]]:
    """The tags of each voice, by name."""
    stands = voice_tags.alias("stands")
    query = (
        sa.select(voice_tagged.c.case_id, stands.c.id, stands.c.name)
        .join(voice_tags, voice_tags.c.id == voice_tagged.c.tag_id)
        .join(stands, stands.c.id == sa.func.coalesce(voice_tags.c.merged_into, voice_tags.c.id))
        .where(voice_tagged.c.case_id.in_(tuple(which)))
        .order_by(stands.c.folded)
        .distinct()
        .add_columns(stands.c.folded)
    )
    found: dict[CaseId, tuple[Tag, ...]] = {}
    for row in tx.connection.execute(query):
        case = CaseId(row.case_id)
        found[case] = (*found.get(case, ()), Tag(TagId(row.id), row.name))
    return found


def tag(tx: Tx, viewer: Viewer, case: CaseId, name: str, now: datetime) -> Tag | Unfit | None:
    """Puts a tag on a voice, making it where it is new; None where the viewer may not read the voice."""
    if not voice_sight.is_readable(tx, viewer, case, now):
        return None
    found = _made(tx, viewer, name, now)
    if isinstance(found, Unfit):
        return found
    values = {"case_id": case, "tag_id": found.id, "by_id": viewer.account, "at": now}
    if inserting.unless_there(tx, voice_tagged, values) is not None:
        by = ByAccount(viewer.account)
        audit.record(tx, by, "voice.tagged", Kind.CASE, str(case), now, tag=str(found.id))
    return found


def untag(tx: Tx, viewer: Viewer, case: CaseId, which: TagId, now: datetime) -> bool:
    """Takes a tag off a voice; False where it has none that the viewer may take off."""
    if not voice_sight.is_readable(tx, viewer, case, now):
        return False
    same = sa.select(voice_tags.c.id).where(
        sa.or_(voice_tags.c.id == which, voice_tags.c.merged_into == which)
    )
    gone = tx.connection.execute(
        voice_tagged.delete().where(voice_tagged.c.case_id == case, voice_tagged.c.tag_id.in_(same))
    )
    if gone.rowcount:
        by = ByAccount(viewer.account)
        audit.record(tx, by, "voice.untagged", Kind.CASE, str(case), now, tag=str(which))
    return bool(gone.rowcount)


def rename(tx: Tx, viewer: Viewer, which: TagId, name: str, now: datetime) -> Tag | Unfit | None:
    """Gives a tag another name; None where there is none."""
    there = _find(tx, which)
    name = _even(name)
    if there is None or there.name == name:
        return there
    if (unfit := _unfit(name)) is not None:
        return unfit
    if not inserting.change_unless_there(tx, voice_tags, which, {"name": name, "folded": _folded(name)}):
        return Unfit.TAKEN
    became = Tag(which, name)
    _did(tx, viewer, TagAct.RENAMED, there, became, [], now)
    return became


def merge(tx: Tx, viewer: Viewer, which: TagId, into: TagId, now: datetime) -> Tag | None:
    """Makes two tags one, the second; None where they are not two that stand."""
    first, second = _find(tx, which), _find(tx, into)
    if first is None or second is None or which == into:
        return None
    points = sa.select(voice_tags.c.id).where(voice_tags.c.merged_into == which)
    moved = [which, *tx.connection.scalars(points)]
    _point(tx, voice_tags.c.id.in_(moved), into)
    _did(tx, viewer, TagAct.MERGED, first, second, moved, now)
    return second


def lately(tx: Tx, most: int = 10) -> tuple[Done, ...]:
    """What was done to tags and not taken back, the newest first."""
    query = (
        sa.select(voice_tag_acts, accounts.c.shown)
        .join(accounts, accounts.c.id == voice_tag_acts.c.by_id)
        .where(voice_tag_acts.c.undone_at.is_(None))
        .order_by(voice_tag_acts.c.id.desc())
        .limit(most)
    )
    return tuple(
        Done(row.id, TagAct(row.act), row.was, row.became, row.shown, row.at)
        for row in tx.connection.execute(query)
    )


def undo(tx: Tx, viewer: Viewer, act: int, now: datetime) -> bool:
    """Takes an act back; False where it was taken back, or the name is another's by now."""
    row = tx.connection.execute(
        sa.select(voice_tag_acts).where(voice_tag_acts.c.id == act, voice_tag_acts.c.undone_at.is_(None))
    ).first()
    if row is None:
        return False
    if row.act == TagAct.RENAMED.value:
        back = {"name": row.was, "folded": _folded(row.was)}
        if not inserting.change_unless_there(tx, voice_tags, row.tag_id, back):
            return False
    else:
        still = sa.and_(voice_tags.c.id.in_(row.moved), voice_tags.c.merged_into == row.into)
        _point(tx, sa.and_(still, voice_tags.c.id != row.tag_id), TagId(row.tag_id))
        _point(tx, voice_tags.c.id == row.tag_id, None)
    tx.connection.execute(voice_tag_acts.update().where(voice_tag_acts.c.id == act).values(undone_at=now))
    audit.record(tx, ByAccount(viewer.account), "voice_tag.undone", Kind.VOICE_TAG, str(row.tag_id), now)
    return True


def suggested(tx: Tx, words: str, category: str | None, has: Iterable[Tag]) -> tuple[Tag, ...]:
    """Tags for a voice that it has not: first those whose name stands in its words, then the most used of its
    category.
    """
    text, taken = fold(words), {each.id for each in has}
    free = [each for each in all_tags(tx) if each.id not in taken]
    named = [each for each in free if fold(each.name) in text]
    used = _used_in(tx, category) if category else {}
    usual = sorted((each for each in free if used.get(each.id)), key=lambda each: (-used[each.id], each.name))
    return tuple(dict.fromkeys((*named, *usual)))[:OFFERED]


def _used_in(tx: Tx, category: str) -> dict[TagId, int]:
    stands = sa.func.coalesce(voice_tags.c.merged_into, voice_tags.c.id)
    query = (
        sa.select(stands, sa.func.count())
        .select_from(voice_tagged.join(voice_tags).join(voices, voices.c.case_id == voice_tagged.c.case_id))
        .where(voices.c.category == category)
        .group_by(stands)
    )
    return {TagId(row[0]): row[1] for row in tx.connection.execute(query)}


def _made(tx: Tx, viewer: Viewer, name: str, now: datetime) -> Tag | Unfit:
    """The tag of that name, or the one that it was merged into."""
    name = _even(name)
    if (unfit := _unfit(name)) is not None:
        return unfit
    values = {"name": name, "folded": _folded(name), "made_by": viewer.account, "made_at": now}
    inserting.unless_there(tx, voice_tags, values)
    row = tx.connection.execute(sa.select(voice_tags).where(voice_tags.c.folded == _folded(name))).one()
    found = _find(tx, TagId(row.merged_into or row.id))
    assert found is not None
    return found


def _find(tx: Tx, which: TagId) -> Tag | None:
    query = sa.select(voice_tags).where(voice_tags.c.id == which, voice_tags.c.merged_into.is_(None))
    row = tx.connection.execute(query).first()
    return None if row is None else Tag(TagId(row.id), row.name)


def _unfit(name: str) -> Unfit | None:
    if not _folded(name):
        return Unfit.EMPTY
    return Unfit.LONG if len(name) > LONGEST else None


def _even(name: str) -> str:
    return " ".join(name.removeprefix("#").removeprefix("＃").split())


def _folded(name: str) -> str:
    return fold(name)[:80]


def _point(tx: Tx, which: sa.ColumnElement[bool], into: TagId | None) -> None:
    tx.connection.execute(voice_tags.update().where(which).values(merged_into=into))


def _did(
    tx: Tx, viewer: Viewer, act: TagAct, of: Tag, became: Tag, moved: list[TagId], now: datetime
) -> None:
    values = {"tag_id": of.id, "act": act.value, "was": of.name, "became": became.name, "into": became.id}
    tx.connection.execute(voice_tag_acts.insert().values(**values, moved=moved, by_id=viewer.account, at=now))
    audit.record(tx, ByAccount(viewer.account), f"voice_tag.{act}", Kind.VOICE_TAG, str(of.id), now)
