"""The languages that are spoken here."""

from enum import StrEnum
from typing import Final


class Language(StrEnum):
    """In which words people are answered; the values are BCP 47 tags, but for the second."""

    JAPANESE = "ja"
    EASY = "ja-easy"
    """やさしい日本語: short sentences and everyday words, for who is still learning Japanese."""
    ENGLISH = "en"
    SIMPLIFIED_CHINESE = "zh-Hans"
    TRADITIONAL_CHINESE = "zh-Hant"
    KOREAN = "ko"
    VIETNAMESE = "vi"

    @property
    def tag(self) -> str:
        """The BCP 47 tag, as a page or a screen reader takes it."""
        return "ja" if self is Language.EASY else self.value

    @property
    def own_name(self) -> str:
        """As who reads it calls it."""
        return _OWN_NAMES[self]

    @property
    def is_japanese(self) -> bool:
        return self in (Language.JAPANESE, Language.EASY)


_OWN_NAMES: Final = {
    Language.JAPANESE: "日本語",
    Language.EASY: "やさしい日本語",
    Language.ENGLISH: "English",
    Language.SIMPLIFIED_CHINESE: "简体中文",
    Language.TRADITIONAL_CHINESE: "繁體中文",
    Language.KOREAN: "한국어",
    Language.VIETNAMESE: "Tiếng Việt",
}

BESIDES_JAPANESE: Final = tuple(each for each in Language if each is not Language.JAPANESE)
"""Those into which entries and sentences are put."""
