"""A text in its sentences, each with its words and where they stand."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from nlp.tokenizer import LONGEST, Token, tokenize

_SENTENCE: Final = re.compile(r"[^。！？!?\n]+[。！？!?]*[」』）)]*")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_UNCOUNTED: Final = re.compile(r"[〈<][^〉>]*[〉>]|https?://[!-~]+|\d[\d-]{7,}\d|\s")
"""Meanings in 〈 〉, addresses, telephone numbers and spaces between words make no sentence longer."""
_READING: Final = re.compile(r"(?<=[一-龠々〆ヶ])[（(][ぁ-ゖー]+[）)]")
_LETTER: Final = re.compile(r"\w")
_KANA: Final = re.compile(r"[ぁ-ゖァ-ヺ]")
KANJI: Final = re.compile(r"[一-龠々〆ヶ]")


@dataclass(frozen=True, slots=True)
class Bare:
    """A text without the readings behind its kanji, which would tear words apart: 出（だ）して is 出して."""

    text: str
    original: str
    places: tuple[int, ...]
    """Where each character, and the end, stands in the original."""
    read: frozenset[int]
    """The places in the bare text that a reading stood before."""

    @classmethod
    def of(cls, text: str) -> "Bare":
        whole = _SURROGATE.sub("□", text)
        gone = [found.span() for found in _READING.finditer(whole)]
        cut = {at for start, end in gone for at in range(start, end)}
        places = [at for at in range(len(whole)) if at not in cut]
        behind = {bisect_left(places, end) for _, end in gone}
        return cls("".join(whole[at] for at in places), text, (*places, len(whole)), frozenset(behind))

    def written(self, start: int, end: int) -> str:
        """What stands there in the original, with its readings."""
        return self.original[self.places[start] : self.places[end]]


class Word(NamedTuple):
    """A token, and where it stands in the bare text."""

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
    bare: Bare

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def length(self) -> int:
        """Letters and signs, without spaces and what explains a word."""
        return len(_UNCOUNTED.sub("", self.text))

    @property
    def is_japanese(self) -> bool:
        return _KANA.search(self.text) is not None

    def between(self, start: int, end: int) -> str:
        """What stands there, by places in the bare text."""
        return self.text[start - self.start : end - self.start]

    def after(self, word: Word) -> str:
        """What follows a word to the end of the sentence."""
        return self.text[word.end - self.start :]

    def is_explained(self, word: Word) -> bool:
        """Whether a meaning already stands behind a word, in brackets."""
        return self.after(word).startswith(("（", "(", "〈", "<", "＜"))


def sentences(bare: Bare) -> tuple[Sentence, ...]:
    """The sentences of any text, those without a letter left out."""
    return tuple(
        Sentence(start, piece, tuple(_words(start, piece)), bare)
        for found in _SENTENCE.finditer(bare.text)
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
