"""A second person confirms a voice, and everybody reads it.

What is published is what they saw, to the letter: they send the digest of the text that was before them, the table
takes no other, and it takes none that its own writer confirms.
"""

from datetime import datetime

from store import audit, voice_preparations
from store.audit import ByAccount, Kind
from store.cases import CaseId
from store.db import Tx
from store.published_voices import PublishedVoice, PublishedVoiceId, find, sought_in
from store.sight import Role, Viewer
from store.tables import published_voices
from store.voice_preparations import Preparation
from store.voice_refusals import Changed, NotReady, NotThere, OwnWork, Refused

CONFIRMERS = (Role.APPROVER, Role.ADMIN)


def confirm(
    tx: Tx, viewer: Viewer, case: CaseId, version: int, seen_digest: str, now: datetime
) -> PublishedVoice | Refused:
    """Publishes it. `seen_digest`: `Shown.digest` of the text that the viewer read."""
    found = voice_preparations.lock(tx, viewer, case, version, now)
    if not isinstance(found, Preparation):
        return found
    refused = voice_preparations.unready(tx, found) or _unconfirmed(viewer, found, seen_digest)
    if refused is not None:
        return refused
    made = PublishedVoiceId(_publish(tx, viewer, found, seen_digest, now))
    audit.record(tx, ByAccount(viewer.account), "voice.published", Kind.VOICE, str(made), now)
    published = find(tx, made)
    assert published is not None
    return published


def _unconfirmed(viewer: Viewer, found: Preparation, seen_digest: str) -> Refused | None:
    if viewer.role not in CONFIRMERS:
        return NotThere()
    if viewer.account == found.written_by:
        return OwnWork()
    if found.ready_at is None:
        return NotReady(found.undecided)
    return None if seen_digest == found.shown.digest else Changed(found.written_by_shown)


def _publish(tx: Tx, viewer: Viewer, found: Preparation, seen_digest: str, now: datetime) -> int:
    shown = found.shown
    values = {
        "case_id": found.voice.case.id,
        "kind": shown.kind.value,
        "category": shown.category,
        "category_name": shown.category_name,
        "fiscal_year": shown.fiscal_year,
        "month": shown.month,
        "ward": shown.ward,
        "section": shown.section,
        "section_name": shown.section_name,
        "title": shown.title,
        "words": shown.words,
        "answer": shown.answer,
        "sought": sought_in(shown),
        "undecided": found.undecided,
        "seen_digest": seen_digest,
        "digest": shown.digest,
        "written_by": found.written_by,
        "confirmed_by": viewer.account,
        "published_at": now,
    }
    made = tx.connection.execute(published_voices.insert().values(values)).inserted_primary_key
    assert made is not None
    number: int = made[0]
    return number
