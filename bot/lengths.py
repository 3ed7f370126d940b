"""How LINE counts characters: UTF-16 code units in most places, grapheme clusters on buttons.

Source: https://developers.line.biz/en/docs/messaging-api/text-character-count/
"""

import regex

_GRAPHEME = regex.compile(r"\X")


def utf16_length(text: str) -> int:
    """The number of UTF-16 code units: 2 for most emoji."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def grapheme_length(text: str) -> int:
    """The number of grapheme clusters: what a reader takes for one character."""
    return len(_GRAPHEME.findall(text))
