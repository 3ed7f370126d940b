"""A voice is made ready for everybody: what may tell of a person is marked, and a person decides on each mark.

All its words are sealed under the key of the case, and gone with it. Every change moves its version, and takes back
that it was ready; `store/voice_confirming.py` publishes it.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from faq.counters import SectionId
from faq.marks import Decision, Mark, MarkedText
from faq.periods import Period
from nlp.mentions import Kind as MentionKind
from nlp.mentions import Mention
from store import audit, case_words, inserting, published_voices, voice_sight, voices
from store.audit import ByAccount, Kind
from store.cases import CaseId, Ending
from store.db import Tx
from store.keyring import Key
from store.published_voices import Shown
from store.sight import AccountId, Viewer
from store.tables import accounts, offices, sections, voice_categories
from store.tables import cases as cases_table
from store.tables import voice_preparations as table
from store.voice_refusals import (
    AlreadyPublished,
    Changed,
    Joined,
    NotAnswered,
    NotReady,
    NotThere,
    NotWished,
    Refused,
    WentOn,
)
from store.voices import Voice

Find = Callable[[str], Iterable[Mention]]


class Part(StrEnum):
    """What of a voice is published."""

    TITLE = "title"
    WORDS = "words"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Preparation:
    """A voice on its way to everybody."""

    voice: Voice
    version: int
    parts: dict[Part, MarkedText]
    remark: str
    """Why it was sent back; empty where it was not."""
    shows_month: bool
    """Whether the month is told beside the fiscal year."""
    shows_ward: bool
    written_by: AccountId
    written_by_shown: str
    """Who wrote last; somebody else has to confirm."""
    ready_at: datetime | None
    """Since when it waits to be confirmed."""
    went_on: bool
    """Whether something was said or answered that is not in it."""
    shown: Shown
    """As it would be published now."""

    @property
    def undecided(self) -> int:
        return sum(part.undecided for part in self.parts.values())


def why_not(tx: Tx, voice: Voice) -> NotWished | NotAnswered | Joined | AlreadyPublished | None:
    """Why a voice cannot be made ready; None where it can."""
    there = published_voices.of_case(tx, voice.case.id)
    if there is not None and there.withdrawn_at is None:
        return AlreadyPublished(there.id)
    if not voice.may_publish or voice.case.ending is Ending.WITHDRAWN:
        return NotWished()
    if voice.joined_to is not None:
        return Joined(voice.joined_to)
    return NotAnswered() if voice.case.answered_at is None else None


def find(tx: Tx, viewer: Viewer, case: CaseId, now: datetime) -> Preparation | None:
    """What was made ready of a voice that the viewer may read; whoever shows it audits the look."""
    if not voice_sight.is_readable(tx, viewer, case, now):
        return None
    query = sa.select(table, accounts.c.shown).join(accounts, accounts.c.id == table.c.written_by)
    row = tx.connection.execute(query.where(table.c.case_id == case)).first()
    key = case_words.key_of(tx, case)
    return None if row is None or key is None else _preparation(tx, row, key)


def prepare(tx: Tx, viewer: Viewer, case: CaseId, find_in: Find, now: datetime) -> Preparation | Refused:
    """Begins, or begins anew with what is said by now; of two who begin at once the second gets the first's."""
    told = voice_sight.told(tx, viewer, case, now)
    if told is None:
        return NotThere()
    if (refused := why_not(tx, voices.read(tx, case))) is not None:
        return refused
    parts = {
        part: MarkedText.suggested(text, find_in)
        for part, text in ((Part.TITLE, told.subject), (Part.WORDS, told.words), (Part.ANSWER, told.answer))
    }
    before = _locked(tx, case)
    values = _texts(tx, case, parts, told.last) | _by(viewer, now) | {"remark": None}
    details = {"shows_month": True, "shows_ward": False}
    if before is None:
        inserting.unless_there(tx, table, {"case_id": case, "version": 1, **details, **values})
    else:
        _write(tx, case, before + 1, values)
    _noted(tx, viewer, case, "voice.prepared", now)
    return _there(tx, viewer, case, now)


def decide(
    tx: Tx,
    viewer: Viewer,
    case: CaseId,
    version: int,
    which: tuple[Part, int],
    what: Decision,
    words: str | None,
    now: datetime,
) -> Preparation | Refused:
    """What is done with one mark, by its number in its part; with OPEN it is undecided again."""
    found = _as_seen(tx, viewer, case, version, now)
    if not isinstance(found, Preparation):
        return found
    part, number = which
    if not 0 <= number < len(found.parts[part].marks):
        return NotThere()
    decided = found.parts[part].decided(number, what, words)
    return _save(tx, viewer, found, found.parts | {part: decided}, now)


def mark(
    tx: Tx, viewer: Viewer, case: CaseId, version: int, sought: str, words: str, now: datetime
) -> Preparation | Refused:
    """Puts other words wherever these stand, in every part; `NotThere` where they stand nowhere."""
    found = _as_seen(tx, viewer, case, version, now)
    if not isinstance(found, Preparation):
        return found
    marked = {part: text.marked(sought, words) or text for part, text in found.parts.items()}
    return NotThere() if marked == found.parts else _save(tx, viewer, found, marked, now)


def take_all(tx: Tx, viewer: Viewer, case: CaseId, version: int, now: datetime) -> Preparation | Refused:
    """Takes every suggestion that nobody decided on: what may tell of a person goes."""
    found = _as_seen(tx, viewer, case, version, now)
    if not isinstance(found, Preparation):
        return found
    parts = {part: text.all_replaced() for part, text in found.parts.items()}
    return _save(tx, viewer, found, parts, now)


def show_details(
    tx: Tx, viewer: Viewer, case: CaseId, version: int, *, month: bool, ward: bool, now: datetime
) -> Preparation | Refused:
    """Whether month and ward are told."""
    found = _as_seen(tx, viewer, case, version, now)
    if not isinstance(found, Preparation):
        return found
    _write(tx, case, version + 1, _by(viewer, now) | {"shows_month": month, "shows_ward": ward})
    return _there(tx, viewer, case, now)


def make_ready(tx: Tx, viewer: Viewer, case: CaseId, version: int, now: datetime) -> Preparation | Refused:
    """Asks for somebody else to confirm it."""
    found = _as_seen(tx, viewer, case, version, now)
    if not isinstance(found, Preparation):
        return found
    if (refused := unready(tx, found)) is not None:
        return refused
    _write(tx, case, version + 1, _by(viewer, now) | {"ready_at": now, "remark": None})
    _noted(tx, viewer, case, "voice.ready", now)
    return _there(tx, viewer, case, now)


def send_back(
    tx: Tx, viewer: Viewer, case: CaseId, version: int, remark: str, now: datetime
) -> Preparation | Refused:
    """Returns it to be written anew, with a remark; who wrote it stays who wrote it."""
    found = _as_seen(tx, viewer, case, version, now)
    if not isinstance(found, Preparation):
        return found
    key = case_words.key_of(tx, case)
    assert key is not None
    sealed = case_words.sealed(key, case, remark, _REMARK)
    _write(tx, case, version + 1, {"ready_at": None, "remark": sealed})
    _noted(tx, viewer, case, "voice.sent_back", now)
    return _there(tx, viewer, case, now)


def unready(tx: Tx, found: Preparation) -> Refused | None:
    """Why it can be neither ready nor confirmed as it is; None where it can."""
    if (refused := why_not(tx, found.voice)) is not None:
        return refused
    if found.undecided or not all(found.parts[part].shown for part in Part):
        return NotReady(found.undecided)
    return WentOn() if found.went_on else None


def lock(
    tx: Tx, viewer: Viewer, case: CaseId, version: int, now: datetime
) -> Preparation | NotThere | Changed:
    """As the viewer saw it, and nobody else changes it until the transaction is over."""
    return _as_seen(tx, viewer, case, version, now)


_NO_LETTER: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXTS: Final = "publication"
_REMARK: Final = "publication remark"


def _as_seen(
    tx: Tx, viewer: Viewer, case: CaseId, version: int, now: datetime
) -> Preparation | NotThere | Changed:
    _locked(tx, case)
    found = find(tx, viewer, case, now)
    if found is None:
        return NotThere()
    return found if found.version == version else Changed(found.written_by_shown)


def _locked(tx: Tx, case: CaseId) -> int | None:
    """The version; of two who write at once the second waits."""
    tx.connection.execute(sa.select(cases_table.c.id).where(cases_table.c.id == case).with_for_update())
    return tx.connection.scalar(sa.select(table.c.version).where(table.c.case_id == case))


def _save(
    tx: Tx, viewer: Viewer, found: Preparation, parts: dict[Part, MarkedText], now: datetime
) -> Preparation:
    case = found.voice.case.id
    last = voice_sight.last_line(tx, case) if not found.went_on else 0
    values = _texts(tx, case, parts, last) | _by(viewer, now)
    _write(tx, case, found.version + 1, values)
    return _there(tx, viewer, case, now)


def _there(tx: Tx, viewer: Viewer, case: CaseId, now: datetime) -> Preparation:
    found = find(tx, viewer, case, now)
    assert found is not None
    return found


def _write(tx: Tx, case: CaseId, version: int, values: dict[str, Any]) -> None:
    tx.connection.execute(table.update().where(table.c.case_id == case).values(values | {"version": version}))


def _by(viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Who wrote; what was ready is so no longer."""
    return {"written_by": viewer.account, "written_at": now, "ready_at": None}


def _noted(tx: Tx, viewer: Viewer, case: CaseId, act: str, now: datetime) -> None:
    audit.record(tx, ByAccount(viewer.account), act, Kind.CASE, str(case), now)


def _texts(tx: Tx, case: CaseId, parts: dict[Part, MarkedText], last: int) -> dict[str, Any]:
    key = case_words.key_of(tx, case)
    assert key is not None
    written = {
        part.value: [text.text, [[*_cells(mark)] for mark in text.marks]] for part, text in parts.items()
    }
    sealed = case_words.sealed(key, case, json.dumps([last, written]), _TEXTS)
    return {"texts": sealed, "undecided": sum(text.undecided for text in parts.values())}


def _cells(mark: Mark) -> tuple[Any, ...]:
    return mark.start, mark.end, mark.kind, mark.words, mark.decision


def _preparation(tx: Tx, row: sa.Row[tuple[object, ...]], key: Key) -> Preparation:
    case = CaseId(row.case_id)
    last, written = json.loads(case_words.opened(key, case, row.texts, _TEXTS))
    parts = {part: _marked(*written[part.value]) for part in Part}
    voice = voices.read(tx, case)
    return Preparation(
        voice=voice,
        version=row.version,
        parts=parts,
        remark=case_words.opened(key, case, row.remark, _REMARK),
        shows_month=row.shows_month,
        shows_ward=row.shows_ward,
        written_by=AccountId(row.written_by),
        written_by_shown=row.shown,
        ready_at=row.ready_at,
        went_on=last != voice_sight.last_line(tx, case),
        shown=_shown(tx, voice, parts, month=row.shows_month, ward=row.shows_ward),
    )


def _marked(text: str, marks: list[list[Any]]) -> MarkedText:
    return MarkedText(text, tuple(_mark(*each) for each in marks))


def _mark(start: int, end: int, kind: str | None, words: str, decision: str) -> Mark:
    return Mark(start, end, None if kind is None else MentionKind(kind), words, Decision(decision))


def _shown(tx: Tx, voice: Voice, parts: dict[Part, MarkedText], *, month: bool, ward: bool) -> Shown:
    day = voice.received_on
    return Shown(
        kind=voice.kind,
        category=voice.category or "",
        category_name=_category_name(tx, voice.category),
        fiscal_year=Period.year_of(day).first.year,
        month=day.month if month else None,
        ward=voice.case.ward if ward else "",
        section=voice.case.section,
        section_name=_section_name(tx, voice.case.section),
        title=" ".join(_plain(parts[Part.TITLE].shown).split()),
        words=_plain(parts[Part.WORDS].shown),
        answer=_plain(parts[Part.ANSWER].shown),
    )


def _plain(text: str) -> str:
    """Without letters that no XML may hold (XML 1.0, 2.2): they would end the feed for everybody."""
    return _NO_LETTER.sub("", text)


def _category_name(tx: Tx, category: str | None) -> str:
    named = sa.select(voice_categories.c.name).where(voice_categories.c.id == category)
    return tx.connection.scalar(named) or ""


def _section_name(tx: Tx, section: SectionId) -> str:
    """中央区役所 区民課."""
    query = (
        sa.select(offices.c.name.label("office"), sections.c.name)
        .select_from(sections.outerjoin(offices, offices.c.id == sections.c.office))
        .where(sections.c.id == section)
    )
    row = tx.connection.execute(query).first()
    return section if row is None else f"{row.office or ''} {row.name}".strip()
