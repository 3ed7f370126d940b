"""Consultations by how people call them: by name or reading, while it is typed, and despite a slip of the finger."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import regex
from rapidfuzz.distance import OSA

from faq.programmes import Programme
from nlp import half_typed
from nlp.folding import fold
from nlp.readings import reading
from nlp.token_filters import hiragana

SHORTEST_MENTIONED = 3
"""Letters of a name that is found within a sentence."""
SHORTEST_MISTYPED = 5
"""Kana from which on a name may be mistyped."""
LONGEST_MISTYPED = 24
"""Kana up to which it is one: more are a sentence."""
KANA_A_SLIP = 7
"""Kana in which one slip (a wrong one, one too many or too few, two exchanged) is forgiven; at least one is."""
_HAN = regex.compile(r"\p{Han}")


@dataclass(frozen=True, slots=True)
class _Names:
    """What a consultation is called, folded, and how that is read."""

    own: tuple[str, ...]
    """Its name and other names."""
    read: tuple[str, ...]
    """Its names in hiragana."""
    text: str
    """All of these, a line each: one look through it is cheaper than one through each."""


def called(programmes: Iterable[Programme], text: str) -> tuple[Programme, ...]:
    """Those that the text calls, in their order; all for no text at all.

    Each word of it stands in one of their names, their place or who gives advice; else one of their names stands in
    it; else it sounds like one of them.
    """
    known = [(each, _names(each)) for each in programmes]
    sought = [ways for word in text.split() if (ways := _ways(word))]
    found = [each for each, names in known if all(_is_in(ways, names) for ways in sought)]
    if (sought and found) or not text.strip():
        return tuple(found)
    whole = fold(text)
    return tuple(each for each, names in known if _is_mentioned(names, whole)) or _alike(known, text)


def _ways(word: str) -> tuple[str, ...]:
    """What the word may stand for, folded: an input method's last letter is no kana yet.

    None for a letter alone, or a mark.
    """
    typed = half_typed.read(word)
    plain = fold(typed.plain)
    if not typed.coming:
        return tuple(filter(None, (fold(word),)))
    return tuple(plain + hiragana(kana) for kana in typed.coming) if plain else ()


def _is_in(ways: Iterable[str], names: _Names) -> bool:
    return any(way in names.text for way in ways)


def _is_mentioned(names: _Names, whole: str) -> bool:
    return any(len(name) >= SHORTEST_MENTIONED and name in whole for name in names.own)


def _alike(known: Iterable[tuple[Programme, _Names]], text: str) -> tuple[Programme, ...]:
    """Those that sound like the text: kanji that were converted wrongly sound right."""
    if len(text) > LONGEST_MISTYPED:
        return ()
    kana = fold(reading(text) if _HAN.search(text) else half_typed.read(text).plain)
    if not SHORTEST_MISTYPED <= len(kana) <= LONGEST_MISTYPED:
        return ()
    return tuple(each for each, names in known if _sounds_like(names, kana))


def _sounds_like(names: _Names, kana: str) -> bool:
    most, count = max(1, len(kana) // KANA_A_SLIP), len(kana)
    begun = (name[:end] for name in names.read for end in (count - 1, count, count + 1))
    return any(OSA.distance(kana, each, score_cutoff=most) <= most for each in begun)


def _names(programme: Programme) -> _Names:
    places = (programme.place, programme.ward, programme.held_by)
    return _read((programme.name, *programme.aliases), tuple(filter(None, places)))


@lru_cache(maxsize=1024)
def _read(names: tuple[str, ...], places: tuple[str, ...]) -> _Names:
    """Kept, since they are looked through at every key that an operator presses."""
    own, held = tuple(map(fold, names)), tuple(map(fold, places))
    read = tuple(dict.fromkeys(fold(reading(each)) for each in names))
    return _Names(own, read, "\n".join((*own, *held, *read)))
