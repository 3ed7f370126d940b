"""Translations are read back as they were taken in, in the order of the languages."""

from dataclasses import replace

from faq.models import EntryId
from nlp.language import Language
from store import knowledge, translations
from store.db import Database
from tests.conftest import NOON
from tests.faq.place_files import TRANSLATION

EASY = replace(TRANSLATION, entry=EntryId("ombudsman"))
"""Of an entry for which no translation ships."""
ENGLISH = replace(EASY, language=Language.ENGLISH, question="I moved here. What do I do?")
OTHER = replace(EASY, entry=EntryId("letter-to-mayor"))


def test_translations_are_kept_as_they_are(database: Database) -> None:
    with database.write() as tx:
        knowledge.take_in(tx, [ENGLISH, OTHER, EASY], NOON)
        assert knowledge.take_in(tx, [EASY], NOON).same == 1
    with database.read() as tx:
        assert set(translations.all_translations(tx)) >= {ENGLISH, OTHER, EASY}
        assert translations.of_entry(tx, EASY.entry) == (EASY, ENGLISH)
        assert translations.of_entry(tx, EntryId("nobody")) == ()
