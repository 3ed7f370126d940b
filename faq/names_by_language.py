"""What residents choose by name, each in their own language: topics of notices, categories of voices."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from faq import cells
from faq.schemas import Column
from nlp.compact import compact
from nlp.language import Language

_NAME: Final = cells.text(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedByLanguage:
    """A record with its names, and with what residents type for it."""

    name: str
    words: tuple[str, ...]
    """What residents call it besides, in any language."""
    easy: str
    """Its name in やさしい日本語, as the next ones in their language; empty: the Japanese name stands for it."""
    english: str
    simplified: str
    traditional: str
    korean: str
    vietnamese: str

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


IN_LANGUAGES: Final = (
    Column("name_easy", "easy", _NAME),
    Column("name_en", "english", _NAME),
    Column("name_zh_hans", "simplified", _NAME),
    Column("name_zh_hant", "traditional", _NAME),
    Column("name_ko", "korean", _NAME),
    Column("name_vi", "vietnamese", _NAME),
)
"""The columns of its names in other languages."""
