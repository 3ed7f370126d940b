"""What entries say in plain Japanese and in other languages."""

from collections.abc import Mapping
from typing import Final

from faq.models import EntryId
from faq.translations import Translation
from nlp.language import BESIDES_JAPANESE, Language
from store import keeping
from store.db import Tx
from store.keeping import Kept, Row, rows, rows_of
from store.tables import translations


def all_translations(tx: Tx) -> tuple[Translation, ...]:
    return tuple(map(_translation, rows(tx, translations)))


def of_entry(tx: Tx, entry: EntryId) -> tuple[Translation, ...]:
    """Those of one entry, in the order of the languages."""
    keys = [(entry, language.value) for language in BESIDES_JAPANESE]
    found = {each.language: each for each in map(_translation, rows_of(tx, translations, keys))}
    return tuple(found[language] for language in BESIDES_JAPANESE if language in found)


def _translation(row: Row) -> Translation:
    return keeping.read(Translation, row, language=Language(row["language"]))


KEPT: Final[Mapping[type, Kept]] = {
    Translation: Kept(
        "translations",
        translations,
        lambda each: (each.entry, each.language),
        keeping.write,
        _translation,
    )
}
