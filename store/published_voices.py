"""Voices as the city publishes them: what everybody reads, searches and takes away.

They hold nothing of a person, and so outlive the case that they were made of. `store/voice_preparations.py` makes them
ready, `store/voice_confirming.py` lets them out.
"""

import hashlib
import json
import logging
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType

import sqlalchemy as sa

from faq.counters import SectionId
from nlp.folding import fold
from nlp.japan import today
from store import audit
from store.audit import ByAccount, Kind
from store.cases import CaseId
from store.db import Tx
from store.sight import Viewer
from store.tables import accounts, published_voices
from store.voices import VoiceKind

PublishedVoiceId = NewType("PublishedVoiceId", int)

PAGE: Final = 20
MOST_WORDS: Final = 5
"""So many words of a search are looked for."""
MOST: Final = 2_000
"""The newest so many stand in the file."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """All of a voice that is published, and nothing else."""

    kind: VoiceKind
    category: str
    """Its id; empty where nobody chose one."""
    category_name: str
    fiscal_year: int
    month: int | None
    """None where the month could tell whose it is."""
    ward: str
    """Empty where it is not told."""
    section: SectionId
    section_name: str
    title: str
    words: str
    answer: str

    @property
    def digest(self) -> str:
        """SHA-256 of all of it in hexadecimal: what is published is what was confirmed, to the letter."""
        return hashlib.sha256(json.dumps(astuple(self), ensure_ascii=True).encode()).hexdigest()

    @property
    def year(self) -> int:
        """Of the calendar, in which the month is."""
        return self.fiscal_year + (self.month is not None and self.month < 4)


class Why(StrEnum):
    """Why a voice was withdrawn."""

    ASKED = "asked"
    """Whoever told it asked for that."""
    PERSONAL = "personal"
    """Somebody could be known by it."""
    WRONG = "wrong"
    """Something in it is wrong, or no longer true."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PublishedVoice:
    """A voice that everybody reads."""

    id: PublishedVoiceId
    shown: Shown
    published_at: datetime

    @property
    def published_on(self) -> date:
        """In Japan."""
        return today(self.published_at)


@dataclass(frozen=True, slots=True)
class Kept:
    """The same for staff; what was withdrawn has no words any more."""

    id: PublishedVoiceId
    case: CaseId | None
    """None once its case is erased."""
    title: str
    section: SectionId
    written_by_shown: str
    confirmed_by_shown: str
    published_at: datetime
    withdrawn_at: datetime | None
    withdrawn_by_shown: str
    why: Why | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; what is empty or None is any."""

    words: str = ""
    category: str = ""
    year: int | None = None
    """Fiscal."""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was looked for, the newest first, and how many there are in all."""

    voices: tuple[PublishedVoice, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Choices:
    """By what the published voices can be looked for: names by id, and fiscal years."""

    categories: dict[str, str]
    years: tuple[int, ...]
    sections: dict[str, str]


_PUBLIC: Final = published_voices.c.withdrawn_at.is_(None)


def search(tx: Tx, asked: Asked, page: int = 0) -> Found:
    """A page of what is public; `page` counts from 0."""
    which = sa.and_(_PUBLIC, *_conditions(asked))
    total = tx.connection.scalar(sa.select(sa.func.count()).select_from(published_voices).where(which))
    return Found(_voices(tx, which, PAGE, page * PAGE), total or 0)


def latest(tx: Tx, most: int = MOST) -> tuple[PublishedVoice, ...]:
    """The newest that are public."""
    return _voices(tx, _PUBLIC, most)


def find(tx: Tx, which: PublishedVoiceId) -> PublishedVoice | None:
    """One that is public."""
    found = _voices(tx, sa.and_(_PUBLIC, published_voices.c.id == which), 1)
    return found[0] if found else None


def was_withdrawn(tx: Tx, which: PublishedVoiceId) -> bool:
    """Whether it was public once."""
    gone = sa.select(published_voices.c.id).where(published_voices.c.id == which, sa.not_(_PUBLIC))
    return tx.connection.scalar(gone) is not None


def choices(tx: Tx) -> Choices:
    """By what they can be looked for, as the newest of them is called."""
    of = published_voices.c
    rows = tx.connection.execute(
        sa.select(of.category, of.category_name, of.section, of.section_name, of.fiscal_year)
        .where(_PUBLIC)
        .group_by(of.category, of.category_name, of.section, of.section_name, of.fiscal_year)
        .order_by(sa.func.max(of.id))
    ).all()
    return Choices(
        _by_name((row.category, row.category_name) for row in rows if row.category),
        tuple(sorted({row.fiscal_year for row in rows}, reverse=True)),
        _by_name((row.section, row.section_name) for row in rows),
    )


def changed(tx: Tx) -> tuple[int, datetime | None]:
    """A number that moves with whatever is published or withdrawn, and when that was last; None: never."""
    of = published_voices.c
    row = tx.connection.execute(
        sa.select(
            sa.func.count() + sa.func.count(of.withdrawn_at),
            sa.func.max(of.published_at),
            sa.func.max(of.withdrawn_at),
        )
    ).one()
    moments = [at for at in row[1:] if at is not None]
    return row[0], max(moments, default=None)


def for_staff(tx: Tx, page: int = 0) -> tuple[tuple[Kept, ...], int]:
    """A page of all that was ever published, the newest first, and how many there are in all."""
    total = tx.connection.scalar(sa.select(sa.func.count()).select_from(published_voices)) or 0
    return _kept(tx, sa.true(), PAGE, page * PAGE), total


def of_case(tx: Tx, case: CaseId) -> Kept | None:
    """What of a case is public, or was last."""
    found = _kept(tx, published_voices.c.case_id == case, 1)
    return found[0] if found else None


def withdraw(tx: Tx, viewer: Viewer, which: PublishedVoiceId, why: Why, now: datetime) -> bool:
    """Takes a voice back at once, with its words; False where it is not public.

    Anybody of the city's staff may: it is the safe direction, and a second person is needed to publish it again.
    """
    gone = {"title": None, "words": None, "answer": None, "sought": None}
    done = tx.connection.execute(
        published_voices.update()
        .where(published_voices.c.id == which, _PUBLIC)
        .values(**gone, withdrawn_at=now, withdrawn_by=viewer.account, withdrawn_why=why.value)
    )
    if done.rowcount:
        by = ByAccount(viewer.account)
        audit.record(tx, by, "voice.withdrawn", Kind.VOICE, str(which), now, reason=why)
    return bool(done.rowcount)


def sought_in(shown: Shown) -> str:
    """What a search looks through."""
    return "\n".join(map(fold, (shown.title, shown.words, shown.answer)))


def _conditions(asked: Asked) -> list[sa.ColumnElement[bool]]:
    of = published_voices.c
    words = [folded for word in asked.words.split()[:MOST_WORDS] if (folded := fold(word))]
    found = [of.sought.contains(word, autoescape=True) for word in words]
    if asked.category:
        found.append(of.category == asked.category)
    if asked.year is not None:
        found.append(of.fiscal_year == asked.year)
    if asked.section:
        found.append(of.section == asked.section)
    return found


def _voices(tx: Tx, which: sa.ColumnElement[bool], most: int, after: int = 0) -> tuple[PublishedVoice, ...]:
    """What was changed past the service is left out: nobody confirmed it."""
    query = sa.select(published_voices).where(which).order_by(published_voices.c.id.desc())
    found = []
    for row in tx.connection.execute(query.limit(most).offset(after)):
        shown = _shown(row)
        if shown.digest == row.digest:
            found.append(PublishedVoice(PublishedVoiceId(row.id), shown, row.published_at))
        else:
            log.error("published voice %s is not what was confirmed, and is not shown", row.id)
    return tuple(found)


def _shown(row: sa.Row[tuple[object, ...]]) -> Shown:
    return Shown(
        VoiceKind(row.kind),
        row.category,
        row.category_name,
        row.fiscal_year,
        row.month,
        row.ward,
        SectionId(row.section),
        row.section_name,
        row.title,
        row.words,
        row.answer,
    )


def _kept(tx: Tx, which: sa.ColumnElement[bool], most: int, after: int = 0) -> tuple[Kept, ...]:
    writer, second, last = (accounts.alias(name) for name in ("writer", "second", "last"))
    of = published_voices.c
    query = (
        sa.select(
            published_voices,
            writer.c.shown.label("writer"),
            second.c.shown.label("second"),
            last.c.shown.label("last"),
        )
        .join(writer, writer.c.id == of.written_by)
        .join(second, second.c.id == of.confirmed_by)
        .join(last, last.c.id == of.withdrawn_by, isouter=True)
        .where(which)
        .order_by(of.id.desc())
        .limit(most)
        .offset(after)
    )
    return tuple(
        Kept(
            PublishedVoiceId(row.id),
            None if row.case_id is None else CaseId(row.case_id),
            row.title or "",
            SectionId(row.section),
            row.writer,
            row.second,
            row.published_at,
            row.withdrawn_at,
            row.last or "",
            None if row.withdrawn_why is None else Why(row.withdrawn_why),
        )
        for row in tx.connection.execute(query)
    )


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The last name of each id, in the order of names."""
    return dict(sorted(dict(pairs).items(), key=lambda each: each[1]))
