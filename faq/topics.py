"""What residents may choose to hear of: topics of notices, and what each is called in their language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NewType

from faq import cells
from faq.cells import CellType, Wrong
from faq.columns import FROM, PROVENANCE, dates_in_order
from faq.models import Provenance
from faq.schemas import Column, Schema
from faq.sentences import Fault
from nlp.compact import compact
from nlp.language import Language

TopicId = NewType("TopicId", str)

MOST_PLACES: Final = 999


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that notices are about."""

    id: TopicId
    name: str
    words: tuple[str, ...]
    """What residents call it besides, in any language."""
    place: int
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


def _place(raw: str) -> int | Wrong:
    value = cells.plain(raw)
    fits = re.fullmatch(r"\d{1,3}", value, re.ASCII)
    return int(value) if fits else Wrong(Fault.BAD_COUNT.format(least=0, most=MOST_PLACES))


PLACE: Final[CellType[int]] = CellType(_place, str, 0)
"""Where a record stands among its like."""
_NAME: Final = cells.text(100)

TOPICS: Final[Schema[Topic]] = Schema(
    name="topics",
    record=Topic,
    key=("id",),
    columns=(
        Column("id", "id", cells.SLUG, required=True),
        Column("name", "name", _NAME, required=True),
        Column("words", "words", cells.items()),
        Column("order", "place", PLACE),
        Column("name_easy", "easy", _NAME),
        Column("name_en", "english", _NAME),
        Column("name_zh_hans", "simplified", _NAME),
        Column("name_zh_hant", "traditional", _NAME),
        Column("name_ko", "korean", _NAME),
        Column("name_vi", "vietnamese", _NAME),
        *PROVENANCE,
    ),
    parts=(FROM,),
    check=dates_in_order,
    may_be_empty=True,
)
