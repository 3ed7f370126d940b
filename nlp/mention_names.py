"""Names of people in voices: whatever Sudachi takes for a name, and what stands where only a name does."""

import re
from collections.abc import Iterator
from typing import Final

from nlp.mention_kinds import Kind, Spot
from nlp.names import Word
from nlp.personal_words import any_of, listed
from nlp.reading import Reading

LONGEST: Final = 8
"""Letters of what somebody is called, where the dictionary does not know it."""
MOST_WORDS: Final = 4
_HONORIFICS: Final = frozenset(
    ("さん", "様", "さま", "くん", "君", "ちゃん", "氏", "殿", "先生", "サン", "クン")
)
_TITLES: Final = (
    "課長補佐|課長|係長|主任|主査|主事|補佐|部長|局長|室長|館長|所長|園長|校長|教頭|教諭"
    "|分団長|団長|店長|職員"
)
_TITLED: Final = re.compile(
    rf"(?<![一-龠々])([一-龠々]{{1,3}}|[ァ-ヴー]{{2,6}})(?:{_TITLES})(?![一-龠])|名札[はにの、]{{1,2}}([一-龠々]{{1,4}})"
)
_PUBLIC: Final = re.compile(rf"[ 　]?(?:{any_of(listed('offices-held'))}|{any_of(listed('places-behind'))})")
_NAMED: Final = r"[一-龠々ヶぁ-んァ-ヴーA-Za-zＡ-Ｚａ-ｚ]"
_STAFF_BEFORE: Final = re.compile(
    r"(?:課|係|室|窓口|担当|職員|担任|上司|役所|市役所|ワーカー|ケアマネ|案内|看護|指導員|監視員|警備|主任|教頭|校長|受付"
    r"|方|課の|事務|員)[^。、\n]{0,8}$|(?:案内の方、|名札は)$"
)
_STAFF_AFTER: Final = re.compile(rf"(?:さん|氏|先生)?(?:{_TITLES}|という(?:人|者|方|職員|男|女))")
_DOCTOR: Final = re.compile(
    r"(?:病院|クリニック|医院|内科|外科|科|主治医|かかりつけ|講師|診療所)[^。\n]{0,6}$"
)
_CALLED: Final = re.compile(
    rf"({_NAMED}{{1,12}}?)[ 　]?(?:と申し|ともうし|といいます|と言います|って言|と名乗|って(?:人|いう)"
    r"|という(?:人|者|方|職員|男|女|子))"
)
_TOLD: Final = re.compile(
    r"(?:氏名|お?名前|なまえ|フルネーム|本名)[はをが:： 　、「]{0,3}"
    r"([一-龠々ヶぁ-んァ-ヴー]{1,8}(?:[ 　・][一-龠々ヶぁ-んァ-ヴー]{1,8}){0,2}?)"
    r"(?=です|と|は|で|、|。|\n|」|様|さん|$)"
)
_KIN: Final = r"(?:母親|父親|母|父|ママ|パパ|親|祖母|祖父|保護者|家内|妻|夫|姉|兄|娘|息子)"
_OF_KIN: Final = re.compile(
    rf"(?:^|[のをがは、。\s）」])([^のをがは、。\s「」（）0-9０-９]{{2,6}})の{_KIN}(?:です|より|でござ)", re.M
)
_KIN_CALLED: Final = re.compile(
    r"(?:娘|息子|長男|長女|次男|次女|三男|孫|妻|夫|主人|子|父|母|姉|妹|兄|弟|祖母|祖父)[（(「][ 　]?"
    r"([一-龠々ぁ-んァ-ヴー]{1,6})(?=[、,）」)・])|[じば][いあ](?:ちゃん|さん)([一-龠]{1,3})(?=[はがもの、])"
)
_MAMA: Final = re.compile(
    r"(?:^|[。！\n、 　])([ぁ-んァ-ヴー一-龠]{2,6})の?(?:ママ|パパ)(?=です|より|[。！])", re.M
)
_IN_CLASS: Final = re.compile(
    r"(?:ぼく|僕|わたし|私|おれ|俺|年|組)[^。\n]{0,14}の([ぁ-んァ-ヴー]{2,5})です(?!か)"
)
_CALLED_SO: Final = re.compile(r"(?:さん|様|さま|くん|君|ちゃん|氏|先生)$")
_NO_NAME: Final = re.compile(
    r"(?:こと|もの|とき|ところ|ほう|はず|つもり|ため|まま|とおり|よう|わけ|そう|ほど|くらい|みんな|うち|ここ|あと|せい|なか)$"
    r"|子ども|こども|学生|児|年生|歳|三人|二人|障害|以上|うち$|親子|[^一-龠]子$"
)
_INITIALS: Final = re.compile(
    r"(?<![A-Za-zＡ-Ｚａ-ｚ.])[A-ZＡ-Ｚ][.．・][ ]?[A-ZＡ-Ｚ][.．]?(?![A-Za-zＡ-Ｚａ-ｚ])"
)
_LATIN: Final = re.compile(
    r"(?:(?i:my name is|i am|i'm|my (?:son|daughter|wife|husband))|なまえは|です。|です |。|\n)[ 、]?"
    r"([A-Z][a-z]{1,14}(?: [A-Z][a-z]{1,14}){0,2})(?=です|[ ,.。（(と]|$)"
)
_DOTTED: Final = re.compile(r"[ァ-ヴー]{2,10}(?:[・＝=][ァ-ヴー]{2,10}){1,3}")
_KATAKANA: Final = re.compile(r"[ァ-ヴー・]{2,}")
_IS: Final = ("です", "と", "だ", "ばい", "たい")
_SIGNED: Final = re.compile(
    r"(?:^|[。！？!?\n」）)　])[ 　]*([一-龠々ぁ-んァ-ヴー]{1,5}(?:[ 　][一-龠々ぁ-んァ-ヴーｦ-ﾟ]{1,5})?)"
    r"(?:[ 　]?(?:より|拝|敬具))?[ 　。]*\Z"
)


def names(reading: Reading) -> Iterator[Spot]:
    """Where somebody is named, in any order; some twice."""
    for start, end in _by_words(reading):
        yield _spot(reading, start, end)
    for found in _TITLED.finditer(reading.text):
        start, end = found.span(1 if found[1] else 2)
        if found[2] or any(
            word.pos[1] == "固有名詞" or word.unknown for word in reading.words_in(start, end)
        ):
            yield Spot(start, end, Kind.OFFICIAL)
    for pattern in (_OF_KIN, _KIN_CALLED, _IN_CLASS, _TOLD, _MAMA):
        for found in pattern.finditer(reading.text):
            said = found[found.lastindex or 0]
            if not _NO_NAME.search(said) and said not in listed("called"):
                yield _spot(reading, *found.span(found.lastindex or 0))
    for pattern in (_INITIALS, _DOTTED):
        for found in pattern.finditer(reading.text):
            if not _is_public(reading, found.end()):
                yield Spot(*found.span(), Kind.NAME)
    for found in _LATIN.finditer(reading.text):
        yield Spot(*found.span(1), Kind.NAME)
    yield from _called(reading)
    yield from _signed(reading)


def _by_words(reading: Reading) -> Iterator[tuple[int, int]]:
    words, at = reading.words, 0
    while at < len(words):
        last = _run(words, at)
        if last is not None:
            if _tells(reading, at, last):
                yield words[at].start, words[last].end
            at = last + 1
            continue
        if reading.said(words[at]) in _HONORIFICS and (first := _before_honorific(reading, at)) is not None:
            yield words[first].start, words[at - 1].end
        at += 1


def _run(words: list[Word], first: int) -> int | None:
    """The last of a run of names, over one space; None where no name begins."""
    if not _is_name(words[first]):
        return None
    last = first
    while last + 1 < len(words):
        if _is_name(words[last + 1]):
            last += 1
        elif last + 2 < len(words) and words[last + 1].pos[0] == "空白" and _is_name(words[last + 2]):
            last += 2
        else:
            break
    return last


def _is_name(word: Word) -> bool:
    return word.pos[2] == "人名"


def _tells(reading: Reading, first: int, last: int) -> bool:
    """Whether a run of names is somebody's rather than a town's, a shop's, or a mayor's."""
    words = reading.words
    said = reading.text[words[first].start : words[last].end]
    if any(famous in said for famous in listed("famous")) or _is_public(reading, words[last].end):
        return False
    following = words[last + 1] if last + 1 < len(words) else None
    if following and following.pos[2] == "地名":
        return False
    if first and words[first - 1].pos[2] == "地名" and words[last].end - words[first].start < 3:
        return bool(following) and following is not None and reading.said(following) in _HONORIFICS
    if last == first and _goes_on(reading, words[last].end):
        return False
    sure = len(said) > 1 and not re.fullmatch(r"[ぁ-ん]{1,3}", said) and not said.endswith("町")
    return sure or (following is not None and _may_follow(reading, following))


def _goes_on(reading: Reading, end: int) -> bool:
    """Whether a surname is the beginning of another word: 内坪|井."""
    return bool(
        re.match(
            rf"(?!{_TITLES}|様|氏|君|殿|宅|家|先生|夫|奥|方|親|母|父)[一-龠]", reading.text[end : end + 4]
        )
    )


def _may_follow(reading: Reading, word: Word) -> bool:
    """What stands behind a name of one letter."""
    return reading.said(word) in (*_HONORIFICS, "です", "が", "は", "も", "と", "ばい", "たい", "。")


def _is_public(reading: Reading, end: int) -> bool:
    return bool(_PUBLIC.match(reading.text, end))


def _before_honorific(reading: Reading, at: int) -> int | None:
    """The first word of who is called さん, where it is no name that the dictionary knows."""
    first, words = at, reading.words
    while first and _may_be_called(reading, words[first - 1]) and at - first < MOST_WORDS:
        first -= 1
    said = reading.text[words[first].start : words[at].start]
    if first == at or len(said) > LONGEST or _is_name(words[at - 1]):
        return None
    if reading.said(words[at - 1]) in listed("called") or said.lstrip("お") in listed("called"):
        return None
    return (
        None
        if re.search(r"[者員師士屋長官店院課係局社所家]$", said) or _is_public(reading, words[at].end)
        else first
    )


def _may_be_called(reading: Reading, word: Word) -> bool:
    if reading.said(word) == "先生":
        return False
    return word.pos[0] == "名詞" and word.pos[1] in ("普通名詞", "固有名詞") and word.pos[2] != "地名"


def _called(reading: Reading) -> Iterator[Spot]:
    """村上といいます, ふみえといいます, 荒木という人: the words before, back to the last particle."""
    for cue in _CALLED.finditer(reading.text):
        said = re.split(r"[のはがをにで]|、", _CALLED_SO.sub("", cue[1]))[-1]
        start = cue.start(1) + len(_CALLED_SO.sub("", cue[1])) - len(said)
        known = [word.start for word in reading.words_in(start, cue.end(1)) if _is_name(word)]
        begins = known[0] if known else reading.name_start(start, start + len(said) + 1)
        start, said = begins, said[begins - start :]
        if 1 <= len(said) <= LONGEST and not _NO_NAME.search(said) and said not in listed("called"):
            yield _spot(reading, start, start + len(said))


def _signed(reading: Reading) -> Iterator[Spot]:
    """A name at the very end, or one that no dictionary knows before です."""
    if found := _SIGNED.search(reading.text[-30:]):
        start = max(0, len(reading.text) - 30) + found.start(1)
        end = start + len(found[1])
        inside = [word for word in reading.words if start <= word.start < end]
        if (
            inside
            and all(word.pos[0] in ("名詞", "空白", "記号") for word in inside)
            and any(map(_is_name, inside))
        ):
            yield Spot(start, end, Kind.NAME)
    for word, following in zip(reading.words, reading.words[1:], strict=False):
        if word.unknown and reading.said(following) in _IS and _KATAKANA.fullmatch(reading.said(word)):
            yield Spot(word.start, word.end, Kind.NAME)


def _spot(reading: Reading, start: int, end: int) -> Spot:
    """Of the city's staff, or anybody else."""
    before = reading.before(start, 16)
    staff = _STAFF_AFTER.match(reading.text, end) or _STAFF_BEFORE.search(before)
    if reading.text.startswith("先生", end):
        staff = None if _DOCTOR.search(before) else staff or re.search(r"[校園組年任]", before)
    return Spot(start, end, Kind.OFFICIAL if staff else Kind.NAME)
