"""What staff see of an answer before it is sent: the bubble that the talk will show."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.city import LiveCity
from faq.neighbours import Neighbour
from handlers import case_answer, case_notices, collaboration_card, mailed
from handlers.turn import Card
from nlp.japan import today
from nlp.language import Language
from store.case_talk import Entry, EntryId, EntryKind
from store.cases import Case, State
from store.collaboration_steps import Step
from store.collaborations import Collaboration
from store.db import Tx
from store.mailings import Mailing
from web.bubble import Bubble


@dataclass(frozen=True, slots=True)
class TalkBubbles:
    """In the words of the city's talk."""

    city: LiveCity

    def answer(self, tx: Tx, case: Case, words: str | None, now: datetime) -> Bubble:
        """As `handlers.case_answer` shows it once it is sent."""
        kind = EntryKind.ANSWERED_PAGE if words is None else EntryKind.ANSWERED_LINE
        entry = Entry(EntryId(0), kind, now, "", words or "", None, None, "", None)
        answered = replace(case, state=State.ANSWERED)
        return _bubble(case_answer.card_to_read(self.city.current(tx), answered, entry, now))

    def elsewhere(self, tx: Tx, neighbour: Neighbour, words: str) -> Bubble:
        """As `handlers.case_notices` words it."""
        return _bubble(case_notices.card_of(self.city.current(tx), neighbour, words))

    def collaboration(self, tx: Tx, found: Collaboration, step: Step, now: datetime) -> Bubble:
        """As `handlers.collaboration_notices` words it."""
        city = self.city.current(tx).speaking(found.language or Language.JAPANESE)
        return _bubble(collaboration_card.of_step(city, found, step, today(now)))

    def mailing(self, tx: Tx, mailing: Mailing, language: Language, now: datetime) -> Bubble:
        """As `handlers.mailed` words it."""
        city = self.city.current(tx).speaking(language)
        return _bubble(mailed.card(city, mailing.what, mailing.unit, today(now)), with_buttons=True)


def _bubble(card: Card, *, with_buttons: bool = False) -> Bubble:
    facts = tuple((fact.label, fact.value) for fact in card.facts)
    buttons = tuple(choice.label for choice in card.choices) if with_buttons else ()
    return Bubble(card.title, card.body, facts, card.footnote, buttons)
