"""The page of one's own that a form leads to: how a voice stands, for who has its link and nothing else.

Only the digest of the link is kept. Who knows it may read what was said and answered, add to it, and take it back.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store import case_changes, case_saying, case_talk, links, photographs, voices
from store.audit import SERVICE
from store.case_refusals import Gone
from store.case_talk import ANSWERS, Entry, EntryKind
from store.cases import Case, CaseId
from store.db import Tx
from store.links import VOICE_STATE_LIFE, Link, Purpose
from store.photographs import Photograph
from store.residents import ResidentId
from store.tables import cases as cases_table
from store.voices import Voice

_SHOWN = (EntryKind.SAID, *ANSWERS, EntryKind.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a voice stands, with what was said and answered; what staff note among themselves is not in it."""

    voice: Voice
    talk: tuple[Entry, ...]
    photographs: tuple[Photograph, ...]
    until: datetime
    """Until when the page can be opened."""


def lead(tx: Tx, case: CaseId, now: datetime) -> str:
    """A link to the page; nobody can be given it a second time."""
    return links.mint(tx, Purpose.VOICE_STATE, None, case, VOICE_STATE_LIFE, now)


def was_told(tx: Tx, case: CaseId) -> bool:
    """Whether its form was sent before."""
    return links.is_any(tx, Purpose.VOICE_STATE, case)


def told_by(tx: Tx, resident: ResidentId, form: str) -> CaseId | None:
    """What the resident has told by a form."""
    theirs = sa.and_(cases_table.c.resident_id == resident, cases_table.c.once == form)
    found = tx.connection.scalar(sa.select(cases_table.c.id).where(theirs))
    return None if found is None else CaseId(found)


def standing(tx: Tx, token: str, now: datetime) -> Standing | None:
    """None for a link that opens nothing (any more), and once the voice is erased."""
    link = links.look(tx, Purpose.VOICE_STATE, token, now)
    if not isinstance(link, Link):
        return None
    case = CaseId(link.about)
    return (
        Standing(
            voices.read(tx, case),
            case_talk.by_link(tx, case, _SHOWN),
            photographs.with_case(tx, case),
            link.expires_at,
        )
        if _is_there(tx, case)
        else None
    )


def say(tx: Tx, token: str, words: str, promised_at: datetime | None, now: datetime) -> Case | Gone:
    """Adds something, masked. `promised_at`: by when they hear, where it had been answered."""
    return case_saying.add(tx, _locked(tx, token, now), words, SERVICE, now, promised_at)


def withdraw(tx: Tx, token: str, now: datetime) -> Case | Gone:
    """Takes it back."""
    return case_saying.take_back(tx, _locked(tx, token, now), SERVICE, now)


def _locked(tx: Tx, token: str, now: datetime) -> Case | None:
    link = links.look(tx, Purpose.VOICE_STATE, token, now)
    if not isinstance(link, Link):
        return None
    return case_changes.locked(tx, sa.and_(cases_table.c.id == link.about, cases_table.c.erased_at.is_(None)))


def _is_there(tx: Tx, case: CaseId) -> bool:
    there = sa.and_(cases_table.c.id == case, cases_table.c.erased_at.is_(None))
    return tx.connection.scalar(sa.select(cases_table.c.id).where(there)) is not None
