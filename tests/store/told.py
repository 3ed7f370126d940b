"""Voices that residents have just told."""

from datetime import datetime

from faq.counters import SectionId
from nlp.japan import today
from store import voices
from store.audit import ByResident
from store.case_opening import CaseDraft, Opener
from store.db import Tx
from store.residents import ResidentId
from store.voices import Voice, VoiceDraft, VoiceKind, VoicePlace, Way
from tests.conftest import NOON
from tests.store.cases import KUMIN, PROMISED, SAID, SUBJECT

HERE = VoicePlace(32.79, 130.69, "公園の東側")


def about(kind: VoiceKind = VoiceKind.PROPOSAL, way: Way = Way.LINE) -> VoiceDraft:
    return VoiceDraft(kind, way, None, HERE, may_publish=True, wants_answer=True, received_on=today(NOON))


def told(
    tx: Tx, resident: ResidentId, once: str = "1", section: SectionId = KUMIN, now: datetime = NOON
) -> Voice:
    return told_by(tx, ByResident(resident), once, section, now)


def told_by(
    tx: Tx, by: Opener, once: str = "1", section: SectionId = KUMIN, now: datetime = NOON, way: Way = Way.LINE
) -> Voice:
    """Of a resident, of somebody at the city, or by the open form."""
    draft = CaseDraft(once, section, SUBJECT, (SAID,))
    made = voices.tell(tx, draft, about(way=way), PROMISED, by, now)
    assert isinstance(made, Voice)
    return made
