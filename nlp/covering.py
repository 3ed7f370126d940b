"""Whether a text says nothing but what is expected: read from end to end, no word of it may be left over."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from nlp.token_filters import mark_negation
from nlp.tokenizer import Token, tokenize

MOST = 60
"""Letters; who writes more says more than is expected."""
GAP = " "
"""Stands where a name was taken out of the text."""
SHORTEST = 2
"""Letters; a single one is in too many words to be looked for, but a syllable of Korean may be a particle."""
_FREE = ("助詞", "助動詞", "補助記号", "記号", "空白", "感動詞", "接続詞")
"""Parts of speech that say nothing by themselves."""
_AFTER_NAMES = ("では", "には", "とは", "って", *"はがをにのもでとへば")
"""What follows a name belongs to it, whatever the tokenizer makes of the letters behind."""


def covers(text: str, groups: Iterable[frozenset[str]]) -> bool:
    """Whether the compacted text is made of words of the groups and of words that carry nothing.

    A word counts in all its forms (取れました is 取れる), and as it is written where the tokenizer does not know
    it (どけあると). A verb that is denied is left over: who cannot do it does not ask where it is done.
    """
    if len(text) > MOST:
        return False
    words = tuple(groups)
    tokens = _read(text)
    if any(token.pos == "接尾辞-否定" for token in tokens):
        return False
    steps = _steps(tokens, words)
    reached = {0}
    for at in range(len(text)):
        if at in reached:
            reached.update(steps.get(at, ()))
            reached.update(_written(text, at, words))
    return len(text) in reached


@lru_cache(maxsize=16)
def _read(text: str) -> tuple[Token, ...]:
    """Kept for a moment: half a dozen handlers ask of the same message, each whether it says nothing but its own."""
    return tuple(mark_negation(tokenize(text)))


def _steps(tokens: Iterable[Token], groups: tuple[frozenset[str], ...]) -> dict[int, tuple[int, ...]]:
    """From where to where the tokens lead that carry nothing, or are a form of a word."""
    steps: dict[int, tuple[int, ...]] = {}
    at = 0
    for token in tokens:
        after = at + len(token.surface)
        if _is_free(token) or any(token.normalized in _stems(group) for group in groups):
            steps[at] = (after,)
        at = after
    return steps


def _written(text: str, at: int, groups: tuple[frozenset[str], ...]) -> Iterator[int]:
    for group in groups:
        for length in _lengths(group):
            word = text[at : at + length]
            if len(word) == length and word in group and _is_looked_for(word):
                yield at + length
    if at and text[at - 1] == GAP:
        yield from (at + len(each) for each in _AFTER_NAMES if text.startswith(each, at))


@lru_cache(maxsize=256)
def _lengths(group: frozenset[str]) -> tuple[int, ...]:
    return tuple({len(word) for word in group if _is_looked_for(word)})


def _is_looked_for(word: str) -> bool:
    return len(word) >= SHORTEST or _is_korean(word)


@lru_cache(maxsize=256)
def _stems(group: frozenset[str]) -> frozenset[str]:
    """The plain forms of the words that are one word for the tokenizer, endings and particles aside."""
    carrying = ([token for token in tokenize(word) if not _is_free(token)] for word in group)
    return frozenset(tokens[0].normalized for tokens in carrying if len(tokens) == 1)


def _is_free(token: Token) -> bool:
    """The tokenizer takes Korean for signs."""
    return (token.pos.startswith(_FREE) and not _is_korean(token.surface)) or token.normalized == "御"


def _is_korean(text: str) -> bool:
    return "가" <= text[:1] <= "힣"
