"""What a text in another language says, in the words of the city."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from faq.foreign_words import COLUMNS, ForeignWord
from nlp.language import Language
from nlp.units import is_counted, is_japanese, units, without_tones

_ASKING: Final = ("どこ", "いつ", "いくら", "何時まで")
"""Stand last in Japanese, where other languages begin with them."""
_GAP: Final = " "
_UNREAD: Final = "unread"
"""Stands for a word that nobody knows, in letters that Japanese has not."""
_Units = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gist:
    """A text's words in Japanese, and what nobody knows of it."""

    words: tuple[str, ...]
    """In the order of the text, but for words of asking, which come last."""
    unknown: tuple[str, ...]
    """As it is written; of Chinese in Japanese letters."""
    text: str
    """Both, as handlers and the search read it."""
    weight_unknown: float
    """How many words are unknown; a letter of Chinese or Korean is half of one."""

    topic_words: tuple[str, ...]
    """Those of the words that say what it is about: どこ and 申し込み alone do not."""

    @property
    def topics(self) -> int:
        return len(self.topic_words)

    @property
    def share(self) -> float:
        """How much of what it is about is understood, 0 to 1."""
        return self.topics / (self.topics + self.weight_unknown) if self.topics else 0.0


class Interpreter:
    """Reads texts of one language. Immutable."""

    def __init__(
        self, words: Sequence[ForeignWord], names: Mapping[str, Iterable[str]], language: Language
    ) -> None:
        """`names` are names of places in Japanese with what they are called in that language."""
        column = COLUMNS[language]
        meant: dict[_Units, str] = {}
        self._general: Final = frozenset(word.japanese for word in words if word.is_general)
        for word in words:
            for said in word.said[column]:
                meant.setdefault(units(said, language), word.japanese)
        for japanese, called in names.items():
            for said in called:
                meant.setdefault(units(said, language), japanese)
        meant.pop((), None)
        self.language: Final = language
        self._spaced: Final = language in (Language.ENGLISH, Language.VIETNAMESE)
        self._terms: Final = _by_first(meant)
        self._plain: Final = _by_first(
            {tuple(map(without_tones, said)): word for said, word in reversed(meant.items())}
            if language is Language.VIETNAMESE
            else {}
        )

    def is_general(self, japanese: str) -> bool:
        """Whether a word of the city is said of many things: どこ."""
        return japanese in self._general

    def gist(self, text: str) -> Gist:
        """The longest words first, from the beginning to the end."""
        read = units(text, self.language)
        terms = self._terms
        if self._plain and all(each.isascii() for each in read):
            terms = self._plain
        found: list[tuple[str, bool]] = []
        at = 0
        while at < len(read):
            said, word = self._starting(terms, read, at)
            if said:
                found += [(word, True)] if word else []
                at += len(said)
            else:
                is_known = is_counted(read[at]) or is_japanese(read[at], self.language)
                found.append((read[at], is_known))
                at += 1
        return self._put_together(found)

    def _starting(
        self, terms: Mapping[str, Sequence[tuple[_Units, str]]], read: _Units, at: int
    ) -> tuple[_Units, str]:
        for said, word in terms.get(read[at], ()):
            if read[at : at + len(said)] == said and (word or self._may_be_left_out(read, at, len(said))):
                return said, word
            if self.language is Language.KOREAN and (whole := _with_gaps(read, at, said)):
                return whole, word
        return (), ""

    def _may_be_left_out(self, read: _Units, at: int, length: int) -> bool:
        """In Korean 이 is a particle at the end of a word, and a syllable of many words else."""
        if self.language is not Language.KOREAN or length > 2:
            return True
        return at + length == len(read) or read[at + length] == _GAP

    def _put_together(self, found: Sequence[tuple[str, bool]]) -> Gist:
        known = [word for word, is_known in found if is_known]
        asking = [word for word in _ASKING if word in known]
        pieces: list[str] = []
        unknown: list[str] = []
        before = True
        for word, is_known in found:
            if is_known:
                pieces += [] if word in _ASKING else [word]
            elif word != _GAP:
                joins = not before and not self._spaced and bool(unknown)
                if joins:
                    unknown[-1] += word
                    pieces[-1] += word
                else:
                    unknown.append(word)
                    pieces.append(word)
            before = is_known or word == _GAP
        words = (*dict.fromkeys(word for word in known if word not in _ASKING), *asking)
        weight = sum(self._weight(word) for word in unknown)
        topics = tuple(word for word in words if word not in self._general and not is_counted(word))
        read = (each if each in known or self._is_read(each) else _UNREAD for each in dict.fromkeys(pieces))
        said = " ".join([*read, *asking])
        return Gist(words, tuple(unknown), said, weight, topics)

    def _is_read(self, unknown: str) -> bool:
        """Whether Japanese has the letters: those of Hangul would count as marks, which say nothing."""
        return unknown.isascii() or self.language in (
            Language.SIMPLIFIED_CHINESE,
            Language.TRADITIONAL_CHINESE,
        )

    def _weight(self, unknown: str) -> float:
        if unknown.isdecimal():
            return 0
        return 1 if self._spaced or unknown.isascii() else len(unknown) / 2


def _by_first(meant: Mapping[_Units, str]) -> dict[str, list[tuple[_Units, str]]]:
    """By their first piece, longest first."""
    terms: dict[str, list[tuple[_Units, str]]] = defaultdict(list)
    for said, word in sorted(meant.items(), key=lambda each: -len(each[0])):
        terms[said[0]].append((said, word))
    return dict(terms)


def _with_gaps(read: _Units, at: int, said: _Units) -> _Units:
    """What stands there, where it is that word written with other spaces; Koreans differ in them."""
    letters = [each for each in said if each != _GAP]
    if len(letters) < 3:
        return ()
    end, matched = at, 0
    while end < len(read) and matched < len(letters):
        if read[end] == letters[matched]:
            matched += 1
        elif read[end] != _GAP:
            return ()
        end += 1
    return read[at:end] if matched == len(letters) else ()
