"""Numbers, accounts and dates of birth in voices that `nlp/masking.py` does not take: a person looks at these."""

import re
from collections.abc import Iterator
from typing import Final

from nlp.masking import Personal, finds
from nlp.mention_kinds import Kind, Spot
from nlp.names import Introduced
from nlp.reading import Reading

_OF_MASKING: Final = {
    Personal.TELEPHONE: Kind.TELEPHONE,
    Personal.ADDRESS: Kind.ADDRESS,
    Personal.EMAIL: Kind.MAIL,
    Personal.NAME: Kind.NAME,
    Personal.BIRTH_DATE: Kind.BIRTH,
}
"""All others are numbers."""
_ACCOUNT: Final = re.compile(
    r"(?:LINE|ライン|line|Twitter|ツイッター|インスタ|X|Instagram)[^\n。@A-Za-z]{0,10}?(?:(?i:id))?[ はが:（(]{0,3}"
    r"(@?[A-Za-z0-9][A-Za-z0-9_.\-]{3,29})|(?<![\w.])(@[A-Za-z0-9_][A-Za-z0-9_.\-]{2,29})"
)
_NUMBERED: Final = re.compile(
    r"(?:番号|ナンバー|記号|コード|No\.?|内線)[はがを: 　「(（]{0,3}"
    r"(第?[A-Za-z]{0,3}[- ]?\d[\dA-Za-z\- ]{0,18}\d[A-Za-z]{0,2}号?)(?![\d円件人年月回本台時分歳才枚])"
)
_BIRTH: Final = re.compile(
    r"(?:(?:明治|大正|昭和|平成|令和|[MTSHR])(?:\d{1,2}|元|十[1-9]?|[1-9]十[1-9]?)|(?:19|20)\d{2}|\d{2})[年./\-](?:(?:\d{1,2}|十[1-9]?)[月./\-](?:\d{1,2}|[1-9]?十[1-9]?)日?)?"
)
_BORN: Final = re.compile(r" ?(?:生まれ|生れ|うまれ|の?生(?![活産徒]))")
_BIRTHDAY: Final = re.compile(r"(?:生年月日|誕生日|たんじょうび|生まれは)[はがを:（( ]{0,3}$")


def _no_names(_text: str) -> tuple[Introduced, ...]:
    """`nlp/mention_names.py` has more of them."""
    return ()


def numbers(reading: Reading, public: frozenset[str]) -> Iterator[Spot]:
    """Where numbers and accounts of somebody stand, the surest first; what is public stays."""
    for account in _ACCOUNT.finditer(reading.even):
        yield Spot(*account.span(1 if account[1] else 2), Kind.MAIL)
    for found in finds(reading.text, public, _no_names):
        yield Spot(found.start, found.end, _OF_MASKING.get(found.kind, Kind.NUMBER))
    for numbered in _NUMBERED.finditer(reading.even):
        yield Spot(*numbered.span(1), Kind.NUMBER)
    for date in _BIRTH.finditer(reading.even):
        before = reading.even[max(0, date.start() - 12) : date.start()]
        if _BORN.match(reading.even, date.end()) or _BIRTHDAY.search(before):
            yield Spot(*date.span(), Kind.BIRTH)
