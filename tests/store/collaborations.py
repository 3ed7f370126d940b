"""A proposal to work together with the city, and the section that it is handed to."""

from datetime import timedelta

from faq.counters import SectionId
from nlp.japan import today
from store import collaboration_acts, collaboration_agreements, collaboration_opening
from store.collaboration_agreements import Agreement
from store.collaboration_opening import CollaborationDraft
from store.collaboration_stages import MOVES, Stage
from store.collaboration_steps import StepDraft
from store.collaboration_words import Words
from store.collaborations import Collaboration
from store.db import Tx
from store.residents import ResidentId
from store.sight import Viewer
from tests.conftest import NOON

KOCHO = SectionId("honcho-kocho")
WORDS = Words(
    "公園の花壇", "花壇をみんなで育てたい", "荒れていて寂しい", "世話は私たち、苗は市", "春から1年", "苗代"
)
AGREED = Agreement(
    "公園の花壇づくり",
    "公園の花壇を、市と住民で育てます。",
    "",
    "苗と道具を用意する",
    "毎週、世話をする",
    today(NOON),
    today(NOON) + timedelta(days=120),
)


def proposed(
    tx: Tx,
    resident: ResidentId,
    once: str = "1",
    section: SectionId = KOCHO,
    words: Words = WORDS,
    *,
    may_be_named: bool = False,
) -> Collaboration:
    """A proposal that the resident has just sent."""
    draft = CollaborationDraft(once, section, words, may_be_named)
    made = collaboration_opening.submit(tx, resident, draft, NOON)
    assert isinstance(made, Collaboration)
    return made


def moved(
    tx: Tx, viewer: Viewer, found: Collaboration, stage: Stage, now=NOON, **more: object
) -> Collaboration:
    """The proposal one stage further, on the day of `now`."""
    draft = StepDraft(stage, today(now), **more)  # type: ignore[arg-type]
    came = collaboration_acts.move(tx, viewer, found.id, found.version, draft, now)
    assert isinstance(came, Collaboration), came
    return came


def agreed(
    tx: Tx, approver: Viewer, found: Collaboration, agreement: Agreement = AGREED, now=NOON
) -> Collaboration:
    """The proposal once it is agreed upon."""
    while found.stage is not Stage.DECIDED:
        found = moved(tx, approver, found, MOVES[found.stage][0], now)
    written = collaboration_agreements.write(tx, approver, found.id, found.version, agreement, now)
    assert isinstance(written, Collaboration), written
    return moved(tx, approver, written, Stage.AGREED, now)
