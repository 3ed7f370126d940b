"""The table of OWASP ASVS is whole, and what it names is there."""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent
TEXT = (TESTS.parent / "docs/asvs.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (\d) \| (.+?) \| (\S+) \| (.+) \|$", re.MULTILINE)
SHOWN = re.compile(r"`([\w/]+\.py)(?:::(\w+))?`")
STATES = {"met", "n/a", "open"}


def rows(text):
    """(item, level, state, what shows it or why) of each line of the tables."""
    return [(item, level, state, by) for item, level, _, state, by in ROW.findall(text)]


@cache
def source(file):
    path = TESTS / file if (TESTS / file).exists() else TESTS.parent / file
    return path.read_text(encoding="utf-8") if path.exists() else None


def wrong(text):
    """What is wrong with the tables: items, tests that are not there, items that nothing shows."""
    found = []
    with (TESTS / "data/asvs-5.0.0.csv").open(encoding="utf-8", newline="") as file:
        asked = [(row["item"], row["level"]) for row in csv.DictReader(file)]
    said = [(item, level) for item, level, _, _ in rows(text)]
    found += sorted((Counter(asked) - Counter(said)) + (Counter(said) - Counter(asked)))
    for item, _, state, by in rows(text):
        named = SHOWN.findall(by)
        found += [f"{item}: {state}"] if state not in STATES else []
        found += [f"{item}: nothing shows it"] if state == "met" and not named and "](" not in by else []
        for file, test in named:
            there = source(file)
            if there is None or (test and f"def {test}(" not in there):
                found.append(f"{item}: no {file} {test}")
    return found


def test_every_item_is_there_once_and_what_shows_it():
    assert wrong(TEXT) == []


def test_the_counts_are_right():
    counted = Counter(state for _, _, state, _ in rows(TEXT))
    said = re.search(r"Of (\d+) items .+\*\*(\d+) are met, (\d+) do not apply, (\d+) are open\*\*", TEXT)
    assert [int(number) for number in said.groups()] == [
        sum(counted.values()),
        *(counted[state] for state in ("met", "n/a", "open")),
    ]


def test_what_is_wrong_would_be_noticed():
    gone = TEXT.replace("| 3.5.1 | 1 |", "| 3.5.9 | 1 |")
    renamed = TEXT.replace("test_a_form_without_its_token_is_refused", "test_that_nobody_wrote")
    unshown = re.sub(r"(\| 3\.4\.1 .+ \| met \|).+\|", r"\1 surely |", TEXT)
    assert wrong(gone) == [("3.5.1", "1"), ("3.5.9", "1")]
    assert any("test_that_nobody_wrote" in str(each) for each in wrong(renamed))
    assert wrong(unshown) == ["3.4.1: nothing shows it"]
