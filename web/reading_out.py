"""What an operator reads out first: the beginning of an answer, as long as one breath."""

from typing import Final

import regex

from faq.models import FaqEntry, Tone
from web.site import site

ENOUGH: Final = 20
"""Letters; a shorter sentence (「できます。」) takes the next with it."""
MOST: Final = 90
"""Letters up to which the next sentence is taken."""
ITEM: Final = "・"
"""Begins a line of a list. The first alone would pass for all: one ward's number for everybody's."""
_SENTENCE: Final = regex.compile(r"[^。\n]+。?")


def read_out(entry: FaqEntry) -> str:
    """The first sentences of the answer, after condolences where somebody died."""
    said = first_sentences(entry.answer)
    return f"{site().say('operators.condolence')}{said}" if entry.tone is Tone.SOLEMN else said


def first_sentences(text: str) -> str:
    """The first sentence, and those after it as long as it all is too short to be an answer."""
    said = ""
    for sentence in (found.strip() for found in _SENTENCE.findall(text)):
        if said and (len(said) >= ENOUGH or len(said + sentence) > MOST or sentence.startswith(ITEM)):
            break
        said += sentence
    return said
