"""What an entry says in other words: in plain Japanese, and in other languages."""

from dataclasses import dataclass
from enum import StrEnum

from faq.models import EntryId, Provenance


class Language(StrEnum):
    """In which words an entry is given besides its own; the values are BCP 47 tags, but for the first."""

    EASY = "ja-easy"
    """やさしい日本語: short sentences and everyday words, for who is still learning Japanese."""
    ENGLISH = "en"
    SIMPLIFIED_CHINESE = "zh-Hans"
    TRADITIONAL_CHINESE = "zh-Hant"
    KOREAN = "ko"
    VIETNAMESE = "vi"


@dataclass(frozen=True, slots=True)
class Translation:
    """One entry in one language. Section, telephone and link are those of the entry."""

    entry: EntryId
    language: Language
    question: str
    answer: str
    provenance: Provenance
