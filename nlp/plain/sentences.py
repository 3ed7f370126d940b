"""A text in its sentences, each with its words and where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from nlp.tokenizer import LONGEST, Token, tokenize

_SENTENCE: Final = re.compile(r"[^。！？!?\n]+[。！？!?]*[」』）)]*")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_UNCOUNTED: Final = re.compile(r"[（(〈<][ぁ-ゖー・、 　]*[）)〉>]|https?://[!-~]+|\d[\d-]{7,}\d|\s")
"""Readings in brackets, addresses, telephone numbers and spaces between words make no sentence longer."""
_LETTER: Final = re.compile(r"\w")
_KANA: Final = re.compile(r"[ぁ-ゖァ-ヺ]")
KANJI: Final = re.compile(r"[一-龠々〆ヶ]")


class Word(NamedTuple):
    """A token, and where it stands in the whole text."""

    start: int
    end: int
    token: Token

    @property
    def is_noun(self) -> bool:
        return self.token.pos.startswith("名詞")

    @property
    def is_suffix(self) -> bool:
        return self.token.pos.startswith("接尾辞")

    @property
    def is_number(self) -> bool:
        return self.token.pos == "名詞-数詞"

    @property
    def is_verb(self) -> bool:
        return self.token.pos.startswith("動詞")


@dataclass(frozen=True, slots=True)
class Sentence:
    """From one full stop, or one end of a line, to the next."""

    start: int
    text: str
    words: tuple[Word, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def length(self) -> int:
        """Letters and signs, without spaces and readings in brackets."""
        return len(_UNCOUNTED.sub("", self.text))

    @property
    def is_japanese(self) -> bool:
        return _KANA.search(self.text) is not None

    def between(self, start: int, end: int) -> str:
        """What stands there, by places in the whole text."""
        return self.text[start - self.start : end - self.start]

    def after(self, word: Word) -> str:
        """What follows a word to the end of the sentence."""
        return self.text[word.end - self.start :]

    def is_explained(self, word: Word) -> bool:
        """Whether a reading or a meaning already stands behind a word, in brackets."""
        return self.after(word).startswith(("（", "(", "〈", "<", "＜"))


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of any text, those without a letter left out."""
    whole = _SURROGATE.sub("□", text)
    return tuple(
        Sentence(start, piece, tuple(_words(start, piece)))
        for found in _SENTENCE.finditer(whole)
        for start, piece in _pieces(found)
        if _LETTER.search(piece)
    )


def _pieces(found: re.Match[str]) -> Iterator[tuple[int, str]]:
    """What the tokenizer takes at once, without the spaces around it."""
    for at in range(0, len(found[0]), LONGEST):
        piece = found[0][at : at + LONGEST]
        bare = piece.lstrip()
        yield found.start() + at + len(piece) - len(bare), bare.rstrip()


def _words(start: int, text: str) -> Iterator[Word]:
    for token in tokenize(text):
        end = start + len(token.surface)
        yield Word(start, end, token)
        start = end
