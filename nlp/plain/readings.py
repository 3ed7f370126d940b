"""Kanji that stand without their reading. A chat has no small letters above: the reading follows in brackets."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from nlp.plain.remarks import Level, Remark, Sort
from nlp.plain.sentences import KANJI, Sentence, Word

_NAME: Final = "名詞-固有名詞"
_SEVERAL: Final = frozenset("方何日人市行開家中上下後前間生分他月主側角訳空金今私油体物外口年会目")
"""Kanji that are read in several ways on their own, by what is meant: かた or ほう."""
_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def unread(sentences: Sequence[Sentence], level: Level) -> Iterator[Remark]:
    """Each word of kanji whose reading stands nowhere in the text, once. Only for who learns Japanese.

    What follows a number is left out, since the number decides how it is read (一日, 二日); of names the reading is
    not suggested, since nobody can guess it.
    """
    if level is not Level.EASY:
        return
    units = [unit for sentence in sentences for unit in _units(sentence)]
    seen = {each.text for each, is_read in units if is_read}
    for unit, _ in units:
        if unit.text not in seen:
            seen.add(unit.text)
            said = f"{unit.text}（{unit.kana}）" if unit.kana else None
            yield Remark(unit.start, unit.start + len(unit.text), Sort.READING, unit.kana, said)


class _Unit:
    """Kanji that are read together: a compound, or a verb without its ending."""

    __slots__ = ("kana", "start", "text")

    def __init__(self, words: Sequence[Word]) -> None:
        self.start = words[0].start
        text = "".join(each.token.surface for each in words)
        kana = "".join(each.token.reading for each in words).translate(_TO_HIRAGANA)
        while text and kana and text[-1] == kana[-1] and not KANJI.match(text[-1]):
            text, kana = text[:-1], kana[:-1]
        is_guessed = text in _SEVERAL or any(each.token.pos == _NAME for each in words)
        self.text = text
        is_plain = all(map(_is_kana, kana)) and "（" not in text
        self.kana = kana if is_plain and not is_guessed else ""


def _is_kana(letter: str) -> bool:
    return "ぁ" <= letter <= "ゖ" or letter == "ー"


def _units(sentence: Sentence) -> Iterator[tuple[_Unit, bool]]:
    words = sentence.words
    behind_number = {each.start for before, each in pairwise(words) if before.is_number}
    for is_compound, group in groupby(words, lambda each: _is_noun_of_kanji(each, behind_number)):
        run = list(group)
        for each in [run] if is_compound else [[word] for word in run if _has_kanji(word, behind_number)]:
            unit = _Unit(each)
            within = range(unit.start + 1, unit.start + len(unit.text) + 1)
            yield unit, not sentence.bare.read.isdisjoint(within)


def _has_kanji(word: Word, behind_number: set[int]) -> bool:
    is_counted = word.is_number or word.start in behind_number
    return not is_counted and KANJI.search(word.token.surface) is not None


def _is_noun_of_kanji(word: Word, behind_number: set[int]) -> bool:
    return (
        (word.is_noun or word.is_suffix or word.token.pos.startswith("接頭辞"))
        and _has_kanji(word, behind_number)
        and all(map(KANJI.match, word.token.surface))
    )
