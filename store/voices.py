"""Voices: what residents tell the city (わたしの提言, 市長への手紙). Each is a case with more, see `docs/voices.md`.

Its words, state, promise and answer are the case's; here is what makes it a voice. That there was one stays once its
case is erased, for the figures.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa

from faq.models import Place
from faq.voice_categories import VoiceCategoryId
from store import case_opening, case_words, cases, inserting
from store.case_opening import CaseDraft, Opener
from store.case_refusals import TooMany
from store.cases import Case, CaseId
from store.db import Tx
from store.keyring import Key
from store.residents import ResidentId
from store.sight import Viewer
from store.tables import cases as cases_table
from store.tables import voices as table


class VoiceKind(StrEnum):
    """Under which of the city's names it comes."""

    PROPOSAL = "proposal"
    """わたしの提言."""
    LETTER = "letter"
    """市長への手紙."""


class Way(StrEnum):
    """How it came to the city."""

    LINE = "line"
    FORM = "form"
    LETTER = "letter"
    """On paper."""
    FAX = "fax"
    MAIL = "mail"
    """By electronic mail."""
    TELEPHONE = "telephone"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class VoicePlace:
    """Where it is, as the resident showed it or said it; degrees in WGS84, both or none."""

    latitude: float | None
    longitude: float | None
    words: str = ""
    """Masked: 江津湖の東側のベンチ."""

    @property
    def at(self) -> Place | None:
        """The point on the map; None where there are words alone."""
        if self.latitude is None or self.longitude is None:
            return None
        return Place(self.latitude, self.longitude)


@dataclass(frozen=True, slots=True)
class VoiceDraft:
    """What a voice says beside the case."""

    kind: VoiceKind
    way: Way
    category: VoiceCategoryId | None
    place: VoicePlace | None
    may_publish: bool
    wants_answer: bool
    received_on: date
    """In Japan."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice, as it stands."""

    case: Case
    kind: VoiceKind
    way: Way
    category: VoiceCategoryId | None
    place: VoicePlace | None
    """None where nobody said, for who may not read the words, and once they are erased."""
    may_publish: bool
    wants_answer: bool
    received_on: date
    joined_to: CaseId | None
    """The voice that is answered in its place: the same matter, told by another."""

    @property
    def waits_with_another(self) -> bool:
        """Whether it has no answer yet, and will have that of another."""
        return self.joined_to is not None and self.case.state in cases.WAITING


@dataclass(frozen=True, slots=True)
class Mark:
    """What a list of cases shows of a voice."""

    kind: VoiceKind
    joined: bool
    """Whether another is answered in its place."""


def tell(
    tx: Tx, draft: CaseDraft, about: VoiceDraft, promised_at: datetime | None, by: Opener, now: datetime
) -> Voice | TooMany:
    """Opens the case and its voice; sent twice it is one. `SERVICE` tells for who used the open form."""
    case = case_opening.open_case(tx, draft, promised_at, by, now)
    if isinstance(case, TooMany):
        return case
    inserting.unless_there(tx, table, _columns(tx, case.id, about))
    return read(tx, case.id)


def read(tx: Tx, case: CaseId) -> Voice:
    """A voice that is there, for who may see all of it."""
    row = tx.connection.execute(sa.select(table).where(table.c.case_id == case)).one()
    return _voice(tx, cases.read(tx, case), row, readable=True)


def of_case(tx: Tx, viewer: Viewer, case: CaseId) -> Voice | None:
    """The voice that a case is, where the viewer may see the case; None for any other case."""
    return _first(seen(tx, viewer, cases_table.c.id == case))


def seen(tx: Tx, viewer: Viewer, which: sa.ColumnElement[bool]) -> tuple[Voice, ...]:
    """Those of them that the viewer may see, as `cases.seen` gives cases; `which` may name columns of `cases` alone."""
    spoken = sa.select(table.c.case_id)
    found = cases.seen(tx, viewer, sa.and_(which, cases_table.c.id.in_(spoken)))
    kept = frozenset(
        _ids(tx, sa.and_(cases_table.c.id.in_([each.id for each in found]), cases.kept_by(viewer)))
    )
    return _voices(tx, found, kept)


def of_resident(tx: Tx, resident: ResidentId) -> tuple[Voice, ...]:
    """All of the resident's, the newest first."""
    found = cases.of_resident(tx, resident)
    return _voices(tx, found, frozenset(each.id for each in found))


def of_head(tx: Tx, viewer: Viewer, head: CaseId) -> tuple[Voice, ...]:
    """Those that are joined to it, of what the viewer may see."""
    joined = sa.select(table.c.case_id).where(table.c.joined_to == head)
    return seen(tx, viewer, cases_table.c.id.in_(joined))


def marks(tx: Tx, these: Iterable[CaseId]) -> Mapping[CaseId, Mark]:
    """Those of the cases that are voices, for a list; without a word of them."""
    query = sa.select(table.c.case_id, table.c.kind, table.c.joined_to).where(
        table.c.case_id.in_(list(these))
    )
    return {
        CaseId(row.case_id): Mark(VoiceKind(row.kind), row.joined_to is not None)
        for row in tx.connection.execute(query)
    }


def own(tx: Tx, resident: ResidentId, case: CaseId) -> Voice | None:
    """A voice, where it is the resident's."""
    found = cases.own(tx, resident, case)
    return _first(_voices(tx, (found,), frozenset({case}))) if found else None


def _ids(tx: Tx, which: sa.ColumnElement[bool]) -> tuple[CaseId, ...]:
    return tuple(CaseId(each) for each in tx.connection.scalars(sa.select(cases_table.c.id).where(which)))


def _voices(tx: Tx, found: tuple[Case, ...], readable: frozenset[CaseId]) -> tuple[Voice, ...]:
    """Those of the cases that are voices, in their order."""
    of_these = sa.select(table).where(table.c.case_id.in_([each.id for each in found]))
    rows = {CaseId(row.case_id): row for row in tx.connection.execute(of_these)}
    return tuple(
        _voice(tx, case, rows[case.id], readable=case.id in readable) for case in found if case.id in rows
    )


def _voice(tx: Tx, case: Case, row: sa.Row[tuple[object, ...]], *, readable: bool) -> Voice:
    key = case_words.key_of(tx, case.id) if readable and row.place is not None else None
    return Voice(
        case=case,
        kind=VoiceKind(row.kind),
        way=Way(row.way),
        category=None if row.category is None else VoiceCategoryId(row.category),
        place=_place(case_words.opened(key, case.id, row.place, case_words.PLACE)),
        may_publish=row.may_publish,
        wants_answer=row.wants_answer,
        received_on=row.received_on,
        joined_to=None if row.joined_to is None else CaseId(row.joined_to),
    )


def _columns(tx: Tx, case: CaseId, about: VoiceDraft) -> dict[str, object]:
    key = case_words.key_of(tx, case)
    return {
        "case_id": case,
        "kind": about.kind.value,
        "way": about.way.value,
        "category": about.category,
        "place": _sealed(key, case, about.place),
        "may_publish": about.may_publish,
        "wants_answer": about.wants_answer,
        "received_on": about.received_on,
    }


def _sealed(key: Key | None, case: CaseId, place: VoicePlace | None) -> bytes | None:
    if key is None or place is None:
        return None
    written = json.dumps([place.latitude, place.longitude, place.words], ensure_ascii=False)
    return case_words.sealed(key, case, written, case_words.PLACE)


def _place(written: str) -> VoicePlace | None:
    if not written:
        return None
    latitude, longitude, words = json.loads(written)
    return VoicePlace(latitude, longitude, words)


def _first(found: tuple[Voice, ...]) -> Voice | None:
    return found[0] if found else None
