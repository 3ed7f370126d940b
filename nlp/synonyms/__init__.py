"""Words that mean the same by the Sudachi synonym dictionary: the groups that a person has accepted."""

import csv
from functools import cache
from pathlib import Path

from nlp.thesaurus import Thesaurus, WordGroup

FILE = Path(__file__).with_name("groups.csv")
SOURCE = "Sudachi同義語辞書"
WEIGHT = 0.8
"""What such a synonym counts against the word itself: less than what the city itself wrote down."""


def accepted() -> dict[str, tuple[str, ...]]:
    """The words of each group by its number in the dictionary, the word to be shown first."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["group"]: tuple(row["words"].split("|")) for row in csv.DictReader(file)}


@cache
def thesaurus() -> Thesaurus:
    """The accepted groups; read once a process, in some 20 milliseconds."""
    return Thesaurus.of(WordGroup(words, WEIGHT, SOURCE) for words in accepted().values())
