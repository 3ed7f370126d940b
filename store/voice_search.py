"""Staff look through voices by what they are, and by words, for which some at a time are opened under their keys.

No word of a voice stands in an index, or anywhere in clear. So a search by words opens the newest `LOOKED` voices of
those that fit otherwise, and tells from where it can go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from faq.counters import SectionId
from faq.periods import Period
from nlp.folding import fold
from store import audit, voice_sight, voice_tags
from store.audit import ByAccount, Kind
from store.cases import CaseId, Ending, State, kept_by
from store.db import Tx
from store.published_voices import PublishedVoiceId
from store.receipts import Receipt
from store.sight import Viewer
from store.tables import cases, published_voices, voice_preparations, voice_tagged, voices
from store.tables import voice_tags as tags_table
from store.voice_sight import Told
from store.voice_tags import Tag, TagId
from store.voices import VoiceKind

PAGE: Final = 20
LOOKED: Final = 200
"""So many voices are opened for one page at most."""
MOST_WORDS: Final = 5
EXCERPT: Final = 80
"""Letters of a voice in the list."""


class Step(StrEnum):
    """How far a voice is on its way to everybody."""

    ANY = "any"
    CAN = "can"
    """Answered, and its resident wishes it; nobody has begun."""
    BEGUN = "begun"
    READY = "ready"
    """It waits for a second person."""
    PUBLIC = "public"
    NOT_WISHED = "not_wished"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; what is empty or None is any."""

    words: str = ""
    tag: TagId | None = None
    category: str = ""
    kind: VoiceKind | None = None
    year: int | None = None
    """Fiscal."""
    section: str = ""
    step: Step = Step.ANY


@dataclass(frozen=True, slots=True)
class Row:
    """A voice in the list."""

    case: CaseId
    receipt: Receipt
    kind: VoiceKind
    category: str
    section: SectionId
    state: State
    received_on: date
    title: str
    excerpt: str
    tags: tuple[Tag, ...]
    step: Step
    published: PublishedVoiceId | None
    is_shared: bool
    """Whether the viewer reads it by a share alone."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what was looked for, the newest first."""

    rows: tuple[Row, ...]
    older_than: CaseId | None
    """From where the search goes on; None: all was looked through."""
    looked: int
    """How many were opened for their words."""


def search(tx: Tx, viewer: Viewer, asked: Asked, now: datetime, older_than: CaseId | None = None) -> Page:
    """A page of the voices that the viewer may read. It is in the audit that they looked, not for what."""
    query = _candidates(viewer, asked, now)
    if older_than is not None:
        query = query.where(cases.c.id < older_than)
    words = [folded for word in asked.words.split()[:MOST_WORDS] if (folded := fold(word))]
    rows = tx.connection.execute(query.limit((LOOKED if words else PAGE) + 1)).all()
    more, rows = len(rows) > (LOOKED if words else PAGE), rows[: LOOKED if words else PAGE]
    told = voice_sight.opened(tx, tuple(CaseId(row.id) for row in rows))
    hits = [row for row in rows if row.id in told and _holds(told[CaseId(row.id)], words)]
    found = hits[:PAGE]
    last = found[-1].id if len(hits) > PAGE else rows[-1].id if more else None
    tags = voice_tags.of_cases(tx, [CaseId(row.id) for row in found])
    counted = {"looked": str(len(rows)), "found": str(len(found))}
    audit.record(tx, ByAccount(viewer.account), "voice.searched", Kind.VOICE, "", now, **counted)
    return Page(
        tuple(_row(row, told[CaseId(row.id)], tags.get(CaseId(row.id), ()), words) for row in found),
        None if last is None else CaseId(last),
        len(rows) if words else 0,
    )


def counts(tx: Tx, viewer: Viewer, now: datetime) -> dict[Step, int]:
    """How many of those that the viewer may read are how far."""
    step = _step().label("step")
    query = (
        _joined(step, sa.func.count())
        .where(voice_sight.readable_by(viewer, now), cases.c.erased_at.is_(None))
        .group_by(step)
    )
    return {Step(row[0]): row[1] for row in tx.connection.execute(query)}


def years(tx: Tx, viewer: Viewer, now: datetime) -> tuple[int, ...]:
    """The fiscal years of what the viewer may read, the newest first."""
    first, last = tx.connection.execute(
        sa.select(sa.func.min(voices.c.received_on), sa.func.max(voices.c.received_on))
        .join(cases, cases.c.id == voices.c.case_id)
        .where(voice_sight.readable_by(viewer, now))
    ).one()
    if first is None:
        return ()
    begun = (Period.year_of(day).first.year for day in (last, first))
    newest, oldest = begun
    return tuple(range(newest, oldest - 1, -1))


def _candidates(viewer: Viewer, asked: Asked, now: datetime) -> sa.Select[Any]:
    columns = (
        *(cases.c.id, cases.c.receipt, cases.c.section, cases.c.state),
        *(voices.c.kind, voices.c.category, voices.c.received_on),
        published_voices.c.id.label("published"),
        _step().label("step"),
        kept_by(viewer).label("is_kept"),
    )
    return (
        _joined(*columns)
        .where(voice_sight.readable_by(viewer, now), cases.c.erased_at.is_(None), *_conditions(asked))
        .order_by(cases.c.id.desc())
    )


def _joined(*columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    public = sa.and_(published_voices.c.case_id == cases.c.id, published_voices.c.withdrawn_at.is_(None))
    return (
        sa.select(*columns)
        .select_from(cases)
        .join(voices, voices.c.case_id == cases.c.id)
        .join(voice_preparations, voice_preparations.c.case_id == cases.c.id, isouter=True)
        .join(published_voices, public, isouter=True)
    )


def _step() -> sa.ColumnElement[str]:
    taken_back = sa.func.coalesce(cases.c.ending == Ending.WITHDRAWN.value, sa.false())
    can = sa.and_(cases.c.answered_at.is_not(None), voices.c.joined_to.is_(None))
    return sa.case(
        (published_voices.c.id.is_not(None), Step.PUBLIC.value),
        (sa.or_(sa.not_(voices.c.may_publish), taken_back), Step.NOT_WISHED.value),
        (voice_preparations.c.ready_at.is_not(None), Step.READY.value),
        (voice_preparations.c.case_id.is_not(None), Step.BEGUN.value),
        (can, Step.CAN.value),
        else_=Step.ANY.value,
    )


def _conditions(asked: Asked) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if asked.tag is not None:
        same = sa.or_(tags_table.c.id == asked.tag, tags_table.c.merged_into == asked.tag)
        tagged = sa.select(voice_tagged.c.case_id).join(tags_table).where(same)
        found.append(cases.c.id.in_(tagged))
    if asked.category:
        found.append(voices.c.category == asked.category)
    if asked.kind is not None:
        found.append(voices.c.kind == asked.kind.value)
    if asked.year is not None:
        year = Period.year_of(date(asked.year, 4, 1))
        found.append(voices.c.received_on.between(year.first, year.last))
    if asked.section:
        found.append(cases.c.section == asked.section)
    if asked.step is not Step.ANY:
        found.append(_step() == asked.step.value)
    return found


def _holds(told: Told, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = fold(told.subject) + "\n" + fold(told.words) + "\n" + fold(told.answer)
    return all(word in text for word in words)


def _row(row: sa.Row[Any], told: Told, tags: tuple[Tag, ...], words: Sequence[str]) -> Row:
    return Row(
        case=CaseId(row.id),
        receipt=Receipt(row.receipt),
        kind=VoiceKind(row.kind),
        category=row.category or "",
        section=SectionId(row.section),
        state=State(row.state),
        received_on=row.received_on,
        title=told.subject,
        excerpt=_excerpt(told, words),
        tags=tags,
        step=Step(row.step),
        published=None if row.published is None else PublishedVoiceId(row.published),
        is_shared=not row.is_kept,
    )


def _excerpt(told: Told, words: Sequence[str]) -> str:
    """The beginning; where words are looked for, the first line that has one."""
    lines = [
        " ".join(line.split()) for line in (told.words + "\n" + told.answer).splitlines() if line.strip()
    ]
    fits = (line for line in lines if any(word in fold(line) for word in words))
    line = next(fits, " ".join(told.words.split()))
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1] + "…"
