"""Text to words, by Sudachi."""

import threading
from typing import Final, NamedTuple

from sudachipy import Dictionary, SplitMode
from sudachipy import Tokenizer as SudachiTokenizer

LONGEST = 10_000
"""Characters that Sudachi takes at once: its limit is 49,149 bytes and a character here has at most four."""


class Token(NamedTuple):
    """A word of a text."""

    surface: str
    normalized: str
    """Spelling variants brought together, verbs in their plain form: 引越し -> 引っ越す."""
    reading: str
    """In katakana; the surface where the dictionary does not know it."""
    pos: str
    """The first two levels of UniDic's part of speech: 名詞-普通名詞."""


Fields = frozenset[str]
"""What is to be known of each word; Sudachi takes half as long where nobody asks for the rest."""
OF_A_TOKEN: Final = Fields(("surface", "normalized_form", "reading_form", "pos"))


class _OfThread(threading.local):
    """A tokenizer fails when two threads use it at once, so each thread has its own, by what it tells."""

    def __init__(self) -> None:
        self.tokenizers: dict[Fields, SudachiTokenizer] = {}


_of_thread = _OfThread()
_dictionary: Dictionary | None = None
_loading = threading.Lock()


def _shared_dictionary() -> Dictionary:
    """Loaded at the first question, not at import: commands that search nothing do not wait for it."""
    global _dictionary  # noqa: PLW0603 - one memory-mapped dictionary a process
    with _loading:
        if _dictionary is None:
            _dictionary = Dictionary()
        return _dictionary


def of_this_thread(fields: Fields) -> SudachiTokenizer:
    """Sudachi's tokenizer into its shortest units (mode A), which tells no more than these fields of a word; for the
    calling thread alone.
    """
    if (made := _of_thread.tokenizers.get(fields)) is None:
        made = _shared_dictionary().tokenizer(mode=SplitMode.A, fields=set(fields))
        _of_thread.tokenizers[fields] = made
    return made


def tokenize(text: str) -> tuple[Token, ...]:
    """The words of at most `LONGEST` characters without surrogates, in Sudachi's shortest units (mode A)."""
    return tuple(
        Token(m.surface(), m.normalized_form(), m.reading_form(), "-".join(m.part_of_speech()[:2]))
        for m in of_this_thread(OF_A_TOKEN).tokenize(text)
    )
