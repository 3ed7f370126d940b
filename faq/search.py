"""What a city knows, ready to be searched."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from faq import because, decision, matrix, ranker, semantic
from faq.asked import Asked, ask
from faq.candidates import Candidates, Ranking, Semantics
from faq.counted import Counted
from faq.decision import Thresholds
from faq.evidence import gather
from faq.features import NAMES, Known, measure
from faq.index import Phrase, PreparedEntry, phrase_of
from faq.lexicon import Lexicon
from faq.matrix import Floats, Ints
from faq.models import EntryId, FaqEntry, Match, Outcome, SearchResult, Synonyms
from faq.ranker import SEMANTIC_WEIGHTS, Ranker
from faq.rows import Entries
from faq.semantic import EntryVectors, SemanticIndex, Vector
from faq.typed import Typed
from faq.written import owners
from nlp import synonyms as dictionary
from nlp.analyzer import QUESTION
from nlp.thesaurus import Thesaurus, WordGroup

QUIET = np.errstate(invalid="ignore")
"""BLAS works on whole vector registers, and what lies behind the last number may be anything: the result is right,
but now and then numpy warns of an invalid value. `Ranker.scores` holds that no score is one."""
CERTAIN = np.float32(0.99)
"""Of a question that stands word for word among an entry's phrasings: no model needs to be asked."""
CANDIDATES = 30
"""Entries that the ranker looks at; with 60 the figures are the same and a search takes twice as long."""


@dataclass(frozen=True)
class Knowledge:
    """Immutable; a change makes a new one. Safe to search from several threads."""

    counted: Counted
    synonyms: tuple[Synonyms, ...]
    thesaurus: Thesaurus
    thresholds: Thresholds
    ranker: Ranker
    semantics: Semantics | None = None

    @classmethod
    @QUIET
    def of(
        cls,
        prepared: Iterable[PreparedEntry],
        synonyms: Sequence[Synonyms] = (),
        thresholds: Thresholds | None = None,
        weights: Ranker | None = None,
    ) -> "Knowledge":
        """The knowledge of these entries; ValueError where two have one id.

        Thresholds and weights are those that come with the product unless others are given.
        """
        return cls.knowing(Counted.of(prepared), synonyms, thresholds, weights)

    @classmethod
    def knowing(
        cls,
        counted: Counted,
        synonyms: Sequence[Synonyms] = (),
        thresholds: Thresholds | None = None,
        weights: Ranker | None = None,
    ) -> "Knowledge":
        """The same where the words of the entries are already counted."""
        own = Thesaurus.of(WordGroup(s.words, s.weight, s.source) for s in synonyms)
        return cls(
            counted,
            tuple(synonyms),
            own.beside(dictionary.thesaurus()),
            thresholds or Thresholds(),
            weights or ranker.load(),
        )

    @property
    def entries(self) -> Entries:
        """All entries, in the order given."""
        return self.counted.entries

    @property
    def known(self) -> Known:
        """Where features are read from."""
        return self.counted.known

    @property
    def places(self) -> dict[EntryId, int]:
        """Where each entry stands in the order of `entries`."""
        return self.counted.places

    def entry(self, entry_id: EntryId) -> FaqEntry | None:
        """The entry of this id."""
        place = self.places.get(entry_id)
        return None if place is None else self.entries[place]

    def entries_at(self, places: Ints) -> tuple[FaqEntry, ...]:
        """The entries at some places in the order of `entries`."""
        return tuple(self.entries[place] for place in places.tolist())

    @property
    def features(self) -> tuple[str, ...]:
        """What the ranker reads of a question that has a vector, if this knowledge has any."""
        return self.semantics.ranker.features if self.semantics else self.ranker.features

    @QUIET
    def with_vectors(
        self,
        vectors: Mapping[EntryId, EntryVectors],
        weights: Ranker | None = None,
        thresholds: Thresholds = decision.WITH_VECTORS,
    ) -> "Knowledge":
        """This knowledge with the semantic layer, where any of its entries has vectors."""
        index = SemanticIndex.of(self.entries.ids, vectors)
        if index is None:
            return replace(self, semantics=None)
        learnt = weights or ranker.load(SEMANTIC_WEIGHTS, SEMANTIC_NAMES)
        return replace(self, semantics=Semantics(index, learnt, thresholds))

    def with_changed(self, changed: Iterable[PreparedEntry]) -> "Knowledge":
        """A knowledge in which these entries replace those of the same id, or are added at the end."""
        return self.renewed(changed, ())

    def without(self, ids: Iterable[EntryId]) -> "Knowledge":
        """A knowledge without these entries; ids that it does not have are ignored."""
        return self.renewed((), ids)

    @QUIET
    def renewed(self, changed: Iterable[PreparedEntry], gone: Iterable[EntryId]) -> "Knowledge":
        """Both at once, as `Counted.renewed` does it.

        It has no vectors of a model: `with_vectors` gives it those that still hold.
        """
        counted = self.counted.renewed(changed, gone)
        return self if counted is self.counted else replace(self, counted=counted, semantics=None)

    def with_synonyms(self, synonyms: Sequence[Synonyms]) -> "Knowledge":
        """A knowledge of the same entries with other synonyms."""
        return Knowledge.knowing(self.counted, synonyms, self.thresholds, self.ranker)

    def with_ranker(self, weights: Ranker, thresholds: Thresholds | None = None) -> "Knowledge":
        """The same entries and synonyms, ordered by other weights, and judged by other thresholds where given."""
        return replace(self, ranker=weights, thresholds=thresholds or self.thresholds)

    def search(self, text: str, vector: Vector | None = None) -> SearchResult:
        """The entries that answer a question, with a decision whether one may be given as the answer.

        `text` is any string; `vector` is its vector, of the same model as the entries'.
        """
        return self._result(text, *self._find(text, vector=vector))

    def search_ranked(self, text: str, vector: Vector | None = None) -> tuple[SearchResult, Ranking]:
        """The same and the order behind it, in the time of one search."""
        tokens, found = self._find(text, vector=vector)
        return self._result(text, tokens, found), self.ranked(found)

    def _result(self, text: str, tokens: list[str], found: Candidates | None) -> SearchResult:
        words = tuple(dict.fromkeys(tokens))
        if found is None:
            return self._by_sound(text, words)
        scores = found.scores
        written = owners(tokens, self.known.matrix, found.evidence)
        if written:
            certain = [self._match(found, at, np.maximum(scores, CERTAIN)) for at in written]
            outcome = Outcome.ANSWER if len(certain) == 1 else Outcome.CHOOSE
            return SearchResult(outcome, tuple(certain[: decision.MOST_OFFERED]), words)
        order = np.argsort(-scores, kind="stable")
        outcome, shown = found.decide(scores, order)
        if outcome is Outcome.NONE:
            return self._by_sound(text, words)
        return SearchResult(
            outcome, tuple(self._match(found, c, scores) for c in order[:shown].tolist()), words
        )

    def rank(self, text: str, leaving_out: Iterable[EntryId] = (), vector: Vector | None = None) -> Ranking:
        """Every candidate with its score, for figures and for people who search themselves."""
        return self.ranked(self.candidates(text, leaving_out, vector))

    def ranked(self, found: Candidates | None) -> Ranking:
        """The same for candidates that were found otherwise."""
        if found is None:
            return Ranking((), ())
        scores = found.scores
        order = np.argsort(-scores, kind="stable")
        return Ranking(self.entries_at(found.evidence.candidates[order]), tuple(scores[order].tolist()))

    def explained(self, text: str, most: int) -> tuple[Match, ...]:
        """The first candidates, each with what it has of the question, however unlikely they are."""
        found = self._find(text)[1]
        if found is None:
            return ()
        scores = found.scores
        best = np.argsort(-scores, kind="stable")[:most]
        return tuple(self._match(found, candidate, scores) for candidate in best.tolist())

    def candidates(
        self, text: str, leaving_out: Iterable[EntryId] = (), vector: Vector | None = None
    ) -> Candidates | None:
        """What the ranker sees, or nothing where no word of the question is known."""
        gone = [self.places[entry_id] for entry_id in leaving_out if entry_id in self.places]
        return self._find(text, gone, vector)[1]

    def _by_sound(self, text: str, words: tuple[str, ...]) -> SearchResult:
        """What is left for a question in kana that the tokenizer could not read: never sure, only offered."""
        alike = self.typed.sounding_like(text, decision.MOST_OFFERED)
        matches = tuple(
            Match(self.entries[place], self.thresholds.choose * ratio, because.SOUNDS_ALIKE, ())
            for place, ratio in alike
        )
        return SearchResult(Outcome.CHOOSE if matches else Outcome.NONE, matches, words)

    def _find(
        self, text: str, gone: Sequence[int] = (), vector: Vector | None = None
    ) -> tuple[list[str], Candidates | None]:
        tokens = QUESTION.tokens(text)
        asked = ask(tokens, self.known.matrix, self.thesaurus, self.known.meaning)
        found = self.weigh(asked, phrase_of(text, tokens), gone, vector)
        return [token.normalized for token in tokens], found

    @QUIET
    def weigh(
        self,
        asked: Asked,
        phrase: Phrase,
        gone: Sequence[int] = (),
        vector: Vector | None = None,
        most: int = CANDIDATES,
    ) -> Candidates | None:
        """What the ranker sees of a question that is placed in the matrix; `gone` are entries left out, by place."""
        built = self.known.matrix
        score = np.zeros(built.entries, np.float32)
        own = len(asked.own)
        built.add(score, asked.terms[:own], asked.weights[:own])
        own_score = score.copy()
        built.add(score, asked.terms[own:], asked.weights[own:])
        score[list(gone)] = 0
        places = matrix.best(score, most)
        near = None
        if self.semantics is not None and vector is not None:
            near = semantic.look(self.semantics.index, vector, places, gone, self.entries.__getitem__)
        if near is not None:
            places = near.places
        if not len(places):
            return None
        evidence = gather(asked, built, self.known.meaning, places)
        measured = measure(asked, phrase, self.known, evidence, score[places], own_score[places])
        if near is None or self.semantics is None:
            return Candidates(asked, evidence, measured, phrase.plain, self.ranker, self.thresholds)
        measured = np.column_stack([measured, near.columns])
        by_both = self.semantics
        return Candidates(asked, evidence, measured, phrase.plain, by_both.ranker, by_both.thresholds)

    def _match(self, found: Candidates, candidate: int, scores: Floats) -> Match:
        entry = self.entries[int(found.evidence.candidates[candidate])]
        text = "\n".join((entry.question, *entry.phrasings, entry.answer))
        met = because.words_met(found.asked, found.evidence, candidate, text)
        alike = float(found.measured[candidate, _READING])
        line = because.in_one_line(met, alike, found.plain)
        return Match(entry, float(scores[candidate]), line, met)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the phrasings by their readings."""
        return Lexicon.of(self.known.phrasings, self.known.matrix)

    @cached_property
    def typed(self) -> Typed:
        """The phrasings by how they sound."""
        return Typed.of(self.known.phrasings)


SEMANTIC_NAMES = (*NAMES, *semantic.NAMES)
"""What the ranker reads where there are vectors."""
_READING = NAMES.index("reading_alike")
