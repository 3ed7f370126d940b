"""What the talk in LINE shows, as pages show it: a bubble. The words are the talk's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from faq.neighbours import Neighbour
from nlp.language import Language
from store.cases import Case
from store.collaboration_steps import Step
from store.collaborations import Collaboration
from store.db import Tx
from store.mailings import Mailing


@dataclass(frozen=True, slots=True)
class Bubble:
    """A card in the talk."""

    title: str
    body: str
    facts: tuple[tuple[str, str], ...]
    """Labels and what they tell."""
    footnote: str
    buttons: tuple[str, ...] = ()
    """What its buttons say."""


class Bubbles(Protocol):
    """Words what is said before it is sent."""

    def answer(self, tx: Tx, case: Case, words: str | None, now: datetime) -> Bubble:
        """An answer with these words; None: they are kept on the city's page, and only announced."""

    def elsewhere(self, tx: Tx, neighbour: Neighbour, words: str) -> Bubble:
        """That it is another authority's, with these words besides."""

    def collaboration(self, tx: Tx, found: Collaboration, step: Step, now: datetime) -> Bubble:
        """That a proposal has come to a stage, as its proposer is told."""

    def mailing(self, tx: Tx, mailing: Mailing, language: Language, now: datetime) -> Bubble:
        """A mailing, as who is spoken to in this language gets it; with its buttons."""
