"""Translations are read back as they were taken in, in the order of the languages."""

from dataclasses import replace

from faq.models import EntryId
from nlp.language import Language
from store import knowledge, translations
from store.db import Database
from tests.conftest import NOON
from tests.faq.place_files import TRANSLATION

ENGLISH = replace(TRANSLATION, language=Language.ENGLISH, question="I moved here. What do I do?")
OTHER = replace(TRANSLATION, entry=EntryId("moving-out"))


def test_translations_are_kept_as_they_are(database: Database) -> None:
    with database.write() as tx:
        knowledge.take_in(tx, [ENGLISH, OTHER, TRANSLATION], NOON)
        assert knowledge.take_in(tx, [TRANSLATION], NOON).same == 1
    with database.read() as tx:
        assert set(translations.all_translations(tx)) == {ENGLISH, OTHER, TRANSLATION}
        assert translations.of_entry(tx, TRANSLATION.entry) == (TRANSLATION, ENGLISH)
        assert translations.of_entry(tx, EntryId("nobody")) == ()
