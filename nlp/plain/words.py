"""Hard words with what to say instead, from a file that staff edit; words are told apart by the tokenizer."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from nlp.plain.remarks import Level, Remark, Sort
from nlp.plain.sentences import KANJI, Sentence, Word
from nlp.plain.verbs import Verb, instead, verb
from nlp.tokenizer import Token, tokenize

COLUMNS: Final = ("word", "suggestion", "use", "level", "source", "source_url", "status")
STATUSES: Final = ("確認済み", "未確認")
_LEVELS: Final = {"すべて": frozenset(Level), "やさしい日本語": frozenset({Level.EASY})}
_LONGEST: Final = 8
"""Tokens of the longest word that is sought."""


class PlainWordsError(ValueError):
    """The file of hard words cannot be used; says in Japanese what to mend."""


class Use(StrEnum):
    """What is to be done about a hard word; the values are the words in the file."""

    REPLACE = "言いかえ"
    """The suggestion stands in its place."""
    EXPLAIN = "説明"
    """The word stays, and the suggestion stands behind it in 〈 〉."""
    ADVISE = "助言"
    """The suggestion tells the writer; the sentence has to be written anew."""


@dataclass(frozen=True, slots=True)
class PlainWord:
    """A hard word."""

    word: str
    """As one would look it up; a noun that makes a verb ends in する."""
    suggestion: str
    use: Use
    levels: frozenset[Level]
    source: str
    source_url: str


class PlainWords:
    """Finds hard words in sentences. Immutable."""

    def __init__(self, words: Iterable[PlainWord] = ()) -> None:
        self._by_key: Mapping[tuple[str, ...], PlainWord] = {_key(each.word): each for each in words}
        self._verbs = {each.word: verb(each.suggestion) for each in self._by_key.values()}

    def __len__(self) -> int:
        return len(self._by_key)

    def remarks(self, sentence: Sentence, level: Level) -> Iterator[Remark]:
        """Each hard word of that level, the longest at its place; none within a longer word of nouns."""
        at = 0
        while at < len(sentence.words):
            count, found = self._at(sentence.words, at)
            if found is not None and self._is_meant(sentence.words, at, at + count, level, found):
                yield from self._remarks(sentence, at, at + count, found)
            at += count

    def _is_meant(self, words: Sequence[Word], first: int, stop: int, level: Level, found: PlainWord) -> bool:
        """Stiff words are hard in a longer word too (当該職員); ordinary ones make another word there (申請書)."""
        is_stiff = found.use is Use.ADVISE and Level.PLAIN in found.levels
        return level in found.levels and (is_stiff or _stands_alone(words, first, stop))

    def _at(self, words: Sequence[Word], at: int) -> tuple[int, PlainWord | None]:
        for count in range(min(_LONGEST, len(words) - at), 0, -1):
            some = words[at : at + count]
            found = self._by_key.get(tuple(_said(each.token) for each in some))
            if found is not None and _is_written_like(some, found.word):
                return count, found
        return 1, None

    def _remarks(self, sentence: Sentence, first: int, stop: int, found: PlainWord) -> Iterator[Remark]:
        start, last = sentence.words[first].start, sentence.words[stop - 1]
        if found.use is Use.EXPLAIN:
            if not sentence.is_explained(last):
                shown = f"{sentence.bare.written(start, last.end)}〈{found.suggestion}〉"
                yield Remark(start, last.end, Sort.EXPLAIN, found.suggestion, shown)
            return
        if _is_polite(sentence.words, first):
            start = sentence.words[first - 1].start
        said = self._instead(sentence, first, stop, found) if found.use is Use.REPLACE else None
        end, replacement = said or (last.end, None)
        yield Remark(start, end, Sort.WORD, found.suggestion, replacement)

    def _instead(self, sentence: Sentence, first: int, stop: int, found: PlainWord) -> tuple[int, str] | None:
        """Where the place ends, and what may stand there; None where the sentence has to be written anew."""
        last = sentence.words[stop - 1]
        other = self._verbs[found.word]
        if found.word.endswith("する") and other is not None:
            return _verb_instead(sentence, first, last, other)
        shown = sentence.between(sentence.words[first].start, last.end)
        if shown == found.word:
            return last.end, found.suggestion
        if other is None or not last.is_verb:
            return None
        return _same_form(sentence, first, last, found.word, other)


def _verb_instead(sentence: Sentence, first: int, last: Word, other: Verb) -> tuple[int, str] | None:
    rest = sentence.after(last)
    if rest.startswith("ください") and not _is_polite(sentence.words, first):
        return None
    said = instead(rest, other)
    return None if said is None else (last.end + said[0], said[1])


def _same_form(sentence: Sentence, first: int, last: Word, word: str, other: Verb) -> tuple[int, str] | None:
    """尋ね in お尋ねください, 尋ねます, 尋ねて."""
    known, shown, rest = verb(word), last.token.surface, sentence.after(last)
    if known is None or _is_polite(sentence.words, first) != rest.startswith("ください"):
        return None
    if rest.startswith("ください"):
        return (last.end, other.te) if shown == known.stem else None
    if shown == known.stem and rest.startswith("ま"):
        return last.end, other.stem
    return (last.end + 1, other.te) if f"{shown}{rest[:1]}" == known.te else None


def _is_written_like(words: Sequence[Word], word: str) -> bool:
    """Whether a kanji of the word as it is looked up stands there: 係る is hard, かかる is not."""
    written = "".join(each.token.surface for each in words)
    kanji = KANJI.findall(word)
    return any(each in written for each in kanji) if kanji else written[0] == word[0]


def _is_polite(words: Sequence[Word], first: int) -> bool:
    """Whether ご or お stands before."""
    return first > 0 and words[first - 1].token.normalized == "御"


def _stands_alone(words: Sequence[Word], first: int, stop: int) -> bool:
    """Whether no noun goes on before or behind: 申請 in 電子申請書 is no word of its own."""
    before = words[first - 1] if first and not _is_polite(words, first) else None
    behind = words[stop] if stop < len(words) and words[stop - 1].is_noun else None
    if behind is not None and (behind.is_noun or behind.is_suffix):
        return False
    return before is None or not (
        (before.is_noun and not before.is_number) or before.token.pos.startswith("接頭辞")
    )


def _key(word: str) -> tuple[str, ...]:
    tokens = tokenize(word)
    return tuple(map(_said, tokens[:-1] if _makes_a_verb(tokens) else tokens))


def _said(token: Token) -> str:
    """ない behind a verb and 無い behind a noun are one word here: 遅滞なく."""
    return "無い" if token.normalized == "ない" else token.normalized


def _makes_a_verb(tokens: Sequence[Token]) -> bool:
    return len(tokens) > 1 and tokens[-1].surface == "する"


def load(path: Path) -> PlainWords:
    """Reads the file of hard words. Raises PlainWordsError naming the line that is wrong, FileNotFoundError."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise PlainWordsError(f"{path.name}：見出しを{'、'.join(COLUMNS)}にしてください。")
        found = [_read(row, f"{path.name} {rows.line_num}行目") for row in rows]
    keys = set[tuple[str, ...]]()
    for each in found:
        if (key := _key(each.word)) in keys:
            raise PlainWordsError(f"{path.name}：「{each.word}」が二つあります。一つにしてください。")
        keys.add(key)
    return PlainWords(found)


def _read(row: Mapping[str, str | None], where: str) -> PlainWord:
    word, suggestion, use, level, source, url, status = ((row[name] or "").strip() for name in COLUMNS)
    if not word or not suggestion or not source:
        raise PlainWordsError(f"{where}：word、suggestion、sourceを入力してください。")
    if use not in set(Use):
        raise PlainWordsError(f"{where}：useは{'、'.join(Use)}のどれかにしてください。")
    if level not in _LEVELS:
        raise PlainWordsError(f"{where}：levelは{'、'.join(_LEVELS)}のどれかにしてください。")
    if status not in STATUSES:
        raise PlainWordsError(f"{where}：statusは{'、'.join(STATUSES)}のどれかにしてください。")
    return PlainWord(word, suggestion, Use(use), _LEVELS[level], source, url)
