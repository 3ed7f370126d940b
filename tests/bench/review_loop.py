"""A month of the review loop, simulated: `python -m tests.bench.review_loop FOLDER [PICTURE.svg]`.

FOLDER holds `faq.csv` (id, question, answer) and `questions.csv` (query_id, query, faq_id, relevance). Residents ask
the questions in a random order over four weeks. Who is not answered, finds nothing among what is offered, or gets a
wrong answer, joins the unmatched questions, which are clustered as the service does it. At the end of each week a
scripted reviewer takes the twenty largest clusters, and attaches the questions of each as phrasings to the entry that
answers most of them (relevance 2). Measured are the questions that were never attached, the same ones before and after:
what the reviewer's work does for those who ask otherwise.

Each question is ranked by weights that have not seen it (5 folds by question). The same months come out each time.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np

from faq import clustering
from faq.evaluate import ndcg
from faq.index import prepare
from faq.labelled import Labelled, read_entries, read_questions
from faq.models import EntryId
from faq.ranker import Ranker
from faq.search import Knowledge
from faq.train import examples_of, train
from faq.worth import Shown, Worth, worth
from tests.bench.review_plot import plot
from tests.bench.tables import Table

WEEKS, CLUSTERS, MONTHS, FOLDS, RESAMPLES = 4, 20, 20, 5, 2_000
T_OF_19 = 2.093
"""Student's t for a 95 % interval over twenty months."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a question."""

    hit: bool
    """A judged entry stands first."""
    ndcg: float
    is_matched: bool
    """Answered or offered rightly."""


@dataclass(frozen=True)
class City:
    """The questions, each with weights that have not learnt from it."""

    knowledge: Knowledge
    questions: tuple[Labelled, ...]
    rankers: tuple[Ranker, ...]

    @classmethod
    def read(cls, folder: Path) -> "City":
        knowledge = Knowledge.of([prepare(entry) for entry in read_entries(folder / "faq.csv")])
        questions = tuple(q for q in read_questions(folder / "questions.csv", knowledge) if q.relevance)
        takes = [examples_of(knowledge, [question]) for question in questions]
        fold_of = np.random.default_rng(0).permutation(len(questions)) % FOLDS
        learnt = [
            train(
                [e for q, both in enumerate(takes) if fold_of[q] != fold for e in both],
                "a fold",
                knowledge.features,
            )
            for fold in range(FOLDS)
        ]
        return cls(knowledge, questions, tuple(learnt[fold] for fold in fold_of.tolist()))

    def ask(self, knowledge: Knowledge) -> list[Came]:
        """Every question."""
        return [
            _came(knowledge.with_ranker(ranker), question)
            for question, ranker in zip(self.questions, self.rankers, strict=True)
        ]


def _came(knowledge: Knowledge, question: Labelled) -> Came:
    result, ranking = knowledge.search_ranked(question.query)
    shown = Shown(result.outcome, tuple(match.entry.id for match in result.matches))
    gains = [question.relevance.get(entry.id, 0) for entry in ranking.entries[:10]]
    judged = sorted(question.relevance.values(), reverse=True)
    is_matched = worth(question.relevance, shown) >= Worth.OFFERED
    return Came(any(gains[:1]), ndcg(gains, judged), is_matched)


@dataclass(frozen=True, slots=True)
class Month:
    """What came of every question at the beginning and after each week, and which were attached."""

    weeks: tuple[list[Came], ...]
    attached: frozenset[int]

    @property
    def others(self) -> list[int]:
        return [each for each in range(len(self.weeks[0])) if each not in self.attached]

    def hits(self, week: int) -> float:
        """Share of the others with a judged entry in first place."""
        return float(np.mean([self.weeks[week][each].hit for each in self.others]))

    def ndcg(self, week: int) -> float:
        return float(np.mean([self.weeks[week][each].ndcg for each in self.others]))


class Inbox:
    """The unmatched questions in their clusters."""

    def __init__(self, questions: Sequence[Labelled]) -> None:
        self._questions = questions
        self._groups: list[list[int]] = []
        self._settled: set[int] = set()

    def take_in(self, knowledge: Knowledge, new: Sequence[int]) -> None:
        gists = {
            each: clustering.read(knowledge, self._questions[each].query)
            for each in [*new, *chain.from_iterable(self._groups)]
        }
        readable = [each for each in new if gists[each] is not None]
        groups = [[gist for each in group if (gist := gists[each]) is not None] for group in self._groups]
        places = clustering.place(groups, [gist for each in readable if (gist := gists[each]) is not None])
        for each, place in zip(readable, places, strict=True):
            if place == len(self._groups):
                self._groups.append([])
            self._groups[place].append(each)

    def largest(self) -> list[list[int]]:
        """What is open of the clusters with most of it."""
        groups = [[each for each in group if each not in self._settled] for group in self._groups]
        return sorted(filter(None, groups), key=len, reverse=True)[:CLUSTERS]

    def settle(self, group: Sequence[int]) -> None:
        self._settled.update(group)


def live(city: City, at_first: list[Came], seed: int) -> Month:
    """One month."""
    order = np.random.default_rng(seed).permutation(len(city.questions))
    knowledge, weeks, inbox = city.knowledge, [at_first], Inbox(city.questions)
    attached: set[int] = set()
    for asked in np.array_split(order, WEEKS):
        inbox.take_in(knowledge, [each for each in asked.tolist() if not weeks[-1][each].is_matched])
        for group in inbox.largest():
            inbox.settle(group)
            if entry := _answering(city, group):
                knowledge = _attach(knowledge, entry, [city.questions[each].query for each in group])
                attached.update(group)
        weeks.append(city.ask(knowledge))
    return Month(tuple(weeks), frozenset(attached))


def _answering(city: City, group: Sequence[int]) -> EntryId | None:
    """The entry that holds the answer to most of a cluster; the first of those that answer as many."""
    votes = Counter(
        entry
        for each in group
        for entry, relevance in city.questions[each].relevance.items()
        if relevance == 2
    )
    return votes.most_common(1)[0][0] if votes else None


def _attach(knowledge: Knowledge, entry_id: EntryId, phrasings: Sequence[str]) -> Knowledge:
    entry = knowledge.entry(entry_id)
    assert entry is not None
    return knowledge.with_changed([prepare(replace(entry, phrasings=(*entry.phrasings, *phrasings)))])


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean, and its 95 % interval over the months."""
    mean, error = float(np.mean(values)), float(np.std(values, ddof=1)) / len(values) ** 0.5
    return mean, mean - T_OF_19 * error, mean + T_OF_19 * error


def over_questions(months: Sequence[Month]) -> tuple[float, float]:
    """The 95 % interval of the gain, were the questions others of the same kind: a bootstrap over them."""
    asked = len(months[0].weeks[0])
    gained = np.array(
        [
            [(int(m.weeks[-1][q].hit) - int(m.weeks[0][q].hit)) * (q not in m.attached) for q in range(asked)]
            for m in months
        ]
    )
    counts = np.array([[q not in m.attached for q in range(asked)] for m in months])
    chance = np.random.default_rng(0)
    drawn = [chance.integers(asked, size=asked) for _ in range(RESAMPLES)]
    means = [float((gained[:, at].sum(1) / counts[:, at].sum(1)).mean()) for at in drawn]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def run(folder: Path) -> tuple[Table, list[Month]]:
    city = City.read(folder)
    at_first = city.ask(city.knowledge)
    months = []
    for seed in range(MONTHS):
        months.append(live(city, at_first, seed))
        sys.stderr.write(".")
        sys.stderr.flush()
    sys.stderr.write("\n")
    return _table(months), months


def _table(months: Sequence[Month]) -> Table:
    rows = []
    for week in range(WEEKS + 1):
        hits, low, high = interval([month.hits(week) for month in months])
        gain, worst, best = gains(months)[week]
        ranked = interval([month.ndcg(week) for month in months])[0]
        rows.append(
            (
                f"week {week}",
                f"{hits:.3f}",
                f"{low:.3f}-{high:.3f}",
                f"{gain:+.4f}",
                f"{worst:+.4f} to {best:+.4f}",
                f"{ranked:.3f}",
            )
        )
    attached = np.mean([len(month.attached) for month in months])
    low, high = over_questions(months)
    asked = len(months[0].weeks[0])
    title = (
        f"{MONTHS} months, {asked} questions, {attached:.0f} attached on average; questions never attached; "
        f"gain over other questions of the kind: {low:+.4f} to {high:+.4f}"
    )
    return Table(title, ("", "hit@1", "95 %", "gain", "95 %", "nDCG@10"), tuple(rows))


def gains(months: Sequence[Month]) -> list[tuple[float, float, float]]:
    """The mean gain in hit@1 after each week, and its 95 % interval."""
    return [interval([each.hits(week) - each.hits(0) for each in months]) for week in range(WEEKS + 1)]


if __name__ == "__main__":
    table, lived = run(Path(sys.argv[1]))
    sys.stdout.write(f"{table}\n")
    for picture in sys.argv[2:]:
        title = "Gain in hit@1 of questions that were never attached, with its 95 % interval"
        Path(picture).write_text(plot(gains(lived), title))
