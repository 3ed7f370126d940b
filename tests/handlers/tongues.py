"""Entries whose translation staff approved: for dialogues in another language."""

from dataclasses import replace

from faq.models import EntryId, Status
from nlp.language import Language
from store import knowledge
from tests.conftest import NOON
from tests.dialogue import Speaker


def approve(speaker: Speaker, entry: str, language: Language) -> None:
    """Staff confirm the draft of that entry as it ships."""
    talk = speaker.talk
    with talk.database.write() as tx:
        draft = talk.city.current(tx).foreign.translation(EntryId(entry), language)
        assert draft is not None
        confirmed = replace(draft.provenance, status=Status.CONFIRMED, confirmed_on=NOON.date())
        knowledge.take_in(tx, [replace(draft, provenance=confirmed)], NOON)
