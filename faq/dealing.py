"""Whether somebody deals with what was said: things in their words, and which of them a text names."""

from collections.abc import Iterable
from functools import lru_cache

from nlp.analyzer import ENTRY, QUESTION

Words = frozenset[str]


def words_said(text: str) -> Words:
    """The content words of what somebody said, normalized."""
    return frozenset(token.normalized for token in QUESTION.tokens(text)) if text else frozenset()


def met(things: Iterable[str], said: Words) -> int:
    """Letters of the fullest thing all of whose words were said, in any order; 0 where none was."""
    return max(
        (sum(map(len, words)) for thing in things if (words := _words(thing)) and words <= said), default=0
    )


@lru_cache(maxsize=8192)
def _words(thing: str) -> Words:
    return frozenset(token.normalized for token in ENTRY.tokens(thing))
