"""A text as it is read aloud."""

from typing import Final

from nlp import char_filters
from nlp.tokenizer import LONGEST, Fields, of_this_thread

_ALOUD: Final = Fields(("reading_form",))


def reading(text: str) -> str:
    """The text in katakana, as far as the dictionary knows it; any `str` is welcome."""
    words = of_this_thread(_ALOUD).tokenize(char_filters.normalize(text, LONGEST))
    return "".join([word.reading_form() for word in words])
