"""What a city knows, ready to be searched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from faq import because, decision, matrix, meaning, ranker
from faq.asked import Asked, ask
from faq.decision import Thresholds
from faq.evidence import Evidence, gather, share_in_words
from faq.features import NAMES, Known, measure
from faq.index import Phrase, PreparedEntry, phrase_of
from faq.lexicon import Lexicon
from faq.matrix import Floats, Ints
from faq.models import EntryId, FaqEntry, Match, Outcome, SearchResult, Synonyms
from faq.ranker import Ranker
from faq.typed import Typed
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


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is known about a question and its C best entries."""

    asked: Asked
    evidence: Evidence
    measured: Floats
    """(C, F)"""
    plain: str
    """The question without marks and gaps."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every candidate, best first."""

    entries: tuple[FaqEntry, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True)
class Knowledge:
    """Immutable; a change makes a new one. Safe to search from several threads."""

    known: Known
    synonyms: tuple[Synonyms, ...]
    thesaurus: Thesaurus
    thresholds: Thresholds
    ranker: Ranker

    @classmethod
    @QUIET
    def of(
        cls,
        prepared: Sequence[PreparedEntry],
        synonyms: Sequence[Synonyms] = (),
        thresholds: Thresholds | None = None,
        weights: Ranker | None = None,
    ) -> "Knowledge":
        """The knowledge of these entries; ValueError where two have one id.

        Thresholds and weights are those that come with the product unless others are given.
        """
        ids = [entry.entry.id for entry in prepared]
        if len(set(ids)) < len(ids):
            raise ValueError(
                f"entries with the same id: {', '.join(sorted({i for i in ids if ids.count(i) > 1}))}"
            )
        built = matrix.build(prepared)
        return cls(
            Known(built, meaning.build(built), tuple(prepared)),
            tuple(synonyms),
            Thesaurus.of(WordGroup(s.words, s.weight, s.source) for s in synonyms).beside(
                dictionary.thesaurus()
            ),
            thresholds or Thresholds(),
            weights or ranker.load(),
        )

    @property
    def entries(self) -> tuple[FaqEntry, ...]:
        """All entries, in the order given."""
        return tuple(prepared.entry for prepared in self.known.prepared)

    def entry(self, entry_id: EntryId) -> FaqEntry | None:
        """The entry of this id."""
        place = self.places.get(entry_id)
        return None if place is None else self.known.prepared[place].entry

    def entries_at(self, places: Ints) -> tuple[FaqEntry, ...]:
        """The entries at some places in the order of `entries`."""
        return tuple(self.known.prepared[place].entry for place in places.tolist())

    def with_changed(self, changed: Iterable[PreparedEntry]) -> "Knowledge":
        """A knowledge in which these entries replace those of the same id, or are added at the end."""
        entries = {prepared.entry.id: prepared for prepared in self.known.prepared}
        entries |= {prepared.entry.id: prepared for prepared in changed}
        return Knowledge.of(tuple(entries.values()), self.synonyms, self.thresholds, self.ranker)

    def without(self, ids: Iterable[EntryId]) -> "Knowledge":
        """A knowledge without these entries; ids that it does not have are ignored."""
        gone = frozenset(ids)
        kept = tuple(prepared for prepared in self.known.prepared if prepared.entry.id not in gone)
        return Knowledge.of(kept, self.synonyms, self.thresholds, self.ranker)

    def search(self, text: str) -> SearchResult:
        """The entries that answer a question, with a decision whether one may be given as the answer.

        `text` is any string.
        """
        tokens, found = self._find(text)
        words = tuple(dict.fromkeys(tokens))
        if found is None:
            return self._by_sound(text, words)
        scores = self.ranker.scores(found.asked, found.measured)
        written = np.flatnonzero(np.isin(found.evidence.candidates, self.owners.get(tuple(tokens), ())))
        if len(written):
            certain = [self._match(found, at, np.maximum(scores, CERTAIN)) for at in written.tolist()]
            outcome = Outcome.ANSWER if len(certain) == 1 else Outcome.CHOOSE
            return SearchResult(outcome, tuple(certain[: decision.MOST_OFFERED]), words)
        order = np.argsort(-scores, kind="stable")
        grounded = share_in_words(found.asked, found.evidence, int(order[0]))
        outcome, shown = decision.decide(scores[order].tolist(), grounded, self.thresholds)
        if outcome is Outcome.NONE:
            return self._by_sound(text, words)
        return SearchResult(
            outcome, tuple(self._match(found, c, scores) for c in order[:shown].tolist()), words
        )

    def rank(self, text: str, leaving_out: Iterable[EntryId] = ()) -> Ranking:
        """Every candidate with its score, for figures and for people who search themselves."""
        return self.ranked(self.candidates(text, leaving_out))

    def ranked(self, found: Candidates | None) -> Ranking:
        """The same for candidates that were found otherwise."""
        if found is None:
            return Ranking((), ())
        scores = self.ranker.scores(found.asked, found.measured)
        order = np.argsort(-scores, kind="stable")
        return Ranking(self.entries_at(found.evidence.candidates[order]), tuple(scores[order].tolist()))

    def candidates(self, text: str, leaving_out: Iterable[EntryId] = ()) -> Candidates | None:
        """What the ranker sees, or nothing where no word of the question is known."""
        gone = [self.places[entry_id] for entry_id in leaving_out if entry_id in self.places]
        return self._find(text, gone)[1]

    def _by_sound(self, text: str, words: tuple[str, ...]) -> SearchResult:
        """What is left for a question in kana that the tokenizer could not read: never sure, only offered."""
        alike = self.typed.sounding_like(text, decision.MOST_OFFERED)
        matches = tuple(
            Match(self.known.prepared[place].entry, self.thresholds.choose * ratio, because.SOUNDS_ALIKE, ())
            for place, ratio in alike
        )
        return SearchResult(Outcome.CHOOSE if matches else Outcome.NONE, matches, words)

    def _find(self, text: str, gone: Sequence[int] = ()) -> tuple[list[str], Candidates | None]:
        tokens = QUESTION.tokens(text)
        asked = ask(tokens, self.known.matrix, self.thesaurus, self.known.meaning)
        return [token.normalized for token in tokens], self.weigh(asked, phrase_of(text, tokens), gone)

    @QUIET
    def weigh(self, asked: Asked, phrase: Phrase, gone: Sequence[int] = ()) -> Candidates | None:
        """What the ranker sees of a question that is placed in the matrix; `gone` are entries left out, by place."""
        built = self.known.matrix
        score = np.zeros(built.entries, np.float32)
        own = len(asked.own)
        built.add(score, asked.terms[:own], asked.weights[:own])
        own_score = score.copy()
        built.add(score, asked.terms[own:], asked.weights[own:])
        score[list(gone)] = 0
        places = matrix.best(score, CANDIDATES)
        if not len(places):
            return None
        evidence = gather(asked, built, self.known.meaning, places)
        measured = measure(asked, phrase, self.known, evidence, score[places], own_score[places])
        return Candidates(asked, evidence, measured, phrase.plain)

    def _match(self, found: Candidates, candidate: int, scores: Floats) -> Match:
        entry = self.known.prepared[int(found.evidence.candidates[candidate])].entry
        text = "\n".join((entry.question, *entry.phrasings, entry.answer))
        met = because.words_met(found.asked, found.evidence, candidate, text)
        alike = float(found.measured[candidate, _READING])
        line = because.in_one_line(met, alike, found.plain)
        return Match(entry, float(scores[candidate]), line, met)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the phrasings by their readings."""
        return Lexicon.of(self.known.prepared)

    @cached_property
    def typed(self) -> Typed:
        """The phrasings by how they sound."""
        return Typed.of(self.known.prepared)

    @cached_property
    def owners(self) -> dict[tuple[str, ...], list[int]]:
        """Where the entries stand that have a question or phrasing of just these words."""
        owners: dict[tuple[str, ...], list[int]] = {}
        for place, prepared in enumerate(self.known.prepared):
            for words in {phrase.words for phrase in prepared.questions if phrase.words}:
                owners.setdefault(words, []).append(place)
        return owners

    @cached_property
    def places(self) -> dict[EntryId, int]:
        """Where each entry stands in the matrix."""
        return {prepared.entry.id: place for place, prepared in enumerate(self.known.prepared)}


_READING = NAMES.index("reading_alike")
