"""Voices that were answered, and the people who make them ready and confirm them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from faq.counters import SectionId
from faq.marks import Decision
from faq.voice_categories import VoiceCategoryId
from nlp import mentions
from nlp.mentions import Kind, Mention
from store import case_acts, case_answers, voice_confirming, voice_preparations, voices
from store.audit import ByResident
from store.case_answers import In
from store.case_opening import CaseDraft
from store.cases import Case, CaseId
from store.db import Tx
from store.published_voices import PublishedVoice
from store.residents import ResidentId
from store.sight import Role, Viewer
from store.voice_preparations import Preparation
from store.voices import Voice, VoiceDraft, VoiceKind, Way
from tests.conftest import NOON
from tests.store.cases import KUMIN, person

SUBJECT = "江津湖のベンチ"
WORDS = "江津湖の東側のベンチがこわれています。山田太郎さんが座ってけがをしました。"
ANSWER = "ベンチは11月中に直します。担当は佐藤次郎です。"
RECEIVED = date(2026, 11, 20)
ROADS = VoiceCategoryId("roads")


_FOUND: Final = {
    "山田太郎": Kind.NAME,
    "佐藤次郎": Kind.NAME,
    "090-1111-2222": Kind.TELEPHONE,
    "健軍本町1-2-3": Kind.ADDRESS,
}


def find_in(text: str) -> tuple[Mention, ...]:
    """What these voices hold, whatever else the program learns to find."""
    return tuple(
        Mention(text.index(words), text.index(words) + len(words), kind, mentions.WORDS[kind])
        for words, kind in _FOUND.items()
        if words in text
    )


@dataclass(frozen=True)
class Desk:
    """Who works on voices."""

    clerk: Viewer
    approver: Viewer

    @classmethod
    def of(cls, tx: Tx, section: SectionId = KUMIN) -> "Desk":
        return cls(
            person(tx, f"{section}-clerk", section=section),
            person(tx, f"{section}-approver", Role.APPROVER, section),
        )

    def prepared(self, tx: Tx, case: CaseId) -> Preparation:
        found = voice_preparations.prepare(tx, self.clerk, case, find_in, NOON)
        assert isinstance(found, Preparation), found
        return found

    def ready(self, tx: Tx, case: CaseId) -> Preparation:
        """Each suggestion taken, and somebody else asked to confirm it."""
        begun = self.prepared(tx, case)
        taken = voice_preparations.take_all(tx, self.clerk, case, begun.version, NOON)
        assert isinstance(taken, Preparation)
        ready = voice_preparations.make_ready(tx, self.clerk, case, taken.version, NOON)
        assert isinstance(ready, Preparation), ready
        return ready

    def published(self, tx: Tx, case: CaseId) -> PublishedVoice:
        ready = self.ready(tx, case)
        made = voice_confirming.confirm(tx, self.approver, case, ready.version, ready.shown.digest, NOON)
        assert isinstance(made, PublishedVoice), made
        return made


def told(
    tx: Tx,
    resident: ResidentId,
    once: str = "1",
    words: str = WORDS,
    *,
    subject: str = SUBJECT,
    section: SectionId = KUMIN,
    kind: VoiceKind = VoiceKind.PROPOSAL,
    category: VoiceCategoryId | None = ROADS,
    may_publish: bool = True,
    received_on: date = RECEIVED,
) -> Voice:
    """What the resident has just told the city in LINE."""
    draft = CaseDraft(once, section, subject, (words,), ward="東区")
    about = VoiceDraft(kind, Way.LINE, category, None, may_publish, True, received_on)
    made = voices.tell(tx, draft, about, None, ByResident(resident), NOON)
    assert isinstance(made, Voice)
    return made


def answered(tx: Tx, desk: Desk, voice: Voice, words: str = ANSWER) -> CaseId:
    """The section has answered it on the city's page."""
    case = voice.case.id
    taken = case_acts.take(tx, desk.clerk, case, NOON)
    assert isinstance(taken, Case), taken
    came = case_answers.answer(tx, desk.clerk, case, taken.version, words, In.PAGE, NOON)
    assert isinstance(came, Case), came
    return case


def left(tx: Tx, desk: Desk, found: Preparation, part: voice_preparations.Part, number: int) -> Preparation:
    """A mark that stays as it was written."""
    case = found.voice.case.id
    now = voice_preparations.decide(
        tx, desk.clerk, case, found.version, (part, number), Decision.LEFT, None, NOON
    )
    assert isinstance(now, Preparation)
    return now
