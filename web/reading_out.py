"""What an operator reads out first: the beginning of an answer, as long as one breath.

Nobody reads out a list. Where an answer is one, the caller is asked which of it they mean, or told the one that they
named; of numbered steps they are told the first.
"""

from collections.abc import Sequence
from typing import Final

import regex

from faq.models import FaqEntry, Tone
from nlp.width import nfkc
from web.site import site

ENOUGH: Final = 20
"""Letters; a shorter sentence (「できます。」) takes the next with it."""
MOST: Final = 90
"""Letters up to which the next sentence is taken, and up to which choices are named."""
ITEM: Final = "・"
"""Begins a line of a list. The first alone would pass for all: one ward's number for everybody's."""
STEPS: Final = "①②③④⑤⑥⑦⑧⑨⑩"
_SENTENCE: Final = regex.compile(r"[^。\n]+。?")
_ASIDE: Final = regex.compile(r"（[^）]*）")


def read_out(entry: FaqEntry, words: str) -> str:
    """The beginning of what answers these words, after condolences where somebody died."""
    said = beginning(entry, words)
    return f"{site().say('operators.condolence')}{said}" if entry.tone is Tone.SOLEMN else said


def beginning(entry: FaqEntry, words: str) -> str:
    """The first sentences of the answer, or what stands for its list; with the item of a list that the words name."""
    lines = [line.strip() for line in entry.answer.splitlines() if line.strip()]
    named = _named([line.removeprefix(ITEM) for line in lines if line.startswith(ITEM)], words)
    item = site().say("operators.item", name=named[0], detail=named[1]) if named else ""
    if lines and lines[0].startswith(ITEM):
        return item or _which(entry.question, lines)
    if lines and lines[0][0] in STEPS:
        return _first_step(lines)
    return first_sentences(entry.answer) + item


def first_sentences(text: str) -> str:
    """The first sentence, and those after it as long as it all is too short to be an answer."""
    said = ""
    for sentence in (found.strip() for found in _SENTENCE.findall(text)):
        if said and (len(said) >= ENOUGH or len(said + sentence) > MOST or sentence.startswith(ITEM)):
            break
        said += sentence
    return said


def _named(items: Sequence[str], words: str) -> tuple[str, str] | None:
    """The one item whose name stands in the words: 河内 and its number; None where none or several do."""
    asked = nfkc(words)
    parted = (item.partition(" ") for item in items)
    found = [(name, detail) for name, _, detail in parted if detail and nfkc(name) in asked]
    return found[0] if len(found) == 1 else None


def _which(question: str, lines: Sequence[str]) -> str:
    """Asks which of the list they mean."""
    names = [line.removeprefix(ITEM).partition(" ")[0] for line in lines if line.startswith(ITEM)]
    about, choices = _ASIDE.sub("", question), "、".join(names)
    if len(about + choices) > MOST:
        return site().say("operators.which_of_many", about=about, count=len(names))
    return site().say("operators.which", about=about, choices=choices)


def _first_step(lines: Sequence[str]) -> str:
    steps = [line for line in lines if line[0] in STEPS]
    return site().say("operators.steps", count=len(steps), first=first_sentences(steps[0][1:]))
