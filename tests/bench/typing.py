"""How soon a question that is being typed finds its entry: `python -m tests.bench.typing FOLDER`.

FOLDER holds `faq.csv` and `questions.csv` as `tests.bench.matching` reads them. Each question is typed key by key
(`tests.bench.keyboard`); after each key the right entry is sought among the first three, by what suggests and, beside
it, by the plain search that answers whole questions. Times are the processor's, so that neighbours do not count.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from statistics import fmean, median

from faq.index import prepare
from faq.labelled import Labelled, read_entries, read_questions
from faq.offices import Directory
from faq.search import Knowledge
from faq.suggest import Suggested, suggest
from tests.bench.keyboard import shown
from tests.bench.tables import Table, quantile

SHOWN = 3
SOON = 10
"""Keys: two or three syllables and their conversion, which is one word."""
Finder = Callable[[str], Sequence[Suggested]]


@dataclass(frozen=True, slots=True)
class Typed:
    """One question: its keys, at which of them the entry was found, and what each look-up took."""

    keys: int
    found: int | None
    seconds: tuple[float, ...]


def type_out(question: Labelled, find: Finder) -> Typed:
    """Types on to the end, as a person does who does not look up."""
    found, seconds = None, []
    for key, text in enumerate(shown(question.query), 1):
        started = time.thread_time()
        entries = find(text)
        seconds.append(time.thread_time() - started)
        if found is None and any(question.relevance.get(entry.id) for entry in entries[:SHOWN]):
            found = key
    return Typed(len(seconds), found, tuple(seconds))


def row(name: str, typed: Sequence[Typed]) -> tuple[str, ...]:
    """The figures of one way to look; a question never found counts as endlessly many keys."""
    found = [one.found or inf for one in typed]
    share = median((one.found or inf) / one.keys for one in typed)
    seconds = [second for one in typed for second in one.seconds]
    return (
        name,
        f"{median(found):.0f}",
        f"{share:.0%}" if share <= 1 else "-",
        f"{fmean(keys < one.keys for keys, one in zip(found, typed, strict=True)):.0%}",
        f"{fmean(keys <= SOON for keys in found):.0%}",
        f"{quantile(seconds, 0.5) * 1000:.2f}",
        f"{quantile(seconds, 0.99) * 1000:.2f}",
    )


def run(folder: Path) -> Table:
    knowledge = Knowledge.of([prepare(entry) for entry in read_entries(folder / "faq.csv")])
    questions = [q for q in read_questions(folder / "questions.csv", knowledge) if q.relevance]
    nowhere = Directory((), ())
    suggest(knowledge, nowhere, questions[0].query)
    ways: dict[str, Finder] = {
        "suggest": lambda text: suggest(knowledge, nowhere, text),
        "plain search": lambda text: knowledge.rank(text).entries,
    }
    rows = [row(name, [type_out(question, find) for question in questions]) for name, find in ways.items()]
    keys = median(sum(1 for _ in shown(question.query)) for question in questions)
    return Table(
        f"Typing: {len(questions)} questions of {keys:.0f} keys (median), {len(knowledge.entries)} entries",
        (
            "",
            "keys until found",
            "of the question",
            "found before its end",
            f"within {SOON} keys",
            "p50 ms",
            "p99 ms",
        ),
        tuple(rows),
    )


if __name__ == "__main__":
    where = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["MATCHING_BENCHMARK"])
    sys.stdout.write(f"{run(where)}\n")
