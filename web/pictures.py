"""Photographs that a form brings: each is read only as far as it may be large, and made anew at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from werkzeug.datastructures import FileStorage

from faq.photograph import MOST_BYTES, Jpeg, Unfit, reencode
from store.photographs import MOST

MOST_SENT: Final = 64 * 1024 * 1024
"""Bytes of a whole form: three files of 20 MB are still refused one by one, with what was typed beside them."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of the files of a form."""

    taken: tuple[Jpeg, ...]
    unfit: tuple[Unfit, ...]
    """Why, of those that were not, each reason once."""
    too_many: bool


def brought(files: Iterable[object], room: int = MOST) -> Brought:
    """`room`: how many more there may be. Files beyond are not read."""
    chosen = [each for each in files if isinstance(each, FileStorage) and each.filename]
    made = [reencode(each.stream.read(MOST_BYTES + 1)) for each in chosen[:room]]
    return Brought(
        tuple(each for each in made if isinstance(each, Jpeg)),
        tuple(dict.fromkeys(each for each in made if isinstance(each, Unfit))),
        len(chosen) > room,
    )
