"""Sentences with blanks to be filled in while one talks: 「{氏名}様、{日時}にお電話いたします。」"""

from dataclasses import dataclass
from typing import Final

import regex

LONGEST_NAME: Final = 20
"""Letters of a blank's name."""
_BLANK: Final = regex.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Words:
    """What stands as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """What is filled in."""

    name: str


@dataclass(frozen=True, slots=True)
class WrongBlank:
    """A text whose blanks cannot be told: a brace without its other half, or a name that is empty or too long."""

    near: str
    """What is wrong, as it stands in the text."""


Piece = Words | Blank


def parse(text: str) -> tuple[Piece, ...] | WrongBlank:
    """The text in pieces, in order. Full-width braces are braces: an input method gives either."""
    even = text.translate({ord("｛"): "{", ord("｝"): "}"})
    pieces: list[Piece] = []
    at = 0
    for found in _BLANK.finditer(even):
        name = found[1].strip()
        if not 0 < len(name) <= LONGEST_NAME or "\n" in name:
            return WrongBlank(found[0])
        if found.start() > at:
            pieces.append(Words(even[at : found.start()]))
        pieces.append(Blank(name))
        at = found.end()
    if at < len(even):
        pieces.append(Words(even[at:]))
    alone = next(
        (each.text for each in pieces if isinstance(each, Words) and set("{}") & set(each.text)), None
    )
    return tuple(pieces) if alone is None else WrongBlank(_around(alone))


def written(pieces: tuple[Piece, ...]) -> str:
    """The text of these pieces."""
    return "".join(each.text if isinstance(each, Words) else f"{{{each.name}}}" for each in pieces)


def _around(text: str) -> str:
    """A few letters about the first brace."""
    at = next(place for place, letter in enumerate(text) if letter in "{}")
    return text[max(0, at - 5) : at + 6]
