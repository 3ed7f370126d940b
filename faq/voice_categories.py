"""What voices are about: the categories that residents choose from, and the section of each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NewType

from faq import cells
from faq.cells import CellType, Wrong
from faq.columns import FROM, PROVENANCE, dates_in_order
from faq.counters import SectionId
from faq.models import Provenance
from faq.schemas import Column, Schema
from faq.sentences import Fault
from nlp.compact import compact
from nlp.language import Language

VoiceCategoryId = NewType("VoiceCategoryId", str)

MOST_ORDER: Final = 999


@dataclass(frozen=True, slots=True)
class VoiceCategory:
    """A matter of the city."""

    id: VoiceCategoryId
    name: str
    words: tuple[str, ...]
    """What residents call it besides, in any language."""
    section: SectionId | None
    """Whose it is; None where the words have to tell."""
    asks_place: bool
    """Whether one has to know where it is."""
    asks_photograph: bool
    """Whether a picture helps."""
    order: int
    """Where it stands among the others, the least first."""
    easy: str
    """Its name in やさしい日本語, as the next ones in their language; empty: the Japanese name stands for it."""
    english: str
    simplified: str
    traditional: str
    korean: str
    vietnamese: str
    provenance: Provenance

    def called(self, language: Language) -> str:
        """Its name in a language, or the Japanese one."""
        return self._names[language] or self.name

    @property
    def spoken(self) -> frozenset[str]:
        """All that residents may type for it, compacted."""
        return frozenset(filter(None, map(compact, (*self._names.values(), *self.words))))

    @property
    def _names(self) -> Mapping[Language, str]:
        return {
            Language.JAPANESE: self.name,
            Language.EASY: self.easy,
            Language.ENGLISH: self.english,
            Language.SIMPLIFIED_CHINESE: self.simplified,
            Language.TRADITIONAL_CHINESE: self.traditional,
            Language.KOREAN: self.korean,
            Language.VIETNAMESE: self.vietnamese,
        }


def _order(raw: str) -> int | Wrong:
    value = cells.plain(raw)
    fits = re.fullmatch(r"\d{1,3}", value, re.ASCII)
    return int(value) if fits else Wrong(Fault.BAD_COUNT.format(least=0, most=MOST_ORDER))


_ORDER: Final[CellType[int]] = CellType(_order, str, 0)
_NAME: Final = cells.text(20)
_YES_NO: Final = cells.choice_of({"有": True, "無": False}, False)

VOICE_CATEGORIES: Final[Schema[VoiceCategory]] = Schema(
    name="voice-categories",
    record=VoiceCategory,
    key=("id",),
    columns=(
        Column("id", "id", cells.SLUG, required=True),
        Column("name", "name", _NAME, required=True),
        Column("words", "words", cells.items()),
        Column("section", "section", cells.optional(cells.SLUG), refers_to="sections"),
        Column("asks_place", "asks_place", _YES_NO),
        Column("asks_photograph", "asks_photograph", _YES_NO),
        Column("order", "order", _ORDER),
        Column("name_easy", "easy", cells.text(100)),
        Column("name_en", "english", cells.text(100)),
        Column("name_zh_hans", "simplified", cells.text(100)),
        Column("name_zh_hant", "traditional", cells.text(100)),
        Column("name_ko", "korean", cells.text(100)),
        Column("name_vi", "vietnamese", cells.text(100)),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=dates_in_order,
    may_be_empty=True,
)
