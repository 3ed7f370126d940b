"""A text as it is read aloud."""

from nlp import char_filters
from nlp.tokenizer import LONGEST, tokenize


def reading(text: str) -> str:
    """The text in katakana, as far as the dictionary knows it; any `str` is welcome."""
    return "".join(token.reading for token in tokenize(char_filters.normalize(text, LONGEST)))
