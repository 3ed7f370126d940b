"""In which language a short message is written: told by its letters and its smallest words, or not at all.

A wrong guess answers somebody in a language they cannot read, and no guess costs them one press of a button. So what
anybody may write (OK, LINE, hello, a name, 住民票, which Chinese has too) is left untold.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from nlp import tongue_words as words
from nlp.language import Language
from nlp.latin import bare
from nlp.width import nfkc

MOST: Final = 300
"""Letters that are looked at; the language of a longer message shows in its beginning."""

_NO_WORDS: Final = re.compile(r"https?://\S+|[^\s@]{1,64}@[^\s@]+|\[[^\]]*\]|［[^］]*］")
"""Addresses, and marks where something was taken out."""
_THINGS: Final = re.compile(r"my ?number(?: card)?|wi-?fi", re.IGNORECASE)
"""Names that are written so in any language."""
_KANA: Final = re.compile(r"[ぁ-ゖァ-ヺー]+")
_HIRAGANA: Final = re.compile(r"[ぁ-ゖ]+")
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]")
_HAN: Final = re.compile(r"[々〇\u3400-\u4dbf\u4e00-\u9fff]")
_WORD: Final = re.compile(r"[a-zà-ɏḀ-ỿ]+(?:['’][a-z]+)*")
_MARKED: Final = re.compile(r"[ăđơưĩũạ-ỹ]")
"""Letters that Vietnamese has, and no other language that people write here."""
_ROMAN: Final = re.compile(
    r"(?:(?:[kgsztdnhbpmyrwjf]|ky|gy|sh|ch|ts|ny|hy|by|py|my|ry|jy)?[aiueo]|n(?![aiueo]))+"
)
"""What Japanese syllables look like in Latin letters, doubled consonants aside."""
_DOUBLED: Final = re.compile(r"([kstpcgdb])(?=\1)|t(?=ch)")
_CHINESE: Final = re.compile("|".join((*words.CHINESE, "我(?![慢々流儘])")))
_NAME: Final = 4
"""Letters of a name in Chinese characters, at most."""


def detect(text: str) -> Language | None:
    """The language; None where the message does not tell. Japanese is never told from やさしい日本語."""
    plain = _THINGS.sub(" ", _NO_WORDS.sub(" ", nfkc(text[:MOST]).lower()))
    latin = _WORD.findall(plain)
    kana, han = "".join(_KANA.findall(plain)), "".join(_HAN.findall(plain))
    hangul = len(_HANGUL.findall(plain))
    if hangul and hangul >= len(kana):
        return Language.KOREAN
    chinese = _chinese(plain, han) if han else None
    if kana:
        return _beside_kana(plain, latin, chinese)
    if _is_vietnamese_name(text):
        return None
    if spoken := _in_latin(latin):
        return spoken
    return chinese or (Language.JAPANESE if _Letters.of(han).japanese and not latin else None)


def _beside_kana(plain: str, latin: Sequence[str], chinese: Language | None) -> Language:
    """Japanese, unless the kana are a name in a sentence of another language (What is マイナンバー?)."""
    runs = _HIRAGANA.findall(plain)
    # Endings and particles in every gap are a Japanese sentence with foreign words in it, not the reverse.
    particles = sum(1 for run in runs if run in _PARTICLES or len(run) > _ENDING)
    if chinese and (sum(map(len, runs)) <= 1 or (not particles and _is_said_in_chinese(plain))):
        return chinese
    other = _in_latin(latin)
    holding = _holding(latin, other) if other else 0
    if other and other is not Language.JAPANESE and holding and particles < max(1, holding - 1):
        return other
    return Language.JAPANESE


_PARTICLES: Final = frozenset("はがをにのでともかへやねよ") | {
    "です",
    "ます",
    "から",
    "まで",
    "には",
    "では",
    "とは",
    "した",
}
_ENDING: Final = 3
"""Letters of an ending at most: っ越し."""


def _holding(latin: Sequence[str], language: Language) -> int:
    """How many of the words hold a sentence of that language together."""
    if language is Language.ENGLISH:
        return sum(1 for word in latin if word in words.ENGLISH)
    return sum(1 for word in latin if _MARKED.search(word) or bare(word) in words.VIETNAMESE)


# Chinese characters -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Letters:
    """How many of the characters only some of the three ways of writing have."""

    japanese: int
    simplified: int
    traditional: int
    rare: int
    """Chinese, and rare in Japan: names are written with them."""
    strange: int
    """Chinese, and unknown in Japan."""

    @classmethod
    def of(cls, han: str) -> "_Letters":
        kinds = Counter(kind for letter in han for kind in _kinds(letter))
        return cls(*(kinds[name] for name in ("japanese", "simplified", "traditional", "rare", "strange")))


@lru_cache(maxsize=8192)
def _kinds(letter: str) -> tuple[str, ...]:
    """Which of the three write this character, by the character sets that each of them made for its own everyday
    letters: GB 2312, the first level of Big5, and the first level of JIS X 0208.
    """
    hans, hant, ja = _in(letter, "gb2312"), _in(letter, "big5", 0xA4, 0xC6), _in(letter, "euc_jp", 0xB0, 0xCF)
    rare = _in(letter, "euc_jp", 0xD0, 0xF4)
    told = {
        "simplified": hans and not hant,
        "traditional": hant and not hans,
        "japanese": ja and not hans and not hant,
        "rare": (hans or hant) and rare,
        "strange": (hans or hant) and not ja and not rare,
    }
    return tuple(kind for kind, holds in told.items() if holds)


def _in(letter: str, charset: str, first: int = 0, last: int = 0xFF) -> bool:
    try:
        encoded = letter.encode(charset)
    except UnicodeEncodeError:
        return False
    return len(encoded) == 2 and first <= encoded[0] <= last


def _chinese(plain: str, han: str) -> Language | None:
    """Which Chinese, where it is Chinese and no name; the simplified where all of its letters are shared."""
    letters, said = _Letters.of(han), _CHINESE.findall(plain)
    evidence = letters.rare + _ENOUGH * letters.strange + sum(map(_weight, said)) - 2 * letters.japanese
    if evidence < _ENOUGH or (not said and _may_be_a_name(han, letters)):
        return None
    return (
        Language.TRADITIONAL_CHINESE
        if letters.traditional > letters.simplified
        else Language.SIMPLIFIED_CHINESE
    )


_ENOUGH: Final = 2


def _is_said_in_chinese(plain: str) -> bool:
    """Whether what holds the sentence together is written as Japan never writes it: 怎么."""
    return any(_Letters.of(word).strange for word in _CHINESE.findall(plain))


def _weight(word: str) -> int:
    return _ENOUGH if len(word) > 1 or word == "我" else 1


def _may_be_a_name(han: str, letters: _Letters) -> bool:
    """张伟, 陳美玲; or 國學院, which Japan still writes with its old letters."""
    old = not letters.strange and len(han) < _NAME
    return old or (len(han) <= _NAME and han[0] in words.SURNAMES)


# Latin letters ----------------------------------------------------------------------------------------


def _in_latin(latin: Sequence[str]) -> Language | None:
    """English, Vietnamese or Japanese, by the words that hold sentences together; None of a single word or a name."""
    if not latin or all(word in words.COURTESIES for word in latin):
        return None
    known = {word.replace("’", "'") for word in latin}
    others = len(known & words.OTHERS)
    if any(_MARKED.search(word) for word in latin):
        return Language.VIETNAMESE
    scores = {
        Language.VIETNAMESE: _vietnamese({bare(word) for word in latin}),
        Language.JAPANESE: _romaji(latin),
        Language.ENGLISH: _english(known, single=len(latin) == 1),
    }
    best = max(scores, key=lambda each: scores[each])
    beaten = best is not Language.JAPANESE and others >= scores[best]
    return None if scores[best] < _ENOUGH or beaten else best


def _is_vietnamese_name(text: str) -> bool:
    """Two to four words with capitals, a surname first: Nguyễn Văn An."""
    names = unicodedata.normalize("NFC", text[:MOST]).split()
    titled = 2 <= len(names) <= _NAME and all(name.istitle() and name.isalpha() for name in names)
    return titled and bare(names[0].lower()) in words.VIETNAMESE_SURNAMES


def _english(known: set[str], *, single: bool) -> float:
    matters = len(known & words.ENGLISH_MATTERS)
    return _ENOUGH * matters if single else matters + len(known & words.ENGLISH)


def _vietnamese(bared: set[str]) -> float:
    """A word at least that only Vietnamese has, among others that it shares: half of all."""
    alone, shared = len(words.VIETNAMESE_ALONE & bared), len(words.VIETNAMESE & bared)
    return shared if alone and shared * 2 >= len(bared) else 0


def _romaji(latin: Sequence[str]) -> float:
    """All its words are Japanese syllables, and some of them hold a sentence together."""
    syllables = sum(1 for word in latin if _ROMAN.fullmatch(_DOUBLED.sub("", word)))
    particles = sum(1 for word in latin if word in words.ROMAJI)
    if not particles or syllables * 4 < len(latin) * 3:
        return 0
    return _ENOUGH * particles + sum(1 for word in latin if word in words.ROMAJI_BESIDES)
