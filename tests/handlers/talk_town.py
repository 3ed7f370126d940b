"""For dialogues in other languages: what the menu names, and staff who approve a translation."""

from dataclasses import replace

from faq.models import EntryId, Status
from nlp.language import Language
from store import knowledge, translations
from tests.dialogue import Speaker


def examples(speaker: Speaker, language: Language, area: str) -> tuple[str, ...]:
    """The questions that an area of the menu names; never none."""
    with speaker.talk.database.read() as tx:
        wording = speaker.talk.city.current(tx).wordings[language]
    found = tuple(wording.say(key) for key in wording.keys_below(f"menu.{area}.ask."))
    assert found
    return found


def approve(speaker: Speaker, entry: str, language: Language) -> None:
    """What staff do in the review pages: the draft that ships is as it should be."""
    with speaker.talk.database.write() as tx:
        (draft,) = (each for each in translations.of_entry(tx, EntryId(entry)) if each.language is language)
        today = speaker.talk.now.date()
        seen = replace(draft.provenance, status=Status.CONFIRMED, confirmed_on=today)
        knowledge.take_in(tx, [replace(draft, provenance=seen)], speaker.talk.now)
