"""Personal data that a resident types although nobody asked, taken out before anything is kept or shown.

Patterns look at a copy of the text in which every letter stands at the place of the original (full-width and
kanji digits and the many hyphens are evened out one for one), so what is not personal stays as written.
Every repetition has an upper bound: no text can make a pattern run back and forth.
"""

import re
import string
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from nlp.addresses import as_block, own_addresses
from nlp.names import Introduced, introduced_names


class Personal(StrEnum):
    """What was taken out."""

    TELEPHONE = "telephone"
    MY_NUMBER = "my_number"
    ACCOUNT = "account"
    CARD = "card"
    ADDRESS = "address"
    EMAIL = "email"
    NAME = "name"
    BIRTH_DATE = "birth_date"
    DOCUMENT = "document"
    PLATE = "plate"
    CODE = "code"
    """A password or a number that a cue announces (暗証番号は1234)."""


LABELS = {
    Personal.TELEPHONE: "［電話番号］",
    Personal.MY_NUMBER: "［マイナンバー］",
    Personal.ACCOUNT: "［口座番号］",
    Personal.CARD: "［カード番号］",
    Personal.ADDRESS: "［住所］",
    Personal.EMAIL: "［メールアドレス］",
    Personal.NAME: "［お名前］",
    Personal.BIRTH_DATE: "［生年月日］",
    Personal.DOCUMENT: "［証明書の番号］",
    Personal.PLATE: "［車のナンバー］",
    Personal.CODE: "［番号］",
}


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal data."""

    text: str
    kinds: frozenset[Personal]
    """What was in it; empty where nothing was."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is public: numbers as digits, addresses with their block as 1-1."""

    numbers: frozenset[str]
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Find:
    """Where personal data stands in a text."""

    start: int
    end: int
    kind: Personal


_UNSEEN = (
    "\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u202f"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Blanks and marks that come along where a number is copied from a page or an address book."""
_WIDE = "".join(map(chr, (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
_NARROW = string.ascii_uppercase + string.ascii_lowercase
_EVEN = str.maketrans(
    "０１２３４５６７８９〇一二三四五六七八九－‐‑‒–—―−─（）＠．＋　：＿" + _WIDE + _UNSEEN,
    "01234567890123456789---------()@.+ :_" + _NARROW + " " * len(_UNSEEN),
)
_LONG_MARK_AS_HYPHEN = re.compile(r"(?<=\d)[ーｰ](?=\d)")
_NOT_DIGITS = re.compile(r"\D+")
_LETTERS = re.compile(r"[一-龠ぁ-んァ-ヶ]")

_GAP = r"[- .()]{0,2}"
_BEGINS = r"(?<![\d\-#］])(?<!\d[,.])"
_ENDS = r"(?![\d\-［])(?!\s?[円件人年回個台票%])(?!,\d)"
_BETWEEN = r"[^\d\n［］]"
"""Between a cue (口座, 免許証) and its number; never over a label, so that masking twice is masking once."""

_AREA = r"(?:\(?\+ ?81\)?[- ]?(?:\(0?\)|\(?)\d{1,4}|\(0\d{1,4}\)|0\d{1,4})"
_WIDE_GAP = r"[- .()・･]{0,4}"
_TELEPHONE = re.compile(rf"{_BEGINS}{_AREA}{_WIDE_GAP}\d{{1,4}}{_WIDE_GAP}\d{{3,4}}{_ENDS}")
_SPREAD_TELEPHONE = re.compile(rf"{_BEGINS}0(?:(?: -)? \d){{9,10}}{_ENDS}")
"""Every digit apart: 0 9 0 - 1 2 3 4 - 5 6 7 8."""
_BROKEN_TELEPHONE = re.compile(
    rf"{_BEGINS}0(?:[5-9]0[- ]?\n\d{{4}}[- ]?\n?|[1-9]\d{{1,3}}[- ]?\n\d{{2,4}}[- ]?\n?)\d{{4}}{_ENDS}"
)
"""Broken into lines as on paper; of those that begin as a number does."""
_LOCAL_TELEPHONE = re.compile(
    rf"(?:電話|でんわ|TEL|tel|携帯|連絡先){_BETWEEN}{{0,8}}(\d{{2,4}}-\d{{4}})(?![\d\-])"
)
_TWELVE = re.compile(rf"{_BEGINS}\d{{4}}[- ]?\d{{4}}[- ]?\d{{4}}{_ENDS}")
_MY_NUMBER_CUE = re.compile(rf"(?:マイナンバー|個人番号){_BETWEEN}{{0,6}}(\d[\d\- ]{{9,14}}\d)(?!\d)")
_CARD = re.compile(rf"{_BEGINS}\d{{4}}[- ]?\d{{4,6}}[- ]?\d{{4,5}}(?:[- ]?\d{{1,4}})?{_ENDS}")
_ACCOUNT = re.compile(
    rf"(?:口座|普通|当座|預金|貯金|通帳|記号|支店|銀行|ゆうちょ){_BETWEEN}{{0,12}}"
    r"(\d{5}[- ]\d[- ]\d{7,8}|\d{5}[- ]\d{6,8}|\d{5,8})"
    rf"(?:{_BETWEEN}{{0,6}}番号{_BETWEEN}{{0,3}}(\d{{6,8}}))?"
    r"(?![\d\-])(?!\s?円)"
)
_EMAIL = re.compile(
    r"[A-Za-z0-9_%+\-][A-Za-z0-9._%+\-]{0,63}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}"
)
_CODE_CUE = (
    r"(?:(?<!窓口)(?<!郵便)(?<!様式)(?<!法人)番号|ばんごう|パスワード|パスコード|暗証|あんしょう|記号"
    r"|(?<![A-Za-z])ID|(?:認証|確認)コード)"
)
_SIGN = r"0-9A-Za-zＡ-Ｚａ-ｚ"
_CODE = re.compile(
    rf"{_CODE_CUE}(?P<said>[はがをもの:= 、「『]|です|って){{0,3}}"
    rf"(?P<code>[{_SIGN}](?:[\-_ .]?[{_SIGN}!$*&]){{3,31}})(?![{_SIGN}\-_@円件年人月条])"
)
_FOURS = re.compile(rf"{_BEGINS}\d{{4}}-\d{{4}}-\d{{4}}{_ENDS}")
_YEARS = re.compile(r"(?:(?:19|20)\d{2}-?){3}")
_BIRTH = re.compile(
    r"(?:(?:明治|大正|昭和|平成|令和|[MTSHRmtshr])\.?(?:\d{1,2}|元)|(?:19|20)\d{2})[年./\-]\d{1,2}[月./\-]\d{1,2}日?"
)
_BIRTH_AFTER = re.compile(r" ?(?:生まれ|生れ|うまれ|生(?![活産]))")
_BIRTH_BEFORE = re.compile(r"(?:生年月日|誕生日|たんじょうび|生まれは|生まれた日)[はがを: ]{0,3}$")
_DOCUMENT = re.compile(
    r"(?:保険証|被保険者|保険者|免許証?|旅券|パスポート|在留カード|年金手帳|基礎年金|受給者|住民票コード|手帳)"
    r"(?:の)?(?:記号|番号|No\.?|no\.?|ナンバー)?[^\dA-Za-z\n［］]{0,6}"
    r"([A-Za-z]{0,2}\d[\d\- ]{4,14}\d[A-Za-z]{0,2})(?![\d円件年])"
)
_PLATE_NAMES = """
札幌 函館 旭川 室蘭 苫小牧 釧路 知床 帯広 北見 青森 弘前 八戸 岩手 盛岡 平泉 宮城 仙台 秋田 山形 庄内
福島 会津 郡山 白河 いわき 水戸 土浦 つくば 宇都宮 那須 とちぎ 群馬 前橋 高崎 大宮 川口 所沢 川越 熊谷
春日部 越谷 千葉 成田 習志野 市川 船橋 袖ヶ浦 市原 野田 柏 松戸 品川 世田谷 練馬 杉並 板橋 足立 江東
葛飾 八王子 多摩 横浜 川崎 湘南 相模 山梨 富士山 新潟 長岡 上越 長野 松本 諏訪 富山 石川 金沢 福井 岐阜
飛騨 静岡 浜松 沼津 伊豆 名古屋 豊橋 三河 岡崎 豊田 尾張小牧 一宮 春日井 三重 鈴鹿 四日市 伊勢志摩 滋賀
京都 大阪 なにわ 和泉 堺 奈良 飛鳥 和歌山 神戸 姫路 鳥取 島根 出雲 岡山 倉敷 広島 福山 山口 下関 徳島
香川 高松 愛媛 高知 福岡 北九州 久留米 筑豊 佐賀 長崎 佐世保 熊本 大分 宮崎 鹿児島 奄美 沖縄
"""
"""What number plates begin with, everywhere in Japan: the offices that register cars, and ご当地ナンバー."""
_PLATE = re.compile(
    rf"(?:{'|'.join(_PLATE_NAMES.split())})"
    r" ?\d{2,3} ?[あ-ん] ?(?:\d{1,2}-\d{2}|[\d・.]{1,2}[- ]?[\d・.]{2}|\d{1,4})(?!\d)"
)
PASSES = 3
"""A label may free what stood against it; after so many passes nothing that a person writes is left."""


def mask(
    text: str,
    public: Iterable[str] = (),
    names: Callable[[str], Iterable[Introduced]] = introduced_names,
) -> Masked:
    """`text` with personal data replaced by labels like ［電話番号］; masking again changes nothing.

    `public` are numbers and addresses that stay (the call centre, offices), in any spelling, unless the
    writer calls the address their own (住所は…). City and ward stay in an address, town and street number go;
    an address that is asked about (…はどこ) stays whole. Names go where they are introduced (山田と申します)
    or addressed in full (山田太郎さん); `names` finds them, by default with Sudachi.
    """
    known = _known(frozenset(public))
    masked = Masked(text, frozenset())
    for _ in range(PASSES):
        finds = _finds(masked.text, known, names)
        if not finds:
            break
        masked = _replaced(masked, finds)
    return masked


def finds(
    text: str,
    public: Iterable[str] = (),
    names: Callable[[str], Iterable[Introduced]] = introduced_names,
) -> tuple[Find, ...]:
    """Where what `mask` takes out at its first look stands, in order and apart; the text stays as it is."""
    return tuple(_apart(_finds(text, _known(frozenset(public)), names)))


def _finds(text: str, known: _Known, names: Callable[[str], Iterable[Introduced]]) -> list[Find]:
    even = evened(text)
    found = [*_numbers(even, known.numbers), *_others(even)]
    found += [Find(*span, Personal.ADDRESS) for span in own_addresses(even, known.addresses)]
    found += [Find(name.start, name.end, Personal.NAME) for name in names(text)]
    found += _codes(even, known.numbers)
    return found


def evened(text: str) -> str:
    """The same length, letter for letter."""
    return _LONG_MARK_AS_HYPHEN.sub("-", text.translate(_EVEN))


@lru_cache(maxsize=8)
def _known(public: frozenset[str]) -> _Known:
    """Told apart once: an address has letters in it."""
    even = list(map(evened, public))
    return _Known(
        frozenset(_NOT_DIGITS.sub("", text) for text in even if not _LETTERS.search(text)),
        tuple(sorted(as_block(text) for text in even if _LETTERS.search(text))),
    )


def _numbers(even: str, known: frozenset[str]) -> Iterator[Find]:
    for found in _MY_NUMBER_CUE.finditer(even):
        if len(_NOT_DIGITS.sub("", found[1])) in (11, 12, 13):
            yield Find(*found.span(1), Personal.MY_NUMBER)
    for found in _TWELVE.finditer(even):
        if is_my_number(_NOT_DIGITS.sub("", found[0])):
            yield Find(*found.span(), Personal.MY_NUMBER)
    for found in _CARD.finditer(even):
        digits = _NOT_DIGITS.sub("", found[0])
        if 14 <= len(digits) <= 16 and is_luhn(digits):
            yield Find(*found.span(), Personal.CARD)
    for found in _ACCOUNT.finditer(even):
        yield from (Find(*found.span(group), Personal.ACCOUNT) for group in (1, 2) if found[group])
    for found in _DOCUMENT.finditer(even):
        yield Find(*found.span(1), Personal.DOCUMENT)
    for found in _telephones(even):
        if is_telephone(found[0]) and national(found[0]) not in known:
            yield Find(*found.span(), Personal.TELEPHONE)
    for found in _LOCAL_TELEPHONE.finditer(even):
        if not any(number.endswith(_NOT_DIGITS.sub("", found[1])) for number in known):
            yield Find(*found.span(1), Personal.TELEPHONE)


def telephones_in(text: str) -> Iterator[str]:
    """The telephone numbers that a text shows, as they are written there, digits evened out."""
    return (found[0] for found in _telephones(evened(text)) if is_telephone(found[0]))


def _telephones(even: str) -> Iterator[re.Match[str]]:
    """What is written as a number is, or is spread out."""
    for pattern in (_TELEPHONE, _SPREAD_TELEPHONE, _BROKEN_TELEPHONE):
        yield from pattern.finditer(even)


def _codes(even: str, known: frozenset[str]) -> Iterator[Find]:
    """What a cue announces; letters alone only where the cue says what it is (パスワードは…)."""
    for found in _CODE.finditer(even):
        digits = any(map(str.isdigit, found["code"]))
        if (digits or found["said"]) and national(found["code"]) not in known:
            yield Find(*found.span("code"), Personal.CODE)
    for found in _FOURS.finditer(even):
        if not _YEARS.fullmatch(found[0]) and national(found[0]) not in known:
            yield Find(*found.span(), Personal.CODE)


def _others(even: str) -> Iterator[Find]:
    for found in _EMAIL.finditer(even):
        yield Find(*found.span(), Personal.EMAIL)
    for found in _PLATE.finditer(even):
        yield Find(*found.span(), Personal.PLATE)
    for found in _BIRTH.finditer(even):
        before = even[max(0, found.start() - 12) : found.start()]
        if _BIRTH_AFTER.match(even, found.end()) or _BIRTH_BEFORE.search(before):
            yield Find(*found.span(), Personal.BIRTH_DATE)


def _replaced(masked: Masked, finds: list[Find]) -> Masked:
    """Each find by its label."""
    parts: list[str] = []
    text, kinds, done = masked.text, set(masked.kinds), 0
    for find in _apart(finds):
        parts += text[done : find.start], LABELS[find.kind]
        kinds.add(find.kind)
        done = find.end
    return Masked("".join([*parts, text[done:]]), frozenset(kinds))


def _apart(finds: Iterable[Find]) -> Iterator[Find]:
    """In order; the earlier and then the longer where two overlap."""
    done = 0
    for find in sorted(finds, key=lambda find: (find.start, -find.end)):
        if find.start >= done:
            yield find
            done = find.end


def national(number: str) -> str:
    """The digits of a telephone number as dialled in Japan: +81 96 334 1500 -> 0963341500."""
    digits = _NOT_DIGITS.sub("", number)
    return "0" + digits[2:].removeprefix("0") if number.lstrip("( ").startswith("+") else digits


def is_telephone(number: str) -> bool:
    """Whether the digits can be a Japanese subscriber's: ten, or eleven for 0X0 and 0800."""
    digits = national(number)
    mobile = re.match(r"0[5-9]0|0800", digits)
    return len(digits) == (11 if mobile else 10) and digits[:2] != "00"


def is_my_number(digits: str) -> bool:
    """Whether twelve digits end in their check digit, computed as 平成26年総務省令第85号 5条 says."""
    if len(digits) != 12:
        return False
    weighed = sum(
        int(digit) * (place + 1 if place <= 6 else place - 5) for place, digit in _from_right(digits[:11])
    )
    rest = weighed % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def is_luhn(digits: str) -> bool:
    """The check of payment card numbers (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in _from_right(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _from_right(digits: str) -> Iterator[tuple[int, str]]:
    """Each digit with its place, 1 for the last."""
    return enumerate(reversed(digits), start=1)


def without_labels(text: str) -> str:
    """A masked text as it is searched: what was taken out says nothing about the question."""
    for label in LABELS.values():
        text = text.replace(label, " ")
    return text
