"""Sentences that are hard by their build: too long, too much at once, two negatives, passive, polite, rows of nouns.

The rules are those of 在留支援のためのやさしい日本語ガイドライン (出入国在留管理庁・文化庁, 2020); docs/plainness.md
says what each rests on, and where the numbers come from, of which that guideline gives none.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from nlp.plain.remarks import Level, Remark, Sort
from nlp.plain.sentences import KANJI, Sentence, Word
from nlp.plain.verbs import verb

LONGEST: Final = {Level.PLAIN: 60, Level.EASY: 35}
"""Letters of a sentence. 60: 公用文 for the public, 40 to 60 (『公用文の書き方・用字用語例集』第3版, 日本加除出版).
35: a style guide of やさしい日本語 (https://manabi.fun/nihongo/writing-short-sentences/)."""
JOINS: Final = {Level.PLAIN: 3, Level.EASY: 1}
"""Joints (…て、 …が、 …し、) from which a sentence says several things. One thing a sentence is the guideline's rule;
an answer for everybody is only told where it goes on and on. Our own number."""
NOUN_LETTERS: Final = {Level.PLAIN: 9, Level.EASY: 6}
"""Kanji in a row from which a compound is a row of nouns. Our own number."""
_WORDS_IN_ROW: Final = 3
_JOINING: Final = frozenset({"て", "が", "けれど", "し", "ので", "から"})
_NAMES: Final = frozenset("課室局部係班署所館院校園区市町村県法証書票届券税金度合帳成険料費線車会")
"""What ends the name of an office, a law, a paper or a programme: it is called so, and cannot be written otherwise."""
_BETWEEN_NEGATIVES: Final = frozenset({"事", "こと", "訳", "物", "もの", "限り", "筈"})
_MEANT: Final = {"持ち": "持って来て", "越し": "来て"}
"""お持ちください asks to bring something, not to hold it; お越しください to come, not to cross."""
_GAP: Final = 6
"""Words between two negatives that belong together: ない / わけ / で / は / あり / ませ / ん."""
_PARTICLES: Final = frozenset({"よっ", "つい", "おい", "とっ", "関し", "対し", "応じ", "伴っ"})
"""Verbs that are none after に: によって, について."""
_PASSIVE: Final = frozenset({"れる", "られる"})
_CAUSATIVE: Final = frozenset({"せる", "させる"})
_WITH_SERU: Final = frozenset({"知る", "合う", "済む", "聞く"})
"""What the tokenizer takes apart: 知ら/せる is 知らせる."""


def too_long(sentence: Sentence, level: Level) -> Iterator[Remark]:
    """Its suggestion is the number of letters to stay below."""
    if sentence.is_japanese and sentence.length > LONGEST[level]:
        yield Remark(sentence.start, sentence.end, Sort.LONG, str(LONGEST[level]))


def several(sentence: Sentence, level: Level) -> Iterator[Remark]:
    """…て、…が、…し、: each joint is one thing more that is said."""
    words = sentence.words
    joints = sum(
        words[at].token.surface == "、" and _joins(words[at - 1], words[at - 2 : at - 1])
        for at in range(1, len(words))
    )
    if joints >= JOINS[level]:
        yield Remark(sentence.start, sentence.end, Sort.SEVERAL)


def _joins(word: Word, before: Sequence[Word]) -> bool:
    token = word.token
    if token.pos == "助詞-接続助詞":
        is_particle = any(each.token.surface in _PARTICLES for each in before)
        return token.normalized in _JOINING and not is_particle
    ends_verb = token.pos.startswith("動詞") and token.surface != token.normalized
    return (
        ends_verb and not token.surface.endswith(("う", "く", "す", "つ", "ぬ", "む", "る")) and bool(before)
    )


def double_negatives(sentence: Sentence, _level: Level) -> Iterator[Remark]:
    """ないわけではありません, ないことはない, ない限り…ません."""
    words = sentence.words
    negatives = [at for at, word in enumerate(words) if _is_negative(word)]
    for first, second in pairwise(negatives):
        between = words[first + 1 : second]
        if len(between) <= _GAP and any(each.token.normalized in _BETWEEN_NEGATIVES for each in between[:1]):
            start = words[max(0, first - 1)].start
            yield Remark(start, words[second].end, Sort.DOUBLE_NEGATIVE)


def _is_negative(word: Word) -> bool:
    return word.token.normalized in ("ない", "無い", "ず") and not word.token.pos.startswith("名詞")


def noun_rows(sentence: Sentence, level: Level) -> Iterator[Remark]:
    """Three nouns of kanji and more, with nothing between them, that are not the name of something."""
    row: list[Word] = []
    for word in (*sentence.words, None):
        if word is not None and _is_kanji_noun(word):
            row.append(word)
            continue
        if _is_long(row, level) and not (word is not None and sentence.is_explained(row[-1])):
            yield Remark(row[0].start, row[-1].end, Sort.NOUNS)
        row = []


def _is_kanji_noun(word: Word) -> bool:
    return (word.is_noun or word.is_suffix) and all(map(KANJI.match, word.token.surface))


def _is_long(row: Sequence[Word], level: Level) -> bool:
    if len(row) < _WORDS_IN_ROW or any(each.token.pos == "名詞-固有名詞" for each in row):
        return False
    letters = row[-1].end - row[0].start
    return letters >= NOUN_LETTERS[level] and row[-1].token.surface[-1] not in _NAMES


def passives(sentence: Sentence, level: Level) -> Iterator[Remark]:
    """〜れる, 〜られる, 〜せる: who does it, or whether one can do it, is not said. Only for who learns Japanese."""
    if level is not Level.EASY:
        return
    for before, word in pairwise(sentence.words):
        token = word.token
        is_one_word = before.token.normalized in _WITH_SERU
        if token.pos.startswith("助動詞") and token.normalized in _PASSIVE | _CAUSATIVE and not is_one_word:
            yield Remark(before.start, word.end, Sort.PASSIVE)


def polite(sentence: Sentence, level: Level) -> Iterator[Remark]:
    """お待ちください -> 待ってください, お書きになる. Only for who learns Japanese."""
    if level is not Level.EASY:
        return
    words = sentence.words
    for at in range(len(words) - 2):
        if words[at].token.normalized != "御":
            continue
        inner, behind = words[at + 1], words[at + 2]
        if behind.token.surface.startswith("ください"):
            said = _asking(inner)
            yield Remark(words[at].start, inner.end, Sort.POLITE, f"{said}ください" if said else "", said)
        elif behind.token.surface == "に" and at + 3 < len(words) and _becomes(words[at + 3]):
            yield Remark(words[at].start, words[at + 3].end, Sort.POLITE)


def _becomes(word: Word) -> bool:
    return word.token.normalized in ("成る", "なれる")


def _asking(word: Word) -> str | None:
    """待ち -> 待って, 連絡 -> 連絡して; None where the dictionary writes the verb otherwise."""
    surface, plain = word.token.surface, word.token.normalized
    if surface in _MEANT:
        return _MEANT[surface]
    if word.is_noun:
        return f"{surface}して"
    known = verb(plain)
    return known.te if known is not None and known.stem == surface else None
