"""Where a resident lives: street addresses, postcodes and rooms, told from places that are asked about.

The text comes evened out (`nlp/masking.py`): ASCII digits and hyphens, every letter at its place.
"""

import re
from collections.abc import Iterable, Iterator

_POSTCODE = re.compile(
    r"〒 ?\d{3}-?\d{4}(?!\d)|(?<![\d\-])\d{3}-\d{4}(?= {0,2}[一-龠ヶケ]{2,4}[都道府県市区郡])"
)
_BLOCK = (
    r"\d{1,4}(?:丁目\d{1,4}(?:番地?\d{0,4}|-\d{1,4}){0,2}|番地?\d{0,4}(?:の\d{1,4})?|(?:-\d{1,4}){1,3}|号)号?"
)
_ROOM = r"(?: ?[^\s、。,!?！？\d]{0,12}\d{1,4}号室?)?"
_STREET = re.compile(
    rf"(?<=[市区町村郡])[^\s、。,!?！？\d\-市区はがをにでともへのや［］]{{0,12}}(?!0){_BLOCK}{_ROOM}(?![\d\-])"
)
_CHOME = re.compile(rf"(?<=[一-龠])\d{{1,2}}丁目\d{{1,3}}(?:番地?|-)\d{{1,4}}号?{_ROOM}")
_CUE = re.compile(r"(?:住所|自宅|住まい|実家)[^\d\n［］]{0,24}(\d{1,4}(?:-\d{1,4}){1,3})(?![\d\-])")
_BUILDING = re.compile(
    r"(?:メゾン|コーポ|ハイツ|ハイム|レジデンス|シャトー|パレス|ヴィラ|ビラ|アパート|マンション|サンハイツ|団地"
    r"|[一-龠]{1,4}荘|[ぁ-ん]{2,4}荘|[ァ-ヶー]{2,6}荘)"
    r"[^\s、。,!?！？\d（）()はがをにでともへのや［］]{0,10} ?(?:[A-Z]-?)?\d{3,4}(?:号室?|室)?"
    r"(?![\d\-円戸年件人台世棟万m㎡]| ?[円戸年件人台世棟万])"
)
"""A block of flats by name, and the room."""
_OWN_BEFORE = re.compile(r"(?:住所|自宅|住まい|実家|わが家|我が家|家)[はがも:、 ]{0,2}[^\s、。\d]{0,16}$")
_OWN_AFTER = re.compile(
    r" ?(?:に住|に在住|在住|に引っ越|へ引っ越|から引っ越|に転居|から転居|の自宅|のうち[はがに])"
)
_ASKED = re.compile(
    r" ?(?:って|とは|は|が)?(?:どこ|どの辺|どのへん|どうやって行|何があり)| ?(?:へ|まで)の(?:行き方|道順|アクセス)"
    r"| ?の(?:場所|地図|行き方)| ?(?:へ|まで|に)(?:は)?(?:どう|行きたい|行くには)"
    r"| ?にある(?!.{0,6}(?:家|自宅|実家|土地|アパート|うち|部屋|マンション|畑|墓))"
)
_AS_BLOCK = re.compile(r"(?<=\d)(?:丁目|番地?の?|の|号)(?=\d)|(?<=\d)(?:番地|番|号)")


def own_addresses(even: str, public: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where addresses of the writer stand in an evened text; `public` as `as_block` writes them."""
    known = tuple(public)
    for found in _POSTCODE.finditer(even):
        yield found.span()
    for pattern in (_STREET, _CHOME):
        for found in pattern.finditer(even):
            if not _is_a_place(even, found, known):
                yield found.span()
    for found in _BUILDING.finditer(even):
        yield found.span()
    for found in _CUE.finditer(even):
        yield found.span(1)


def _is_a_place(even: str, found: re.Match[str], known: tuple[str, ...]) -> bool:
    """Whether an address is asked about, or everybody's, rather than the writer's own."""
    before = even[max(0, found.start() - 24) : found.start()]
    if _OWN_BEFORE.search(before) or _OWN_AFTER.match(even, found.end()):
        return False
    if _ASKED.match(even, found.end()):
        return True
    town = re.search(r"[一-龠ぁ-んァ-ヶ]*$", before)
    written = as_block((town[0] if town else "") + found[0])
    return any(written.endswith(each) or each.endswith(written) for each in known)


def as_block(address: str) -> str:
    """An evened address with its block in one spelling: 手取本町1番1号 -> 手取本町1-1."""
    block = _AS_BLOCK.sub("-", re.sub(r"\s", "", address))
    return block.rstrip("-")
