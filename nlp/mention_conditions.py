"""Health, family and age of somebody in voices, told from the same spoken of in general."""

import re
from collections.abc import Iterator
from typing import Final

from nlp.mention_kinds import Kind, Spot
from nlp.personal_words import any_of, listed
from nlp.reading import Reading

LONGEST_BEFORE: Final = 8
"""Letters of the name of an illness before its ending."""
_KIN: Final = any_of(
    """
    主人 旦那 夫 妻 家内 父 母 息子 娘 長男 長女 次男 次女 祖父 祖母 じいちゃん じいさん ばあちゃん ばあさん
    兄 姉 弟 妹 子ども 子
    """.split()
)
_PERSON: Final = re.compile(
    r"私|わたし|わたくし|僕|ぼく|俺|おれ|うち[のはもん]|[我わ]が家|小生|当方|本人|友だち|友人|孫|嫁|婿"
    rf"|{_KIN}(?!育て|ども)"
)
_BEHIND: Final = (
    r"(?:の手術|[ 　]?[0-9０-９一二三四五六]{1,2}(?:か月|カ月|ヶ月|級|週)?|[A-CＡ-Ｃ][0-9０-９]|後遺症|末期)?"
)
_HEALTH: Final = re.compile(rf"{any_of(listed('health'))}{_BEHIND}")
_ILLNESS: Final = re.compile(
    rf"(?:症候群|腫瘍?|(?<!中)炎(?!天)|癌|がん|症(?!状)|(?<![看臆仮疾無])病(?![院棟室気床])){_BEHIND}"
)
"""How the names of illnesses end that no list has."""
_SURGERY: Final = re.compile(r"[一-龠]{2,6}(?:の|を)手術(?!室)")
_HOSPITAL: Final = re.compile(
    r"([一-龠ぁ-んァ-ヴーA-Z]{1,12}?)(総合病院|記念病院|病院|クリニック|医院|皮ふ科|産婦人科|小児科|内科|外科|眼科|歯科|診療所|療養所)"
)
_ANY_HOSPITAL: Final = re.compile(
    r"(?:^|.*[のにはをがで、])(?:総合|市民|市立|県立|国立|公立|大学|夜間|救急|休日|動物|大きな|近く|この|その|同じ)?\Z"
)
_FAMILY: Final = re.compile(rf"(?:{_KIN}の|夫と)?{any_of(listed('family'))}(?:中|避難中)?")
_DEATH: Final = re.compile(
    rf"{_KIN}(?:[一-龠ァ-ヴーぁ-ん]{{0,4}}[がをはも、]|に)[^。\n]{{0,8}}?"
    r"(?:亡くな?(?:りまし(?:た|て)|って|り|し(?:まし)?た|し)|他界|先立たれ|死にました|死んだ)"
)
_BEATEN: Final = re.compile(r"[^。、\n]{0,8}(?:殴られ|殴った|蹴られ|叩かれ|暴力を(?:受け|振る|ふる))た?")
_CARE: Final = re.compile(r"(?<=[父母妻夫親人姑]の)介護|介護し(?=て)")
_SPOKEN_OF: Final = re.compile(any_of(listed("spoken-of")))
_SOFT: Final = re.compile(r"(?:の(?:人|方|子|児童|家庭|世帯|患者|生徒|高齢者)|者[のにがやも]|中の[方人])")
_YEARS: Final = r"(?:\d{1,3}|\d?十\d?|百\d{0,2})"
"""As evened text has it: 四十五 is 4十5."""
_MONTHS: Final = r"\d{1,2} ?(?:か月|カ月|ヶ月|ヵ月|かげつ)(?:半)?"
_AGE: Final = re.compile(
    rf"(?:生後 ?)?(?<![\d.十]){_YEARS} ?(?:歳|才|さい|years? old)(?: ?と? ?{_MONTHS})?"
    rf"|(?<=生後){_MONTHS}|生後 ?(?:{_MONTHS}|\d{{1,2}} ?[日週])"
)
_BARE_AGE: Final = re.compile(
    rf"(?<=[（(]){_YEARS}(?=[）)])|(?<=今年){_YEARS}(?=[でにの、])|(?<=[男女][・、 　]){_YEARS}(?![\d年月日])"
    rf"|(?:数え|満)で?{_YEARS}(?!\d)|(?<![\d十年月日第]){_YEARS}(?=(?:と{_YEARS})?の(?:子|息子|娘|孫|母|父|女|男))"
    rf"|(?<![\d十])\d?十\d?(?=ですよ|になりま|になる[。と])"
)
_ANY_AGE: Final = re.compile(r" ?(?:以上|以下|未満|まで|から|児健|児|刻み|を超え|になったら|代|人口|の壁)")


def conditions(reading: Reading) -> Iterator[Spot]:
    """Where health, family or age of somebody stands, in any order."""
    for pattern, least in ((_HEALTH, 0), (_ILLNESS, 1), (_SURGERY, 0)):
        for found in pattern.finditer(reading.text):
            start = reading.name_start(reading.block(found.start(), LONGEST_BEFORE), found.end())
            if found.start() - start >= least and not _is_general(reading, start, found.end()):
                yield Spot(start, found.end(), Kind.HEALTH)
    for found in _HOSPITAL.finditer(reading.text):
        if not _ANY_HOSPITAL.match(found[1]) and not re.match(
            r"前?(?:バス停|電停|駅|線)", reading.text[found.end() :]
        ):
            yield Spot(reading.name_start(*found.span()), found.end(), Kind.HEALTH)
    for found in _FAMILY.finditer(reading.text):
        if not _is_general(reading, *found.span()):
            yield Spot(*found.span(), Kind.FAMILY)
    for pattern in (_DEATH, _BEATEN, _CARE):
        for found in pattern.finditer(reading.text):
            yield Spot(*found.span(), Kind.FAMILY)
    yield from _ages(reading)


def _is_general(reading: Reading, start: int, end: int) -> bool:
    """Whether a word is spoken of as a matter, and nobody is it."""
    if not _SPOKEN_OF.match(reading.text, end):
        return False
    soft = _SOFT.match(reading.text, end)
    return not (soft and _PERSON.search(reading.before(start, 30)))


def _ages(reading: Reading) -> Iterator[Spot]:
    for found in _AGE.finditer(reading.even):
        if not _ANY_AGE.match(reading.even, found.end()):
            yield Spot(*found.span(), Kind.AGE)
    for found in _BARE_AGE.finditer(reading.even):
        yield Spot(*found.span(), Kind.AGE)
