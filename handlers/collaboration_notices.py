"""What a proposer is told unasked: that their proposal has come to another stage, once."""

from handlers import collaboration_card, words
from handlers.booking_verbs import Asker
from handlers.collaboration_verbs import Step, to_step
from handlers.turn import SILENCE, Cards, Reply
from nlp.japan import today
from store import collaboration_steps, collaborations
from store.notices import OfStep


def word(to: Asker, about: OfStep) -> Reply:
    """The stage, with what was written for them; silence where it is theirs no more."""
    found = collaboration_steps.find(to.tx, about.step)
    owned = collaborations.own(to.tx, to.resident.id, found.collaboration) if found else None
    if found is None or owned is None:
        return SILENCE
    city = to.city
    card = collaboration_card.of_step(city, owned, found, today(to.now))
    choices = (to_step(city, "collaboration.mine", Step.STATE), words.to_the_menu(city))
    return Reply((Cards((card,), card.title),), choices)
