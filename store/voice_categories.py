"""What voices are about."""

from collections.abc import Mapping
from typing import Final

from faq.voice_categories import VoiceCategory
from store import keeping
from store.db import Tx
from store.keeping import Kept, Row, rows
from store.tables import voice_categories


def all_categories(tx: Tx) -> tuple[VoiceCategory, ...]:
    """In their order."""
    return tuple(sorted(map(_category, rows(tx, voice_categories)), key=lambda each: (each.order, each.id)))


def _category(row: Row) -> VoiceCategory:
    return keeping.read(VoiceCategory, row, words=tuple(row["words"]))


KEPT: Final[Mapping[type, Kept]] = {
    VoiceCategory: Kept(
        "voice-categories", voice_categories, lambda each: (each.id,), keeping.write, _category
    )
}
"""Every kind of record."""
