"""What an operator reads out first: the beginning of an answer, as long as one breath.

Nobody reads out a long list. Where an answer is one, or a short sentence leads to one, the caller is asked which of it
they mean, or told the one that they named; of numbered steps they are told the first.
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
    said = first_sentences(entry.answer)
    return said + (item or _rest(said, lines))


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


def _rest(said: str, lines: Sequence[str]) -> str:
    """What follows a sentence that only leads to a list: all of it where that is short, else which of it they mean.

    Of a table, such as names with their telephones, nobody wants all.
    """
    items = [line.removeprefix(ITEM) for line in lines[1:] if line.startswith(ITEM)]
    leads = len(said) < ENOUGH and said == lines[0] and lines[1].startswith(ITEM)
    if not leads or any("。" in item for item in items):
        return ""
    whole, is_table = "、".join(item.replace(" ", "") for item in items), all(" " in item for item in items)
    if not is_table and len(said + whole) <= MOST:
        return site().say("operators.list", items=whole)
    choices = "、".join(item.partition(" ")[0] for item in items)
    if len(said + choices) <= MOST:
        return site().say("operators.list_which", choices=choices)
    return site().say("operators.list_of_many", count=_counted(len(items)))


def _which(question: str, lines: Sequence[str]) -> str:
    """Asks which of the list they mean."""
    names = [line.removeprefix(ITEM).partition(" ")[0] for line in lines if line.startswith(ITEM)]
    about, choices = _ASIDE.sub("", question), "、".join(names)
    if len(about + choices) > MOST:
        return site().say("operators.which_of_many", about=about, count=_counted(len(names)))
    return site().say("operators.which", about=about, choices=choices)


def _first_step(lines: Sequence[str]) -> str:
    steps = [line for line in lines if line[0] in STEPS]
    return site().say("operators.steps", count=_counted(len(steps)), first=first_sentences(steps[0][1:]))


def _counted(number: int) -> str:
    """As things are counted aloud: 9つ, and from ten on 10."""
    return f"{number}つ" if number < 10 else str(number)
