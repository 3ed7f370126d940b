"""A text as the rules of `nlp/mentions.py` look at it: read once, for all of them."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from nlp.masking import evened
from nlp.names import Word, words_of

_NO_PART: Final = ("接続詞", "補助記号", "動詞", "助動詞", "形容詞", "連体詞", "副詞", "代名詞", "空白")
_HILLS: Final = re.compile(r"(?<=が)[丘岡谷浜原池崎淵根瀬]")
_KANJI_OR_KATAKANA: Final = re.compile(r"[一-龠々ァ-ヴー]")
_OF_TIME: Final = ("副詞可能", "助数詞可能")
SENTENCE_ENDS: Final = "。．！？!?\n"


@dataclass(frozen=True)
class Reading:
    """A text, evened out letter for letter (`nlp/masking.py`), and its words."""

    text: str

    @cached_property
    def even(self) -> str:
        return evened(self.text)

    @cached_property
    def words(self) -> list[Word]:
        return words_of(self.text)

    def said(self, word: Word) -> str:
        """The letters of a word."""
        return self.text[word.start : word.end]

    def name_start(self, start: int, end: int) -> int:
        """Where a name begins in letters that may hold other words before it: 娘を|ひまわり保育園.

        の and most of what is written in kana may be a part of it, as is が in 月見が丘.
        """
        begins = start
        for word in self.words_in(start, end - 2):
            if self._ends_before_name(word, begins) and not _HILLS.match(self.text, word.end):
                begins = word.end
        return begins

    def _ends_before_name(self, word: Word, begins: int) -> bool:
        if word.pos[0] == "助詞":
            return self.said(word) != "の"
        is_kana = "ぁ" <= self.text[word.end : word.end + 1] <= "ん"
        return not is_kana and (word.pos[0] in _NO_PART or (word.start == begins and word.pos[2] in _OF_TIME))

    def block(self, end: int, most: int) -> int:
        """Where the run of kanji and katakana begins that ends at a place, at most so many letters before it."""
        start = end
        while start and end - start < most and _KANJI_OR_KATAKANA.match(self.text, start - 1):
            start -= 1
        return start

    def words_in(self, start: int, end: int) -> list[Word]:
        """The words that lie between two places."""
        first = bisect_left(self.words, start, key=lambda word: word.start)
        last = bisect_left(self.words, end + 1, key=lambda word: word.end)
        return self.words[first:last]

    def before(self, at: int, letters: int) -> str:
        """At most so many letters of the sentence before a place."""
        found = self.text[max(0, at - letters) : at]
        return found[max(map(found.rfind, SENTENCE_ENDS)) + 1 :]

    def after(self, at: int, letters: int) -> str:
        """At most so many letters of the sentence from a place on."""
        found = self.text[at : at + letters]
        ends = [end for end in map(found.find, SENTENCE_ENDS) if end >= 0]
        return found[: min(ends, default=len(found))]
