"""What a change of the knowledge would do: questions asked before and after it, and what comes out otherwise.

Labelled questions say whether that is better or worse; of residents' own questions only that it is otherwise. Both
are asked by their words alone, without the semantic layer, whose vectors come over the network.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from faq.models import Answerer, EntryId, LabelledQuestion, Outcome
from faq.search import Knowledge
from faq.worth import BelowFloor, Found, Shown, Tally, below_floor, tally, worth

SEARCHED: Final = frozenset({"faq", "synonyms"})
"""The kinds of record that a search reads; a change of any other leaves every answer as it is."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is asked twice."""

    ref: str
    """By which whoever asks knows it."""
    text: str
    """Masked, if a resident wrote it."""
    relevance: Mapping[EntryId, int] | None = None
    """Which entries answer it (2) or hold something related (1); empty where none does; None where nobody has said."""


class Effect(StrEnum):
    """How an answer flips. The first three are of labelled questions, the others of residents' own."""

    BETTER = "better"
    WORSE = "worse"
    OTHER = "other"
    """Something else is shown, worth as much."""
    NEWLY = "newly"
    """Nothing was found before; now there is an answer, or something to choose from."""
    NO_LONGER = "no_longer"
    """The other way round."""
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Flip:
    """A question that would be answered otherwise."""

    question: Question
    before: Shown
    after: Shown
    effect: Effect


@dataclass(frozen=True, slots=True)
class Ripple:
    """All that a change does to the questions that were asked."""

    flips: tuple[Flip, ...] = ()
    before: Tally = field(default_factory=Tally)
    after: Tally = field(default_factory=Tally)
    replayed: int = 0
    """Questions of residents that were asked besides."""

    @property
    def below_floor(self) -> BelowFloor | None:
        """Why it may not be published as it is; None where it may."""
        return below_floor(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Replayed:
    """One question, asked twice."""

    question: Question
    before: Found
    after: Found

    @property
    def flip(self) -> Flip | None:
        """How the answer flips; None where the same is shown."""
        before, after = self.before.shown, self.after.shown
        if before == after:
            return None
        return Flip(self.question, before, after, effect(self.question.relevance, before, after))

    @property
    def tallies(self) -> tuple[Tally, Tally]:
        """What it adds to the figures, before and after; nothing where nobody has said what is right."""
        relevance = self.question.relevance
        if relevance is None:
            return Tally(), Tally()
        return tally(relevance, self.before), tally(relevance, self.after)


def labelled(rows: Iterable[LabelledQuestion]) -> tuple[Question, ...]:
    """The labelled questions that a search is to answer, or to leave unanswered, in order of their ids."""
    found: dict[str, tuple[str, dict[EntryId, int]]] = {}
    for row in rows:
        if row.handler in (Answerer.QUESTION, Answerer.NONE):
            _, relevance = found.setdefault(row.query_id, (row.query, {}))
            if row.faq_id is not None and row.relevance > 0:
                relevance[row.faq_id] = row.relevance
    return tuple(Question(query_id, *found[query_id]) for query_id in sorted(found))


def find(knowledge: Knowledge, text: str) -> Found:
    """What a knowledge makes of a question, in one to two milliseconds."""
    result, ranking = knowledge.search_ranked(text)
    shown = Shown(result.outcome, tuple(match.entry.id for match in result.matches))
    return Found(shown, ranking.entries[0].id if ranking.entries else None)


def replay(
    before: Knowledge, after: Knowledge, questions: Iterable[Question], known: dict[int, Found] | None = None
) -> Iterator[Replayed]:
    """Asks one question after the other, so that whoever asks may stop and go on.

    `known`: what `before` made of questions, which holds none of their words. What is missing is added, so that the
    next change of the same knowledge takes half the time.
    """
    known = {} if known is None else known
    for question in questions:
        key = hash((question.ref, question.text))
        found = known.get(key)
        if found is None:
            found = known[key] = find(before, question.text)
        yield Replayed(question, found, find(after, question.text))


def ripple(before: Knowledge, after: Knowledge, questions: Iterable[Question]) -> Ripple:
    """All at once."""
    flips: list[Flip] = []
    was, becomes, replayed = Tally(), Tally(), 0
    for each in replay(before, after, questions):
        flips += [each.flip] if each.flip else []
        one, other = each.tallies
        was, becomes = was + one, becomes + other
        replayed += each.question.relevance is None
    return Ripple(tuple(flips), was, becomes, replayed)


def effect(relevance: Mapping[EntryId, int] | None, before: Shown, after: Shown) -> Effect:
    """How an answer that is not the same flips."""
    if relevance is None:
        if before.outcome is Outcome.NONE:
            return Effect.NEWLY
        return Effect.NO_LONGER if after.outcome is Outcome.NONE else Effect.CHANGED
    was, becomes = worth(relevance, before), worth(relevance, after)
    if was == becomes:
        return Effect.OTHER
    return Effect.BETTER if becomes > was else Effect.WORSE
