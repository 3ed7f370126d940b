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


def clip_units(text: str, most: int) -> str:
    """The text within so many UTF-16 code units, cut between grapheme clusters, with … where it was cut."""
    text = _whole_letters(text)
    if utf16_length(text) <= most:
        return text
    return _fill(_GRAPHEME.findall(text[: most + 1]), most - 1) + "…"


def clip_graphemes(text: str, most: int) -> str:
    """The text within so many grapheme clusters, with … where it was cut.

    A cluster may be of any length, so that the code units are bounded too: twice as many, and a hundred for emoji.
    """
    text, most_units = _whole_letters(text), 100 + 2 * most
    clusters = _GRAPHEME.findall(text[: most_units + 1])
    if len(clusters) <= most and utf16_length(text) <= most_units:
        return text
    return _fill(clusters[: most - 1], most_units - 1) + "…"


def _whole_letters(text: str) -> str:
    """Without lone surrogates, which cannot be sent."""
    return text.encode("utf-16-le", "replace").decode("utf-16-le")


def _fill(clusters: list[str], room: int) -> str:
    """As many of the clusters as there is room for, in UTF-16 code units."""
    kept = []
    for cluster in clusters:
        room -= utf16_length(cluster)
        if room < 0:
            break
        kept.append(cluster)
    return "".join(kept)
