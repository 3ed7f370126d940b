"""What a city knows, ready to be searched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from faq import because, decision, ranker
from faq.asked import Asked, ask
from faq.decision import Thresholds
from faq.evidence import Evidence, gather
from faq.features import Features, measure
from faq.index import PreparedEntry
from faq.matrix import Floats, Ints, Matrix, build
from faq.models import EntryId, FaqEntry, Match, Outcome, SearchResult, Synonyms
from nlp.analyzer import QUESTION
from nlp.thesaurus import Thesaurus, WordGroup

CANDIDATES = 40
"""Entries that the ranker looks at, out of all."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every candidate, best first."""

    entries: tuple[FaqEntry, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True)
class Knowledge:
    """Immutable; a change makes a new one. Safe to search from several threads."""

    prepared: tuple[PreparedEntry, ...]
    synonyms: tuple[Synonyms, ...]
    matrix: Matrix
    thesaurus: Thesaurus
    thresholds: Thresholds

    @classmethod
    def of(
        cls,
        prepared: Sequence[PreparedEntry],
        synonyms: Sequence[Synonyms] = (),
        thresholds: Thresholds | None = None,
    ) -> "Knowledge":
        """The knowledge of these entries; ValueError where two have one id."""
        ids = [entry.entry.id for entry in prepared]
        twice = (
            {entry_id for entry_id in ids if ids.count(entry_id) > 1} if len(set(ids)) < len(ids) else set()
        )
        if twice:
            raise ValueError(f"entries with the same id: {', '.join(sorted(twice))}")
        groups = (WordGroup(s.words, s.weight, s.source) for s in synonyms)
        return cls(
            tuple(prepared),
            tuple(synonyms),
            build(prepared),
            Thesaurus.of(groups),
            thresholds or Thresholds(),
        )

    @property
    def entries(self) -> tuple[FaqEntry, ...]:
        """All entries, in the order given."""
        return tuple(prepared.entry for prepared in self.prepared)

    def entry(self, entry_id: EntryId) -> FaqEntry | None:
        """The entry of this id."""
        place = self._places.get(entry_id)
        return None if place is None else self.prepared[place].entry

    def with_changed(self, changed: Iterable[PreparedEntry]) -> "Knowledge":
        """A knowledge in which these entries replace those of the same id, or are added at the end."""
        entries = {prepared.entry.id: prepared for prepared in self.prepared}
        entries |= {prepared.entry.id: prepared for prepared in changed}
        return Knowledge.of(tuple(entries.values()), self.synonyms, self.thresholds)

    def without(self, ids: Iterable[EntryId]) -> "Knowledge":
        """A knowledge without these entries; ids that it does not have are ignored."""
        gone = frozenset(ids)
        kept = tuple(prepared for prepared in self.prepared if prepared.entry.id not in gone)
        return Knowledge.of(kept, self.synonyms, self.thresholds)

    def search(self, text: str, vector: Floats | None = None) -> SearchResult:  # noqa: ARG002
        """The entries that answer a question, with a decision whether one may be given as the answer.

        `text` is any string. `vector` is the question's embedding where a semantic layer is on.
        """
        return self._search(text).result(self.thresholds)

    def rank(self, text: str, leaving_out: Iterable[EntryId] = ()) -> Ranking:
        """Every candidate with its score, for figures and for people who search themselves."""
        places = [self._places[entry_id] for entry_id in leaving_out if entry_id in self._places]
        return self._search(text, places).ranking

    def suggest(self, prefix: str) -> tuple[FaqEntry, ...]:
        """Up to three entries for a question that is still being typed."""
        ranking = self._search(prefix).ranking
        return ranking.entries[: decision.MOST_OFFERED]

    def _search(self, text: str, leaving_out: Sequence[int] = ()) -> "_Found":
        tokens = QUESTION.tokens(text)
        reading = "".join(token.reading for token in tokens)
        asked = ask(tokens, self.matrix, self.thesaurus)
        candidates, bm25 = self.matrix.best(asked.terms, asked.weights, CANDIDATES, leaving_out)
        prepared = [self.prepared[candidate] for candidate in candidates]
        if not prepared:
            return _Found(asked, None, None, np.empty(0, np.int32), np.empty(0, np.float32), ())
        evidence = gather(asked, self.matrix, candidates)
        features = measure(asked, reading, self.matrix, evidence, bm25, prepared)
        scores = ranker.probabilities(features)
        order = np.argsort(-scores, kind="stable").astype(np.int32)
        return _Found(asked, evidence, features, order, scores, tuple(p.entry for p in prepared))

    @cached_property
    def _places(self) -> dict[EntryId, int]:
        return {prepared.entry.id: place for place, prepared in enumerate(self.prepared)}


@dataclass(frozen=True, slots=True)
class _Found:
    asked: Asked
    evidence: Evidence | None
    features: Features | None
    order: Ints
    """Candidates, best first."""
    scores: Floats
    """By candidate."""
    entries: tuple[FaqEntry, ...]
    """By candidate."""

    @property
    def ranking(self) -> Ranking:
        return Ranking(
            tuple(self.entries[candidate] for candidate in self.order),
            tuple(self.scores[self.order].tolist()),
        )

    def result(self, thresholds: Thresholds) -> SearchResult:
        outcome, shown = decision.decide(self.scores[self.order].tolist(), thresholds)
        if outcome is Outcome.NONE:
            return SearchResult(outcome, (), self.asked.words)
        return SearchResult(outcome, tuple(self._match(c) for c in self.order[:shown]), self.asked.words)

    def _match(self, candidate: int) -> Match:
        assert self.evidence is not None
        assert self.features is not None
        met = because.words_met(self.asked, self.evidence, candidate)
        line = because.in_one_line(met, float(self.features.likeness[candidate]))
        return Match(self.entries[candidate], float(self.scores[candidate]), line)
