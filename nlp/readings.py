"""A text as it is read aloud."""

from nlp import char_filters
from nlp.tokenizer import LONGEST, of_this_thread


def reading(text: str) -> str:
    """The text in katakana, as far as the dictionary knows it; any `str` is welcome."""
    words = of_this_thread().tokenize(char_filters.normalize(text, LONGEST))
    return "".join(word.reading_form() for word in words)
