"""Where somebody lives, works and learns in voices, and small places by which they are known."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from nlp.addresses import as_block
from nlp.masking import evened
from nlp.mention_kinds import Kind, Spot
from nlp.names import Word
from nlp.reading import Reading

MOST_BESIDE: Final = 20
"""Letters that say beside what."""
_TOWN: Final = r"(?:[ぁ-ん]{2,4}(?=[町台丘野が]))?[一-龠々ヶァ-ヴー]{1,8}(?:[のが][一-龠]{1,3})?"
_DIGITS: Final = r"(?!0)\d{1,4}"
_BUILDING_ENDS: Final = (
    r"(?:マンション|アパート|ハイツ|コーポ|メゾン|ハイム|レジデンス|コート|ヒルズ|パレス|団地|ビル|住宅|荘)"
)
_ROOM: Final = rf"(?:[ 　]?{_DIGITS}(?:号室?|室)|[ 　]?{_DIGITS}[棟F階](?:{_DIGITS}号室?)?|の\d{{3,4}}(?!\d))"
_NOT_OF_HOUSE: Final = r"[^\s、。,!?！？\d（）()はがを]"
_NAME_OF_HOUSE: Final = (
    rf"[ 　、の]?{_NOT_OF_HOUSE}{{0,14}}{_BUILDING_ENDS}(?:(?![にでの]){_NOT_OF_HOUSE}){{0,8}}"
)
_BLOCK: Final = (
    rf"{_DIGITS}(?:丁目(?:{_DIGITS}(?:番地?|-|の)?(?:{_DIGITS}号?)?)?|番地?(?:の?{_DIGITS})?号?|(?:[-の]{_DIGITS}){{1,3}})"
    rf"(?:-{_DIGITS}){{0,2}}"
)
_STREET: Final = re.compile(
    rf"(?<![一-龠])(?:(?:[一-龠]{{1,4}}[都道府県])?(?:[一-龠]{{1,5}}市)?[一-龠]{{1,3}}区)?"
    rf"({_TOWN}[ 　]?{_BLOCK}(?:(?:{_NAME_OF_HOUSE})?{_ROOM}?)?)(?![\d円件人年月回本台時分歳才枚匹%])"
)
_LATIN_STREET: Final = re.compile(r"[A-Z][a-z]{2,20}(?:-(?:cho|machi|ku))?,? \d{1,3}(?:-\d{1,4}){1,3}")
_PUBLIC_BEHIND: Final = re.compile(
    r"の?(?:交差点|信号|公園|道路|歩道|踏切|バス停|電停|県道|市道|横断|[市区]役所|庁舎|広場|ごみ|側溝|商店街|工事)"
)
_HOUSE: Final = re.compile(
    rf"[一-龠ァ-ヴー]{{0,10}}{_BUILDING_ENDS}[一-龠ァ-ヴー]{{0,8}}(?:{_ROOM}|(?=に住|に引っ越|の駐車場|の(?:上|下|隣)))"
)
_HOUSE_FIRST: Final = re.compile(
    r"(?:グラン|メゾン|コーポ|ハイツ|シャトー|サン)[一-龠ァ-ヴーA-Z]{1,12}(?:の|[ 　])?\d{3,4}(?:号室?)?"
)
_LIVES: Final = re.compile(
    r"(?:に(?:住|在住|暮らし|引っ越し|転居し)|[にで] ?すんで|にお住まい|在住|で(?:農業|商売|店|塾)"
    r"|の自宅|のわが家|の我が家|のうち[のはが]|の者)"
)
_NO_TOWN: Final = re.compile(r"[市県都府区国駅]$")
_LIVED: Final = re.compile(
    r"([一-龠々ヶァ-ヴー]{1,8}(?<![市県都府区国町内地方所])(?:町)?)(?:に ?(?:住|在住|すんで|お住まい)|在住|町民)"
)
_SMALL_PLACE: Final = re.compile(
    r"(?:(?:喫茶|食堂|バーバー|スーパー|ホーム|デイサービス|居酒屋|スナック|美容室)[一-龠ァ-ヴーぁ-ん]{1,6}(?=[のにがで、。前]|$)"
    r"|[一-龠ァ-ヴーぁ-ん]{2,8}?(?:食堂|商店|酒店|整骨院|苑|教会))"
)
_BESIDE: Final = re.compile(
    r"(?:(?:裏|隣|横|前|向かい|角|奥)(?![一-龠])|[二２2]階)[^。、\n「」はが]{0,10}?"
    r"(?:(?=に住|に引っ越|です。)|の(?:家|平屋|アパート|マンション))(?!族)"
)
"""Where a home stands; the words before it belong to it back to the last は, が, に or で."""
_SCHOOL: Final = re.compile(
    r"(?<![一-龠ァ-ヴー])((?:私立|市立|県立|附属|町立)?[一-龠々ァ-ヴーぁ-ん]{1,8}?)"
    r"(小学校|中学校|高等学校|高校|高等部|支援学校|幼稚園|保育園|保育所|こども園|女子短大|短大|女子大|大学|学園|専門学校|小(?=[0-9０-９][年\-－]|の[0-9０-９]年|[。、]|に通|の)|中(?=[0-9０-９][年\-－]|の[0-9０-９]年|[。、]|に通|の)|園(?=の先生))"
    r"(?:高等部|中等部)?[のは ]?(?:[0-9０-９][年\-－][0-9０-９]?組?|[年長中少]{2}[一-龠ぁ-ん]{1,4}組)?"
)
_ENGLISH_SCHOOL: Final = re.compile(
    r"(?:[A-Z][a-z]+ ){1,3}(?:Elementary|Junior High|High|Primary|School|Kindergarten)(?: School)?"
)
_ANY_SCHOOL: Final = re.compile(
    r"(?:.*[のにはをがでや、]|^)(?:各|全|市内|公立|私立|市立|県立|近くの?|地元の?|若い|女子|子ども|統合|動植物|庭|公|老人|認可外の?)?\Z"
)
_FIRM: Final = re.compile(
    r"(?:株式会社|有限会社|合同会社|[（(][株有][）)])[一-龠々ァ-ヴーぁ-んA-Z]{2,12}?(?=[にでのはが、。)）\s]|$)"
    r"|[一-龠々ァ-ヴーA-Zぁ-ん]{2,12}(?:株式会社|有限会社)"
)
_AT_WORK: Final = re.compile(
    r"(?:に(?:勤|復職|通勤|就職)|勤務|で(?:働|はたら|パート|[一-龠ァ-ヴー]{2,6}をして)|の(?:社員|従業員|店員|職員です|薬剤師|看護師|教員|運転手|運転士|整備士)"
    r"|を(?:営|経営|クビ)|もクビ|に通って(?:い|お)|で(?:夜勤|残業))"
)
_KIN_AT_WORK: Final = re.compile(
    r"(?:夫|主人|妻|父|母|息子|娘|旦那|嫁|私)(?:は|も|が|、|（|\()?((?!は|も|が)[一-龠ァ-ヴーＡ-ＺA-Z]{2,10})"
    r"(?=で(?:働|パート|夜|残業)|に勤|勤務|の(?:運転[手士]|社員|職員|看護師))"
)
_NO_FIRM: Final = frozenset(
    """
    会社 工場 職場 病院 店 お店 市役所 自宅 家 夜勤 外 デイ 放課後デイ 児童 東京 福岡 県外 介護 仕事 学校 施設
    日本 市 現場 飲食店 夜 都会 役所 学童 農業 地域 二人 一人 みんな
    """.split()
)


def places(reading: Reading, public: frozenset[str]) -> Iterator[Spot]:
    """Where a place stands that is somebody's, in any order; of `public` addresses none."""
    known = _blocks(public)
    for found in _STREET.finditer(reading.even):
        block = as_block(found[1])
        everybodys = any(each.endswith(block) for each in known)
        if not everybodys and not _PUBLIC_BEHIND.match(reading.even, found.end()):
            yield Spot(*found.span(1), Kind.ADDRESS)
    for pattern in (_HOUSE, _HOUSE_FIRST):
        for found in pattern.finditer(reading.even):
            yield Spot(*found.span(), Kind.ADDRESS)
    for found in _LATIN_STREET.finditer(reading.even):
        yield Spot(*found.span(), Kind.ADDRESS)
    yield from _towns(reading)
    for found in _SMALL_PLACE.finditer(reading.text):
        if not _ANY_SCHOOL.match(found[0][:-2]) and not reading.text.startswith("街", found.end()):
            yield Spot(reading.name_start(*found.span()), found.end(), Kind.FACILITY)
    for found in _BESIDE.finditer(reading.text):
        before = reading.before(found.start(), MOST_BESIDE)
        said = re.split(r"[、はがにで「」]", before)[-1]
        if said:
            yield Spot(found.start() - len(said), found.end(), Kind.FACILITY)
    yield from _schools(reading)
    yield from _firms(reading)


@lru_cache(maxsize=8)
def _blocks(public: frozenset[str]) -> tuple[str, ...]:
    """Addresses with their blocks in one spelling; an address has a town in it."""
    return tuple(as_block(evened(each)) for each in public if re.search(r"[一-龠]", each))


def _towns(reading: Reading) -> Iterator[Spot]:
    """A town by name alone, where somebody lives there or is called of it."""
    for lived in _LIVED.finditer(reading.text):
        yield Spot(*lived.span(1), Kind.ADDRESS)
    words, at = reading.words, 0
    while at < len(words):
        if not _is_place(words[at]):
            at += 1
            continue
        last = at
        while last + 1 < len(words) and _goes_on(words[last + 1]):
            last += 1
        start, end = words[at].start, words[last].end
        if not _NO_TOWN.search(reading.text[start:end]) and _is_home(reading, last):
            yield Spot(start, end, Kind.ADDRESS)
        at = last + 1


def _goes_on(word: Word) -> bool:
    """Whether a word may be the next part of a town's name: 上代|町."""
    short = word.end - word.start < 3 and word.pos[0] in ("接尾辞", "名詞")
    return _is_place(word) or (short and word.pos[2] not in ("人名", "助数詞可能"))


def _is_home(reading: Reading, last: int) -> bool:
    end = reading.words[last].end
    if _LIVES.match(reading.text, end):
        return True
    behind = reading.words[last + 1 : last + 3]
    return (
        len(behind) == len("の名")
        and reading.said(behind[0]) in ("の", "　", " ")
        and (behind[1].pos[2] == "人名" or behind[1].unknown)
    )


def _is_place(word: Word) -> bool:
    return word.pos[2] == "地名"


def _schools(reading: Reading) -> Iterator[Spot]:
    for found in _SCHOOL.finditer(reading.text):
        if not _ANY_SCHOOL.match(found[1]):
            end = found.start() + len(found[0].rstrip("のは 　"))
            yield Spot(reading.name_start(found.start(), end), end, Kind.SCHOOL)
    for found in _ENGLISH_SCHOOL.finditer(reading.text):
        yield Spot(*found.span(), Kind.SCHOOL)


def _firms(reading: Reading) -> Iterator[Spot]:
    """A firm that says so, or what stands before 'works at'."""
    for found in _FIRM.finditer(reading.text):
        if _AT_WORK.search(reading.after(found.end(), 12)):
            said_first = found[0].endswith("会社")
            yield Spot(
                reading.name_start(*found.span()) if said_first else found.start(), found.end(), Kind.WORK
            )
    for found in _KIN_AT_WORK.finditer(reading.text):
        if found[1] not in _NO_FIRM:
            yield Spot(*found.span(1), Kind.WORK)
    for cue in _AT_WORK.finditer(reading.text):
        said = re.search(r"[一-龠々ァ-ヴーＡ-Ｚ・ぁ-ん]+$", reading.before(cue.start(), 16))
        start = reading.name_start(cue.start() - len(said[0]), cue.start()) if said else cue.start()
        if cue.start() - start > 1 and reading.text[start : cue.start()] not in _NO_FIRM:
            yield Spot(start, cue.start(), Kind.WORK)
