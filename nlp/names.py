"""Names of people, where they are introduced (山田と申します) or addressed in full (山田太郎さん)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from nlp.tokenizer import LONGEST, Fields, of_this_thread


@dataclass(frozen=True, slots=True)
class Introduced:
    """Where a name stands in a text."""

    start: int
    end: int


class Word(NamedTuple):
    """A word of a text, with Sudachi's six levels of its part of speech."""

    start: int
    end: int
    pos: tuple[str, ...]
    unknown: bool = False
    """To the dictionary."""


_KINDS: Final = Fields(("pos", "normalized_form"))
"""Without the form Sudachi takes numbers that it joins for unknown."""
LONGEST_NAME = 12
_KANJI = r"[一-龠々ヶァ-ヴー]"
_NAME = r"[一-龠々ヶァ-ヴーぁ-んA-Za-z]"
_AFTER = re.compile(
    r"(?:と申します|ともうします|と申す|といいます|と言います|て言います|ていいます|と申しまして)"
)
_BEFORE = re.compile(r"(?:名前は|なまえは|氏名は|氏名[:：]|名前[:：]|氏名 |本名は|フルネームは)[\s「]{0,2}")
_HUMBLY = re.compile(
    rf"(?:^|[\s、。はの])({_KANJI}{{1,6}}(?:[ 　]{_KANJI}{{1,4}})?)(?=と申し(?:ます|まして|上げ))",
    re.MULTILINE,
)
"""Only a name is given by と申します, so a name that the dictionary does not know is one too."""
_ENGLISH = re.compile(
    r"\b(?:my (?:full )?name(?: is|'s|’s)|i am called) ([a-z][a-z'’\-]{0,20}(?: [a-z][a-z'’\-]{0,20}){0,2})(?![a-z])",
    re.IGNORECASE,
)
_ENGLISH_GOES_ON = re.compile(r" (?:and|on|in|from|not|wrong|is|i|of|to|the|written|but)\b.*", re.IGNORECASE)
_NOT_ENGLISH_NAMES = frozenset("on in not wrong the a written misspelled different missing spelled".split())
_KANA_ALONE = re.compile(
    r"\s*([ぁ-んァ-ヴー]{2,8}[ 　]?[ぁ-んァ-ヴー]{2,8}?)(?:です|と申します|といいます)[。.!！]?\s*"
)
_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ん") + 1)}
_LIVES = ("に住む", "に住んでいる", "に住んでる", "に住んどる", "在住の", "在住")
_MAYBE = re.compile(
    r"(?:私は|わたしは|わたくしは|僕は|ぼくは|俺は|妻は|夫は|母は|父は|息子は|娘は|子どもは|の)[\s、]{0,2}"
)
_TITLE = re.compile(r"\s?(?:さん|様|さま|氏|くん|君|ちゃん|殿|です|である|と(?!い[うっ])|っていい)")
_IS = re.compile(r"(?:です|でございます)(?!か|が何)")
_IS_NAME = re.compile(rf"{_NAME}{{1,6}}(?:[ 　]{_NAME}{{1,6}})?")
_NAME_ENDS = re.compile(r"です|でございます|と申|といい|と言|だよ|だけど|、|。|で、|」")
_NOT_A_NAME = re.compile(
    r"何|なん|誰|だれ|どれ|した|する|され|場合|とき|ない|なし|くだ|ます|印|どこ|いつ|なに|変|どう|記入|漢字|ひらがな|カタカナ|ローマ字|必要|書|同じ|違|旧|未定|不要|匿名"
)


def introduced_names(text: str) -> Iterator[Introduced]:
    """The names in `text` that a person gives; the dictionary is loaded when one may be there."""
    for cue in _BEFORE.finditer(text):
        if (name := _IS_NAME.match(text, cue.end())) and (end := _before_ending(text, name)) > cue.end():
            yield Introduced(cue.end(), end)
    for name in _HUMBLY.finditer(text):
        yield Introduced(*name.span(1))
    for name in _ENGLISH.finditer(text):
        said = _ENGLISH_GOES_ON.sub("", name[1])
        if said.split()[0].lower() not in _NOT_ENGLISH_NAMES:
            yield Introduced(name.start(1), name.start(1) + len(said))
    if alone := _KANA_ALONE.fullmatch(text):
        yield from _kana_name(alone)
    if not (_AFTER.search(text) or _TITLE.search(text)):
        return
    words = words_of(text)
    for at, word in enumerate(words):
        if not _is(word, "人名"):
            continue
        end = _last(words, at)
        after = words[end].end
        if at and _is(words[at - 1], "人名"):
            continue
        full = _full(words, at, end) and _addressed(text, word.start, after)
        if full or _AFTER.match(text, after) or _opens(text, word.start, after):
            yield Introduced(word.start, after)


def is_name(text: str) -> bool:
    """Whether a text is nothing but a surname, with or without a given name: for where a name may be expected.

    山田太郎, やまだ はなこ, ヤマダ; elsewhere the same may be a town or a shop.
    """
    if not 2 <= len(text.strip()) <= LONGEST_NAME:
        return False
    found = [word.pos for word in words_of(text.strip().translate(_KATAKANA)) if word.pos[0] != "空白"]
    names = [pos[3] for pos in found if pos[2] == "人名"]
    return len(names) == len(found) <= 2 and names[:1] == ["姓"]


def _kana_name(alone: re.Match[str]) -> Iterator[Introduced]:
    """A surname and a given name that are all of a message: やまだたろうです.

    Looked at in katakana, since the dictionary reads やまだ as やま and だ.
    """
    kinds = [word.pos for word in words_of(alone[1].translate(_KATAKANA)) if word.pos[0] != "空白"]
    if [pos[2:4] for pos in kinds] == [("人名", "姓"), ("人名", "名")]:
        yield Introduced(*alone.span(1))


def _before_ending(text: str, name: re.Match[str]) -> int:
    """Where a name after 名前は ends: before です, と申します or the end of what can be a name."""
    ending = _NAME_ENDS.search(text, name.start(), name.end() + 1)
    end = ending.start() if ending else name.end()
    said = text[name.start() : end].rstrip()
    return name.start() + len(said) if 2 <= len(said) <= LONGEST_NAME and not _NOT_A_NAME.search(said) else 0


def _opens(text: str, start: int, end: int) -> bool:
    """Whether a line opens with a name and です: 山田です。 or 東区の山田です。"""
    line = text[text.rfind("\n", 0, start) + 1 : start].strip()
    return bool(_IS.match(text, end)) and (
        not line or line.endswith(_LIVES) or (len(line) <= LONGEST_NAME and line.endswith(("の", "、")))
    )


def _addressed(text: str, start: int, end: int) -> bool:
    return bool(_TITLE.match(text, end)) or bool(
        re.search(rf"{_MAYBE.pattern}$", text[max(0, start - 8) : start])
    )


def _full(words: list[Word], first: int, last: int) -> bool:
    """Whether a surname and a given name stand together: 山田 alone may be a shop or a town."""
    kinds = [word.pos[3] for word in words[first : last + 1] if _is(word, "人名")]
    return "姓" in kinds and len(kinds) >= 2


def _last(words: list[Word], at: int) -> int:
    """The last word of a run of names, over at most one space."""
    last = at
    while last + 1 < len(words) and _is(words[last + 1], "人名"):
        last += 1
    if last + 2 < len(words) and words[last + 1].pos[0] == "空白" and _is(words[last + 2], "人名"):
        return last + 2
    return last


def _is(word: Word, kind: str) -> bool:
    return word.pos[1] == "固有名詞" and word.pos[2] == kind


def words_of(text: str) -> list[Word]:
    """The words of a text, in Sudachi's shortest units, as far as it reads."""
    readable = text[:LONGEST].encode("utf-8", "replace").decode("utf-8")
    found = of_this_thread(_KINDS).tokenize(readable)
    return [Word(word.begin(), word.end(), word.part_of_speech(), word.is_oov()) for word in found]
