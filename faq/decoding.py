"""Bytes -> text, strictly: a file is read in an encoding that fits every byte, or not at all."""

import re
from typing import Final

from faq.problems import Problem, of_file
from faq.sentences import Fault

_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_HALF_KANA: Final = re.compile("[｡-ﾟ]")
_LOST: Final = re.compile(r"(?<=[^\x00-\x7f])\?(?=[^\x00-\x7f]|\d)|(?<=\d)\?(?=\d)")
_NOT_CP932: Final = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
"""What Python's cp932 makes of the single bytes 80, A0, FD, FE and FF, which no Japanese Windows writes."""


def decode(data: bytes) -> str | Problem:
    """The text of a file: by its byte order mark, else UTF-8, else cp932 (Shift_JIS as Windows has it).

    Shift_JIS text is practically never valid UTF-8, so the order decides. The exception is text that is
    all half-width kana; that is refused rather than guessed.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _text(_strictly(data, encoding), encoding.removesuffix("-sig").upper())
    unicode, windows = _strictly(data, "utf-8"), _strictly(data, "cp932")
    if windows is not None and _NOT_CP932.search(windows):
        windows = None
    is_json = data.lstrip()[:1] in (b"[", b"{")  # UTF-8 by its standard (RFC 8259, 8.1)
    if not is_json and unicode is not None and windows is not None and _undecided(unicode, windows):
        return of_file(Fault.AMBIGUOUS)
    return _text(windows if unicode is None else unicode, "UTF-8、シフトJIS（CP932）、BOM付きUTF-16")


def lost_letters(data: bytes, text: str) -> int:
    """How many letters of a cp932 file were probably others: Excel writes `?` for those that cp932 lacks.

    Counted are question marks inside of Japanese words and between numbers (9時?16時); a question ends with its own.
    """
    if data.startswith(tuple(mark for mark, _ in _BOMS)) or _strictly(data, "utf-8") is not None:
        return 0
    return len(_LOST.findall(text))


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _undecided(unicode: str, windows: str) -> bool:
    foreign = [letter for letter in unicode if letter > "\x7f"]
    kana = [letter for letter in windows if letter > "\x7f"]
    return bool(foreign) and max(foreign) < "\u0800" and all(map(_HALF_KANA.match, kana))


def _text(text: str | None, tried: str) -> str | Problem:
    if text is None:
        return of_file(Fault.NOT_DECODABLE.format(tried=tried))
    if "\0" in text:
        return of_file(Fault.NOT_TEXT)
    return text
