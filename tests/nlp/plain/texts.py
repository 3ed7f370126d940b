"""The hard words that ship, and what is said about a text, short enough for a table of cases."""

from functools import cache

from nlp.plain.words import load
from nlp.plainness import Level, PlainWords, Sort, look
from tests.conftest import DATA


@cache
def shipped() -> PlainWords:
    return load(DATA / "plain-words.csv")


def said(text: str, *sorts: Sort, level: Level = Level.EASY) -> list[tuple[str, str | None]]:
    """The places of remarks of these sorts, each with what may stand there."""
    return [
        (text[each.start : each.end], each.replacement)
        for each in look(text, level, shipped())
        if each.sort in sorts
    ]


def pressed(text: str, *sorts: Sort) -> str:
    """The text once every button of these sorts is pressed, from the end on."""
    for each in reversed(look(text, Level.EASY, shipped())):
        if each.sort in sorts and each.replacement is not None:
            text = text[: each.start] + each.replacement + text[each.end :]
    return text
