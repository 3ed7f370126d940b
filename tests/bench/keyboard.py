"""A question typed key by key, as a Japanese input method shows it: letters, kana, and kanji once converted."""

from collections.abc import Iterable, Iterator
from itertools import accumulate

import regex

from nlp.token_filters import hiragana
from nlp.tokenizer import Token, tokenize

_ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "g": "がぎぐげご",
    "s": "さしすせそ",
    "z": "ざじずぜぞ",
    "t": "たちつてと",
    "d": "だぢづでど",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
    "m": "まみむめも",
    "r": "らりるれろ",
    "x": "ぁぃぅぇぉ",
}
KEYS = {kana: row + vowel for row, five in _ROWS.items() for kana, vowel in zip(five, "aiueo", strict=True)}
KEYS |= {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "wo", "ん": "nn", "ー": "-", "ゔ": "vu"}
KEYS |= {
    "ゃ": "xya",
    "ゅ": "xyu",
    "ょ": "xyo",
    "っ": "xtu",
    "ふぁ": "fa",
    "ふぃ": "fi",
    "ふぇ": "fe",
    "ふぉ": "fo",
}
KEYS |= {
    kana + small: KEYS[kana][0] + "y" + vowel
    for kana in "きぎしじちにひびぴみり"
    for small, vowel in zip("ゃゅょ", "auo", strict=True)
}
"""Kana by the letters that make it, in the spelling that needs the fewest (し is si, しゃ is sya)."""

_BEGINS = ("名詞", "動詞", "形容詞", "形状詞", "副詞", "代名詞", "連体詞", "接続詞", "感動詞", "接頭辞")
_JOINS = ("名詞", "接頭辞", "接尾辞")
_CONVERTED = regex.compile(r"[\p{Han}\p{Katakana}]")


def shown(question: str) -> Iterator[str]:
    """What stands in the field after each key; the last is the question as far as the dictionary can read it."""
    before = ""
    for phrase in phrases(tokenize(question)):
        surface = "".join(token.surface for token in phrase)
        reading = hiragana("".join(_reading(token) for token in phrase))
        for typed in kana_by_key(reading):
            yield before + typed
        before += surface
        if _CONVERTED.search(surface):
            yield before


def phrases(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """The stretches that people convert at once: a word, or several nouns in a row, with what follows it."""
    phrase: list[Token] = []
    for token in tokens:
        joins = phrase and phrase[-1].pos.startswith(_JOINS) and token.pos.startswith(_JOINS)
        if phrase and not joins and token.pos.startswith(_BEGINS):
            yield phrase
            phrase = []
        phrase.append(token)
    if phrase:
        yield phrase


def kana_by_key(kana: str) -> Iterator[str]:
    """Kana as they grow: z, じ, じゅ needs j y u. A doubled consonant shows っ at once: けt, けっt, けって."""
    done = ""
    syllables = list(_syllables(kana))
    for place, syllable in enumerate(syllables):
        keys = KEYS.get(syllable, syllable)
        following = KEYS.get(syllables[place + 1], "a") if place + 1 < len(syllables) else "a"
        if syllable == "っ" and following[0] not in "aiueon-" and following.isascii():
            yield done + following[0]
        elif syllable == "ん" and following[0] not in "aiueony":
            yield done + "n"
        else:
            yield from (done + part for part in accumulate(keys[:-1]))
            yield done + syllable
        done += syllable


def _syllables(kana: str) -> Iterator[str]:
    at = 0
    while at < len(kana):
        size = 2 if kana[at : at + 2] in KEYS else 1
        yield kana[at : at + size]
        at += size


def _reading(token: Token) -> str:
    return token.reading if _CONVERTED.search(token.surface) else token.surface
