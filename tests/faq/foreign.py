"""Questions in other languages, labelled, and how the city as it ships finds their entries."""

import csv
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from faq.foreign import Foreign
from faq.models import EntryId, Outcome
from faq.search import Knowledge
from nlp.language import Language

QUESTIONS: Final = Path(__file__).with_name("foreign_questions.csv")
"""202 were written before the table of words, which was then mended until they were found: they guard what works, and
are no measure of how strangers are understood. The 59 whose id begins with off- were written later; they use words of
the city for what is no matter of the city.
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the entries that answer it or are near; none where nothing does."""

    language: Language
    text: str
    entries: frozenset[EntryId]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one language."""

    questions: int
    hit1: int
    hit3: int
    answered: int
    wrong: int
    """Answered at once with an entry that does not answer."""
    unanswerable: int
    misled: int
    """Answered at once, though nothing answers."""
    milliseconds: float
    """Of the question in the middle."""


def read_questions() -> tuple[Question, ...]:
    """Each question once."""
    entries: dict[tuple[Language, str], set[EntryId]] = defaultdict(set)
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = entries[Language(row["language"]), row["query"]]
            found |= {EntryId(row["faq_id"])} if row["faq_id"] else set()
    return tuple(Question(language, text, frozenset(ids)) for (language, text), ids in entries.items())


def measure(
    knowledge: Knowledge, foreign: Foreign, questions: Iterable[Question]
) -> Mapping[Language, Figures]:
    """The figures of each language; what is made once a language is made before."""
    asked: dict[Language, list[Question]] = defaultdict(list)
    for question in questions:
        asked[question.language].append(question)
    return {language: _of_language(knowledge, foreign, those) for language, those in asked.items()}


def _of_language(knowledge: Knowledge, foreign: Foreign, questions: list[Question]) -> Figures:
    foreign.search(knowledge, questions[0].text, questions[0].language)
    times, hit1, hit3, answered, wrong, misled = [], 0, 0, 0, 0, 0
    for question in questions:
        started = time.thread_time()
        found = foreign.search(knowledge, question.text, question.language)
        times.append((time.thread_time() - started) * 1000)
        ids = [match.entry.id for match in found.matches]
        is_answered = found.outcome is Outcome.ANSWER
        fits = bool(ids) and ids[0] in question.entries
        if not question.entries:
            misled += is_answered
            continue
        hit1 += fits
        hit3 += not question.entries.isdisjoint(ids[:3])
        answered += is_answered
        wrong += is_answered and not fits
    answerable = sum(bool(question.entries) for question in questions)
    middle = sorted(times)[len(times) // 2]
    unanswerable = len(questions) - answerable
    return Figures(answerable, hit1, hit3, answered, wrong, unanswerable, misled, middle)
