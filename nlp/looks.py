"""The ways in which the rules of danger look at a message: each language hides its words otherwise."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, assert_never

from nlp.folding import apart, bare, fold, without_long_marks
from nlp.language import Language
from nlp.phrase import View

_KANA: Final = re.compile("[ぁ-ゖァ-ヺｦ-ﾝ]")
_NOT_KANA: Final = re.compile(r"(?![ぁ-ゖァ-ヺー])[^\W_]")
"""A letter or digit that may be read otherwise than it is written: kanji, but also the 2 of タヒ2たい."""


class Way(StrEnum):
    """How a language is written, as far as finding its words goes."""

    KANA = "kana"
    """Japanese: no spaces, long marks, and a reading behind the kanji. Not what only Chinese writes."""
    HAN = "han"
    """Chinese in either script: no spaces, one form of each letter. Never where there is kana."""
    JOINED = "joined"
    """Korean: spaces are there or not, as the writer likes."""
    APART = "apart"
    """Words stand apart and count as wholes."""
    MARKED = "marked"
    """The same where the writer put the marks of Vietnamese, which tell words apart."""
    BARE = "bare"
    """The same where there are none, so that many words look alike."""


@dataclass(frozen=True, slots=True)
class HanForms:
    """Which letters the two ways of writing Chinese have for one, and which letters no Japanese text has."""

    simplified_of: dict[int, str]
    chinese: frozenset[str]

    @classmethod
    def of(cls, traditional: str, simplified: str, chinese: str) -> "HanForms":
        """From two texts that have the forms of a letter in the same place. Raises ValueError."""
        pairs = zip(traditional, simplified, strict=True)
        return cls({ord(one): other for one, other in pairs}, frozenset(chinese))


NO_HAN: Final = HanForms({}, frozenset())


class Looks:
    """A message, with what each way of looking sees in it; each is made once, when it is asked for."""

    def __init__(self, text: str, reading: Callable[[str], str] | None, han: HanForms) -> None:
        self._text, self._reading, self._han = text, reading, han

    def views(self, way: Way, *, read: bool = False) -> tuple[View, ...]:
        """What `way` sees; none where the message is not written so. `read`: also the kana of a reading."""
        match way:
            case Way.KANA:
                return () if self._is_chinese else self._written + self._heard if read else self._written
            case Way.HAN:
                return () if self._has_kana else (self._in_simplified,)
            case Way.JOINED:
                return self._written[:1]
            case Way.APART:
                return (self._apart,)
            case Way.MARKED:
                return (self._apart,) if self._has_marks else ()
            case Way.BARE:
                return () if self._has_marks else (self._apart,)
            case _:
                assert_never(way)

    def language(self, language: Language) -> Language:
        """The language of what was found: of the two Chinese ones that in which the message is written.

        Help! 家が燃えてる is Japanese.
        """
        if self._has_kana:
            return Language.JAPANESE
        if language is Language.SIMPLIFIED_CHINESE and self._in_simplified.text != self.folded:
            return Language.TRADITIONAL_CHINESE
        return language

    @cached_property
    def folded(self) -> str:
        return fold(self._text)

    @cached_property
    def _written(self) -> tuple[View, ...]:
        return tuple(map(View, dict.fromkeys((self.folded, without_long_marks(self.folded)))))

    @cached_property
    def _heard(self) -> tuple[View, ...]:
        """Kana are read as they are written."""
        if self._reading is None or not _NOT_KANA.search(self._text):
            return ()
        return (View(fold(self._reading(self._text))),)

    @cached_property
    def _in_simplified(self) -> View:
        return View(self.folded.translate(self._han.simplified_of))

    @cached_property
    def _apart(self) -> View:
        return View(apart(self._text))

    @cached_property
    def _has_marks(self) -> bool:
        return bare(self._apart.text) != self._apart.text

    @cached_property
    def _has_kana(self) -> bool:
        return _KANA.search(self._text) is not None

    @cached_property
    def _is_chinese(self) -> bool:
        return not self._has_kana and not self._han.chinese.isdisjoint(self.folded)
